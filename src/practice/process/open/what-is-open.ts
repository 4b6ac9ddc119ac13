import { addDays, dateAt } from '../../base/time.js';
import type { PersonId, ServiceId } from '../../base/ids.js';
import type { House } from '../../council/house.js';
import { isHere, qaLeads } from '../../council/staff.js';
import { briefKind } from '../../learning/brief-kind.js';
import type { OpenBrief, OpenMeeting, OpenPlr, OpenReport } from '../../plr/open-facts.js';
import { plrKind } from '../../plr/plr-kind.js';
import type { DocumentKey, LostMessage, OpenDocument, OpenRows } from '../../plr/ports.js';
import { openInPlr } from './open-in-plr.js';
import { byUrgency, type Open } from './open-item.js';
import { firstHere, lineOf } from './who.js';

/**
 * Everything that is open at this time, whatever its month, most urgent first: what people, reports and the command
 * line see. Pure; its cost follows what is open.
 */
export function whatIsOpen({ documents, lost }: OpenRows, house: House): Open[] {
  const plrs = new Map(documents.flatMap((one) => (isPlr(one.key) ? [[nameOf(one.key), plrOf(one)]] : [])));
  return [
    ...[...plrs.values()].flatMap((plr) => openInPlr(plr, house)),
    ...documents.flatMap((one) => openOfOther(one, house)),
    ...lost.flatMap((message) => lostItem(message, plrs.get(nameOf(message.document)), house)),
    ...vacancies(house),
  ].sort(byUrgency);
}

function isPlr({ kind }: DocumentKey): boolean {
  return kind === plrKind.kind;
}

function plrOf({ open }: OpenDocument): OpenPlr {
  return open as OpenPlr;
}

function nameOf({ partition, kind, id }: DocumentKey): string {
  return `${partition}~${kind}~${id}`;
}

/** The kind of a report, which lies on a floor above. */
const reportKind = 'report';

function openOfOther({ key, open }: OpenDocument, house: House): Open[] {
  if (key.kind === briefKind.kind) return openInBrief(open as OpenBrief, house);
  return key.kind === reportKind ? [reportItem(open as OpenReport, house)] : [];
}

const nothing = { ref: null, teamId: null, due: null, overdue: false } as const;

function openInBrief({ cycleId, serviceId, draftedAt, meetings }: OpenBrief, house: House): Open[] {
  const given = { ...nothing, cycle: cycleId, serviceId };
  const reviewer = house.organisation.services.get(serviceId)?.linkReviewerId;
  const who = firstHere(house, reviewer);
  return [
    ...(draftedAt === undefined
      ? []
      : [{ ...given, kind: 'brief-to-approve', since: draftedAt, who } as const]),
    ...meetings.flatMap((meeting) => meetingItem(given, meeting, house)),
  ];
}

/** From the day after the meeting. A team that is no more has no meeting. */
function meetingItem(
  given: Pick<Open, 'ref' | 'teamId' | 'cycle' | 'serviceId' | 'due' | 'overdue'>,
  { teamId, at, isWaiting }: OpenMeeting,
  house: House,
): Open[] {
  const on = at === undefined ? null : dateAt(at, house.timeZone);
  const isToCome = on === null ? isWaiting : on >= house.today;
  if (isToCome || !house.organisation.roster.teams.some(({ id }) => id === teamId)) return [];
  const who = firstHere(house, ...lineOf(teamId, house));
  const overdue = on !== null;
  return [{ ...given, kind: 'meeting-not-discussed', teamId, since: on, due: on, overdue, who }];
}

function reportItem({ periodId, since }: OpenReport, house: House): Open {
  const given = { ...nothing, cycle: periodId, serviceId: null };
  return { ...given, kind: 'report-to-sign', since, who: qaLeads(house) };
}

/**
 * A message that reached nobody, while what it is about is open and its recipient is still there: a PLR in which
 * nothing is open needs nobody to be told. The ledger has it for ever (`plr deliveries`).
 */
function lostItem(message: LostMessage, plr: OpenPlr | undefined, house: House): Open[] {
  const { document, to, at, urgent } = message;
  const hasLeft = 'person' in to && !isHere(to.person, house);
  if (hasLeft || (isPlr(document) && plr === undefined)) return [];
  const team = 'team' in to ? house.organisation.teams.get(to.team) : undefined;
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
      who: qaLeads(house),
      ...(urgent ? { forSafety: true } : {}),
      ...(plr === undefined ? {} : { givesGradeAwayOf: plr.second }),
    },
  ];
}

/** Posts whose holder has left: their work goes to the next in line, who has them filled. */
function vacancies(house: House): Open[] {
  const { teams, services } = house.organisation.roster;
  const vacant = (holder: PersonId, item: Pick<Open, 'serviceId' | 'teamId' | 'who'>): Open[] => {
    if (isHere(holder, house)) return [];
    const left = house.organisation.people.get(holder)?.activeUntil;
    const since = left === undefined || left >= house.today ? null : addDays(left, 1);
    return [{ ...nothing, kind: 'vacancy', cycle: null, since, ...item }];
  };
  return [
    ...teams.flatMap(({ id: teamId, serviceId, teamManagerId }) => {
      const above = services.find(({ id }) => id === serviceId)?.serviceManagerId;
      return vacant(teamManagerId, { serviceId, teamId, who: firstHere(house, above) });
    }),
    ...services.flatMap(({ id: serviceId, serviceManagerId, headOfServiceId, linkReviewerId }) => [
      ...vacant(serviceManagerId, { serviceId, teamId: null, who: firstHere(house, headOfServiceId) }),
      ...vacant(linkReviewerId, { serviceId, teamId: null, who: qaLeads(house) }),
    ]),
  ];
}
