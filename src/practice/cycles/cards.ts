import type { CardContent } from '../surface/feature.js';
import type { CouncilContext } from '../council/council-context.js';
import type { ServiceId } from '../base/ids.js';
import { percent, shareInWords } from '../base/statistics/proportion.js';
import { dateInWords, personName, serviceName, teamName } from '../council/words.js';
import { whyNotSent } from '../surface/why-not-sent.js';
import { closingInWords } from './cards-closing.js';
import { cycleInWords } from './words.js';
import type { CycleStatus, NotDelivered, ServiceStatus, TeamStatus } from './status.js';
import { statusShown, type StatusPart, type StatusShown } from './status-shown.js';
import type { KnownStatus } from './read-status.js';

const listedAtMost = 8;
export const noService = 'none';

export interface StatusView {
  readonly part: StatusPart;
  /** What is open from any month, as rows with a button each, where all of it is known (process/status). */
  readonly open?: readonly object[];
}

/** The cycle alone, whole: the answer to what a QA lead did with it. */
export const wholeCycle: StatusView = { part: { sees: 'all' } };

/** "How are we doing?": what is open, then one month of it, where least came back first. */
export function statusCard(known: KnownStatus, view: StatusView, council: CouncilContext): CardContent {
  const { id, status } = known;
  const shown = statusShown(status, view.part);
  const services = shown.lines.filter((line) => 'serviceId' in line);
  const isWhole = view.part.sees === 'all';
  return {
    template: 'cycle/status',
    summary: 'How we are doing with this month’s reviews',
    data: {
      cycle: id,
      title: `How we are doing: ${cycleInWords(id)}`,
      open: view.open ?? [],
      openTitle: openTitleOf(view),
      showsOpen: view.open !== undefined,
      month: cycleInWords(id),
      intro: introOf(known, council),
      closing: closingInWords(known, council),
      facts: factsOf(shown.total, isWhole, known),
      lines: shown.lines.map((line) => lineOf(line, council)),
      choices: services.map(({ serviceId }) => ({
        title: nameOf(serviceId, council),
        value: serviceId ?? noService,
      })),
      choosesService: services.length > 0,
      firstService: services[0]?.serviceId ?? noService,
      attention: isWhole ? status.disagreements.map((sentence) => ({ sentence })) : [],
      needsAttention: isWhole && status.disagreements.length > 0,
      closes: isWhole ? closes(known) : [],
      unreached: isWhole ? unreachedOf(id, status) : [],
    },
  };
}

function openTitleOf({ open = [] }: StatusView): string {
  return open.length === 0 ? 'Nothing is open from any month' : 'Open now, from any month';
}

/** When it is due, and whether its figures still change. */
function introOf({ cycle }: KnownStatus, { today }: CouncilContext): string {
  if (cycle === undefined) return 'These PLRs came from a spreadsheet.';
  const due = dateInWords(cycle.dueOn);
  if (cycle.state === 'issuing') return `It is still being issued. Reviews are due on ${due}.`;
  return today <= cycle.dueOn
    ? `This month is still running: reviews are due on ${due}.`
    : `Reviews were due on ${due}.`;
}

function unreachedOf(cycle: string, { notDelivered }: CycleStatus) {
  const count = notDelivered.length;
  if (count === 0) return [];
  const text =
    count === 1 ? '1 PLR has not reached its manager' : `${count} PLRs have not reached their managers`;
  return [{ text, button: `See ${count === 1 ? 'which' : `the ${count}`}`, cycle }];
}

/** Whom no message could bring their PLR, by name, and why: a line for each reason, since each is one thing to do. */
export function unreachedCard({ id, status }: KnownStatus, council: CouncilContext): CardContent {
  const { notDelivered } = status;
  const reasons = [...new Set(notDelivered.map(({ reason }) => reason))];
  return {
    template: 'cycle/unreached',
    summary: 'PLRs that have not reached their managers',
    data: {
      cycle: id,
      title: 'PLRs that have not reached their managers',
      intro:
        notDelivered.length === 0
          ? `Every PLR of ${cycleInWords(id)} has reached its manager.`
          : `${cycleInWords(id)}. They count as sent. Put right what stands in the way, or decide about the review.`,
      lines: reasons.map((reason) => ({
        sentence: unreachedInWords(
          notDelivered.filter((one) => one.reason === reason),
          council,
        ),
      })),
    },
  };
}

/** What a QA lead may do with the cycle as a whole. */
function closes({ cycle }: KnownStatus): { readonly title: string; readonly verb: string }[] {
  if (cycle?.state === 'issued') return [{ title: 'Close this cycle', verb: 'cycle.ask-to-close' }];
  if (cycle?.state === 'closed') return [{ title: 'Open this cycle again', verb: 'cycle.ask-to-reopen' }];
  return [];
}

/** One service, team by team. */
export function teamsCard(
  known: KnownStatus,
  serviceId: string,
  council: CouncilContext,
): CardContent | undefined {
  const { id, status } = known;
  const service = status.services.find((one) => (one.serviceId ?? noService) === serviceId);
  if (service === undefined) return undefined;
  return {
    template: 'cycle/teams',
    summary: 'How each team is doing',
    data: {
      cycle: id,
      title: nameOf(service.serviceId, council),
      intro: `${cycleInWords(id)}. The teams are those of the managers who were sent a PLR.`,
      facts: factsOf(service, false, known),
      teams: service.teams.map((team) => lineOf(team, council)),
    },
  };
}

function lineOf(line: ServiceStatus | TeamStatus, council: CouncilContext) {
  const share = percent(line.returnedByService, line.sent);
  return {
    name: 'serviceId' in line ? nameOf(line.serviceId, council) : teamNameOf(line, council),
    ...linesOf(line),
    // The two parts of a bar, by weight; a part of nothing is not drawn.
    bars:
      share === null
        ? []
        : [bar(share, 'accent'), bar(100 - share, 'emphasis')].filter(({ width }) => width > 0),
    hasBar: share !== null,
  };
}

function bar(width: number, style: 'accent' | 'emphasis') {
  return { width, style };
}

function teamNameOf({ teamId }: TeamStatus, council: CouncilContext): string {
  return teamId === null ? 'No team' : teamName(teamId, council);
}

function nameOf(id: ServiceId | null, council: CouncilContext): string {
  return id === null ? 'No service (senior managers)' : serviceName(id, council);
}

/** Two short lines for a phone: what came back, and what did not. */
function linesOf(one: TeamStatus | ServiceStatus): { first: string; second: string } {
  if (one.issued === 0) return { first: 'No PLR was sent.', second: 'No one here was asked' };
  const { sent, returnedByService, completedByQa, late, overdue, exempt, undeliverable } = one;
  const qa = completedByQa === 0 ? '' : `, completed by QA ${shareInWords(completedByQa, sent)}`;
  const rest: [number, string][] = [
    [overdue, 'overdue'],
    [late, 'returned late'],
    [exempt, 'exempt'],
    [undeliverable, 'not reached'],
  ];
  const counted = rest.filter(([count]) => count > 0);
  return {
    first: `Returned by the service ${shareInWords(returnedByService, sent)}${qa}`,
    second: counted.map(([count, what]) => `${count} ${what}`).join(', ') || 'None late, overdue or exempt',
  };
}

/** What there is none of is left out, but for what is asked for in any case. */
function factsOf(one: StatusShown['total'], isWhole: boolean, { cycle }: KnownStatus) {
  const { sent, returned, moderation, alerts, exempt, redrawn, withdrawn } = one;
  const ifAny = (count: number, title: string, value: string): [string, string][] =>
    count === 0 ? [] : [[title, value]];
  const facts: [string, string][] = [
    ['Sent', `${sent}${exempt === 0 ? '' : ` (${exempt} more exempt)`}`],
    ['Returned by the service', `${shareInWords(one.returnedByService, sent)}. Target: all ${sent}`],
    ...ifAny(one.completedByQa, 'Completed by QA', shareInWords(one.completedByQa, sent)),
    ...ifAny(one.late, 'Returned late', `${one.late} of ${returned}`),
    ...(cycle?.state === 'closed'
      ? ifAny(one.notReturned, 'Not returned', shareInWords(one.notReturned, sent))
      : ifAny(one.overdue, 'Overdue', shareInWords(one.overdue, sent))),
    ...ifAny(redrawn, 'Drawn again', String(redrawn)),
    ...ifAny(withdrawn, 'Withdrawn', String(withdrawn)),
    ...(moderation === undefined ? [] : [moderated(moderation, isWhole)]),
    ...(alerts === undefined || !isWhole
      ? []
      : ifAny(alerts.breached, 'Alerts answered too late', String(alerts.breached))),
    ...(isWhole ? coverageOf(cycle) : []),
  ];
  return facts.map(([title, value]) => ({ title, value }));
}

/** How many are required tells how many are Inadequate: that is for who may know all grades. */
function moderated(
  { required, drawn, completed, overdue }: NonNullable<StatusShown['total']['moderation']>,
  isWhole: boolean,
): [string, string] {
  const late = overdue === 0 ? '' : `, ${overdue} overdue`;
  return [
    'Moderated',
    isWhole ? `${completed} of ${required} required${late}` : `${completed} of ${drawn} drawn${late}`,
  ];
}

function coverageOf(cycle: KnownStatus['cycle']): [string, string][] {
  if (cycle === undefined || cycle.state === 'issuing') return [];
  const { reviewed, open, target } = cycle.coverage;
  return [['Open cases drawn', `${shareInWords(reviewed, open)}. Target: ${target}%`]];
}

/** One line for each reason, because forty managers without the app are one thing to do. */
function unreachedInWords(lost: readonly NotDelivered[], council: CouncilContext): string {
  const names = lost.slice(0, listedAtMost).map(({ managerId }) => personName(managerId, council));
  const reason = whyNotSent(lost[0]?.reason ?? '');
  if (lost.length === 1) return `${lost[0]?.ref} has not reached ${names[0]}: ${reason}.`;
  const more = lost.length > names.length ? ` and ${lost.length - names.length} more` : '';
  return `${lost.length} PLRs have not reached their managers: ${reason}. They are for ${names.join(', ')}${more}.`;
}
