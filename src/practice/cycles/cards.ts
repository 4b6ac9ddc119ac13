import type { CardContent } from '../surface/feature.js';
import type { CouncilContext } from '../council/council-context.js';
import type { ServiceId } from '../base/ids.js';
import { percent, shareInWords } from '../base/statistics/proportion.js';
import { dateInWords, personName, serviceName, teamName } from '../council/words.js';
import { whyNotSent } from '../surface/why-not-sent.js';
import { closingInWords } from './cards-closing.js';
import { cycleInWords } from './words.js';
import type { CycleStatus, NotDelivered, ServiceStatus, TeamStatus } from './status.js';
import type { KnownStatus } from './read-status.js';

const listedAtMost = 8;
export const noService = 'none';

/** "How are we doing?" for the QA lead: the whole cycle, then each service, then what needs doing. */
export function statusCard(known: KnownStatus, council: CouncilContext): CardContent {
  const { id, cycle, status } = known;
  const services = status.services.map((one) => serviceRow(one, council));
  const attention = attentionOf(status, council);
  return {
    template: 'cycle/status',
    summary: 'How we are doing with this month’s reviews',
    data: {
      cycle: id,
      title: `How we are doing: ${cycleInWords(id)}`,
      intro:
        cycle === undefined
          ? 'These PLRs came from a spreadsheet.'
          : `Due on ${dateInWords(cycle.dueOn)}. Percentages are of the ${status.sent} PLRs sent: those issued, less those exempt.`,
      closing: closingInWords(known, council),
      facts: factsOf(status, cycle?.state === 'closed'),
      services,
      charted: services.filter(({ share }) => share !== null),
      hasChart: services.some(({ share }) => share !== null),
      choices: services.map(({ id: value, name: title }) => ({ title, value })),
      firstService: services[0]?.id ?? '',
      attention,
      needsAttention: attention.length > 0,
      closes: closes(known),
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
  { id, cycle, status }: KnownStatus,
  serviceId: string,
  council: CouncilContext,
): CardContent | undefined {
  const service = status.services.find((one) => (one.serviceId ?? noService) === serviceId);
  if (service === undefined) return undefined;
  return {
    template: 'cycle/teams',
    summary: 'How each team is doing',
    data: {
      cycle: id,
      title: nameOf(service.serviceId, council),
      intro: `${cycleInWords(id)}. The teams are those of the managers who were sent a PLR.`,
      facts: factsOf(service, cycle?.state === 'closed'),
      teams: service.teams.map((team) => ({
        name: team.teamId === null ? 'No team' : teamName(team.teamId, council),
        ...linesOf(team),
      })),
    },
  };
}

function serviceRow(one: ServiceStatus, council: CouncilContext) {
  const name = nameOf(one.serviceId, council);
  return {
    id: one.serviceId ?? noService,
    name,
    ...linesOf(one),
    share: percent(one.returnedByService, one.sent),
    label: `${name}: ${one.returnedByService} of ${one.sent}`,
    returned: shareInWords(one.returnedByService, one.sent),
  };
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
    [late, 'returned late'],
    [overdue, 'overdue'],
    [exempt, 'exempt'],
    [undeliverable, 'undeliverable'],
  ];
  const counted = rest.filter(([count]) => count > 0);
  return {
    first: `Returned by the service ${shareInWords(returnedByService, sent)}${qa}`,
    second: counted.map(([count, what]) => `${count} ${what}`).join(', ') || 'None late, overdue or exempt',
  };
}

function factsOf(one: CycleStatus | ServiceStatus, isClosed: boolean) {
  const { sent, returned, moderation, alerts } = one;
  const facts: [string, string][] = [
    ['Sent', String(sent)],
    ['Returned by service', shareInWords(one.returnedByService, sent)],
    ['Completed by QA', shareInWords(one.completedByQa, sent)],
    ['Returned in all', shareInWords(returned, sent)],
    ['Of these, late', shareInWords(one.late, returned)],
    isClosed
      ? ['Not returned', shareInWords(one.notReturned, sent)]
      : ['Overdue', shareInWords(one.overdue, sent)],
    ['Undeliverable', shareInWords(one.undeliverable, sent)],
    ['Exempt', String(one.exempt)],
    ['Re-drawn', String(one.redrawn)],
    ['Withdrawn', String(one.withdrawn)],
    [
      'Moderated',
      `${shareInWords(moderation.completed, moderation.required)} required; ${moderation.overdue} overdue`,
    ],
    ['Alerts open', `${alerts.open}; acknowledged ${alerts.acknowledged}, breached ${alerts.breached}`],
  ];
  return facts.map(([title, value]) => ({ title, value }));
}

/** What does not add up, and who could not be reached, by name: only the QA lead sees this card. */
function attentionOf({ notDelivered, disagreements }: CycleStatus, council: CouncilContext) {
  const reasons = new Set(notDelivered.map(({ reason }) => reason));
  const unreached = [...reasons].map((reason) =>
    unreachedInWords(
      notDelivered.filter((one) => one.reason === reason),
      council,
    ),
  );
  return [...disagreements, ...unreached].map((sentence) => ({ sentence }));
}

/** One line for each reason, because forty managers without the app are one thing to do. */
function unreachedInWords(lost: readonly NotDelivered[], council: CouncilContext): string {
  const names = lost.slice(0, listedAtMost).map(({ managerId }) => personName(managerId, council));
  const reason = whyNotSent(lost[0]?.reason ?? '');
  if (lost.length === 1) return `${lost[0]?.ref} has not reached ${names[0]}: ${reason}.`;
  const more = lost.length > names.length ? ` and ${lost.length - names.length} more` : '';
  return `${lost.length} PLRs have not reached their managers: ${reason}. They are for ${names.join(', ')}${more}.`;
}
