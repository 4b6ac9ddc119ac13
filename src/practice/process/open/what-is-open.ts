import { asAllocated } from '../../alerts/people-of-alert.js';
import { undelivered } from '../../alerts/unheard.js';
import { addDays, dateAt } from '../../base/time.js';
import type { PersonId, ServiceId } from '../../base/ids.js';
import type { CouncilContext } from '../../council/council-context.js';
import { isHere, qaLeads } from '../../council/staff.js';
import { briefKind } from '../../learning/brief-kind.js';
import type { OpenBrief, OpenMeeting, OpenFactsOfPlr, OpenReport } from '../../plr/open-facts.js';
import { plrKind } from '../../plr/plr-kind.js';
import type { DocumentKey, LostMessage, OpenDocument, OpenRows } from '../../plr/ports.js';
import { openInPlr } from './open-in-plr.js';
import { byUrgency, type Open } from './open-item.js';
import { rungIds, rungPosts } from '../../council/ladder.js';
import { firstHere, managersOfTeam } from '../../council/staff.js';

/**
 * Everything that is open at this time, whatever its month, most urgent first: what people, reports and the command
 * line see. Pure; its cost follows what is open.
 */
export function whatIsOpen({ documents, lost }: OpenRows, council: CouncilContext): Open[] {
  const plrs = new Map(documents.flatMap((one) => (isPlr(one.key) ? [[nameOf(one.key), plrOf(one)]] : [])));
  return [
    ...[...plrs.values()].flatMap((plr) => openInPlr(plr, council)),
    ...[...plrs.values()].flatMap((plr) => undeliveredItems(plr, lost, council)),
    ...documents.flatMap((one) => openOfOther(one, council)),
    ...lost.flatMap((message) => lostItem(message, plrs.get(nameOf(message.document)), council)),
    ...vacancies(council),
  ].sort(byUrgency);
}

function isPlr({ kind }: DocumentKey): boolean {
  return kind === plrKind.kind;
}

function plrOf({ open }: OpenDocument): OpenFactsOfPlr {
  return open as OpenFactsOfPlr;
}

function nameOf({ partition, kind, id }: DocumentKey): string {
  return `${partition}~${kind}~${id}`;
}

/** The kind of a report, which lies on a floor above. */
const reportKind = 'report';

function openOfOther({ key, open }: OpenDocument, council: CouncilContext): Open[] {
  if (key.kind === briefKind.kind) return openInBrief(open as OpenBrief, council);
  return key.kind === reportKind ? [reportItem(open as OpenReport, council)] : [];
}

const nothing = { ref: null, teamId: null, due: null, overdue: false } as const;

function openInBrief(
  { cycleId, serviceId, draftedAt, meetings }: OpenBrief,
  council: CouncilContext,
): Open[] {
  const given = { ...nothing, cycle: cycleId, serviceId };
  const reviewer = council.organisation.services.get(serviceId)?.linkReviewerId;
  const who = firstHere(council, reviewer);
  return [
    ...(draftedAt === undefined
      ? []
      : [{ ...given, kind: 'brief-to-approve', since: draftedAt, who } as const]),
    ...meetings.flatMap((meeting) => meetingItem(given, meeting, council)),
  ];
}

/** From the day after the meeting. A team that is no more has no meeting. */
function meetingItem(
  given: Pick<Open, 'ref' | 'teamId' | 'cycle' | 'serviceId' | 'due' | 'overdue'>,
  { teamId, at, isWaiting }: OpenMeeting,
  council: CouncilContext,
): Open[] {
  const on = at === undefined ? null : dateAt(at, council.timeZone);
  const isToCome = on === null ? isWaiting : on >= council.today;
  if (isToCome || !council.organisation.roster.teams.some(({ id }) => id === teamId)) return [];
  const who = firstHere(council, ...managersOfTeam(teamId, council));
  const overdue = on !== null;
  return [{ ...given, kind: 'meeting-not-discussed', teamId, since: on, due: on, overdue, who }];
}

function reportItem({ periodId, since }: OpenReport, council: CouncilContext): Open {
  const given = { ...nothing, cycle: periodId, serviceId: null };
  return { ...given, kind: 'report-to-sign', since, who: qaLeads(council) };
}

/**
 * A message that reached nobody, while what it is about is open and its recipient is still there: a PLR in which
 * nothing is open needs nobody to be told. The ledger has it for ever (`plr deliveries`).
 */
function lostItem(message: LostMessage, plr: OpenFactsOfPlr | undefined, council: CouncilContext): Open[] {
  const { document, to, at, urgent } = message;
  const hasLeft = 'person' in to && !isHere(to.person, council);
  if (hasLeft || (isPlr(document) && plr === undefined)) return [];
  const team = 'team' in to ? council.organisation.teams.get(to.team) : undefined;
  const isBrief = document.kind === briefKind.kind;
  return [
    {
      ...nothing,
      kind: 'message-undelivered',
      ref: isPlr(document) ? document.id : null,
      cycle: document.partition === 'council' ? null : document.partition,
      serviceId: plr?.serviceId ?? team?.serviceId ?? (isBrief ? (document.id as ServiceId) : null),
      teamId: plr?.teamId ?? team?.id ?? null,
      since: at,
      who: qaLeads(council),
      ...(urgent ? { forSafety: true } : {}),
      ...(plr === undefined ? {} : { givesGradeAwayOf: plr.second }),
    },
  ];
}

/** Messages of an open alert that have been under way for too long. Those that were refused as well are listed once. */
function undeliveredItems(
  plr: OpenFactsOfPlr,
  lost: readonly LostMessage[],
  council: CouncilContext,
): Open[] {
  const listed = new Set(lost.map(({ key }) => key));
  const { cycleId: cycle, ref } = plr;
  const { serviceId, teamId } = asAllocated(plr, council);
  const given = { ...nothing, kind: 'message-undelivered', cycle, ref, serviceId, teamId } as const;
  return undelivered(plr.alert?.underWay ?? [], plr, council)
    .filter(({ key }) => !listed.has(key))
    .map(({ at: since }) => ({
      ...given,
      since,
      who: qaLeads(council),
      forSafety: true,
      givesGradeAwayOf: plr.second,
    }));
}

/** Posts that nobody holds: their work goes to the next in line, who has them filled. */
function vacancies(council: CouncilContext): Open[] {
  const { teams, services } = council.organisation.roster;
  const vacant = (holder: PersonId | undefined, item: Pick<Open, 'serviceId' | 'teamId' | 'who'>): Open[] => {
    if (isHere(holder, council)) return [];
    const left = holder && council.organisation.people.get(holder)?.activeUntil;
    const since = left === undefined || left >= council.today ? null : addDays(left, 1);
    return [{ ...nothing, kind: 'vacancy', cycle: null, since, ...item }];
  };
  return [
    ...teams.flatMap(({ id: teamId, serviceId, teamManagerId }) => {
      const above = services.find(({ id }) => id === serviceId)?.serviceManagerId;
      return vacant(teamManagerId, { serviceId, teamId, who: firstHere(council, above) });
    }),
    ...services.flatMap((service) => {
      const of = { serviceId: service.id, teamId: null };
      const holders = rungIds.map((rung) => service[rungPosts[rung].post]);
      return [
        ...holders.flatMap((holder, at) =>
          vacant(holder, { ...of, who: firstHere(council, ...holders.slice(at + 1)) }),
        ),
        ...vacant(service.linkReviewerId, { ...of, who: qaLeads(council) }),
      ];
    }),
  ];
}
