import { asAllocated, holderOf } from '../../alerts/people-of-alert.js';
import { addDays } from '../../base/time.js';
import type { PersonId } from '../../base/ids.js';
import type { CouncilContext } from '../../council/council-context.js';
import { isAtWork, isAwayUntil, isHere, qaLeads } from '../../council/staff.js';
import { gradesBlind } from '../../plr/grades-blind.js';
import type {
  OpenActionFacts,
  OpenAlertFacts,
  OpenModeration,
  OpenFactsOfPlr,
  OpenReview,
} from '../../plr/open-facts.js';
import { toldOfRecords } from '../../records/part.js';
import type { Open } from './open-item.js';
import { qaLeadsBut } from './who.js';
import { firstHere, managersOfTeam } from '../../council/staff.js';

/** What is open of one PLR, as it stands today. */
export function openInPlr(plr: OpenFactsOfPlr, council: CouncilContext): Open[] {
  const { review, alert, moderation, actions = [] } = plr;
  return [
    ...(alert === undefined ? [] : [alertItem(plr, alert, council)]),
    ...concernItem(plr, council),
    ...(review === undefined ? [] : [reviewItem(plr, review, council)]),
    ...changeItem(plr, council),
    ...(moderation === undefined ? [] : [moderationItem(plr, moderation, council)]),
    ...actions.map((action) => actionItem(plr, action, council)),
    ...recordItem(plr, council),
  ];
}

function of({ ref, cycleId, serviceId, teamId }: OpenFactsOfPlr) {
  return { ref, cycle: cycleId, serviceId, teamId, due: null, overdue: false };
}

/** The Team Manager and every rung to which it has climbed; the QA leads once it is theirs to close. */
function alertItem(plr: OpenFactsOfPlr, alert: OpenAlertFacts, council: CouncilContext): Open {
  const allocated = asAllocated(plr, council);
  const { raisedAt, breachAt } = alert;
  const holders = (['team-manager', ...alert.climbedTo] as const).map((as) => holderOf(as, plr, council));
  const there = [...new Set(holders)].filter((id) => id !== undefined && isHere(id, council)) as PersonId[];
  const who = there.length === 0 ? qaLeads(council) : there;
  const concerns = [allocated.practitionerId];
  const given = { ...of(allocated), who, concerns, forSafety: true, givesGradeAwayOf: plr.second } as const;
  if (alert.state === 'raised') {
    const overdue = council.now > breachAt;
    return { ...given, kind: 'alert-unacknowledged', since: raisedAt, due: breachAt, overdue };
  }
  if (alert.isNotYetSafe) return { ...given, kind: 'alert-not-safe', since: raisedAt };
  if (alert.state === 'acknowledged') return { ...given, kind: 'alert-grip-due', since: alert.since };
  return { ...given, kind: 'alert-to-close', since: alert.since, who: qaLeads(council) };
}

function concernItem(plr: OpenFactsOfPlr, council: CouncilContext): Open[] {
  const { concern, review } = plr;
  if (concern === undefined) return [];
  const who = firstHere(council, concern.by, review?.by);
  const { since, goesOutAt: due } = concern;
  const given = { ...of(plr), since, due, overdue: due < council.now, who };
  return [{ ...given, kind: 'concern-begun', givesGradeAwayOf: plr.second, forSafety: true }];
}

function reviewItem(
  plr: OpenFactsOfPlr,
  { since, dueOn, by, remindedAt }: OpenReview,
  council: CouncilContext,
): Open {
  return {
    kind: 'review-not-returned',
    ref: plr.ref,
    cycle: plr.cycleId,
    serviceId: plr.managerServiceId ?? null,
    teamId: plr.managerTeamId ?? null,
    since,
    due: dueOn,
    overdue: dueOn < council.today,
    who: firstHere(council, by),
    ...(remindedAt === undefined ? {} : { reminded: remindedAt }),
  };
}

/** What the manager asked for; and a review whose people have left, from the day after. */
function changeItem(plr: OpenFactsOfPlr, council: CouncilContext): Open[] {
  const { askedAt, review } = plr;
  const given = { ...of(plr), kind: 'change-to-decide', who: qaLeads(council) } as const;
  if (askedAt !== undefined) return [{ ...given, since: askedAt }];
  if (review === undefined || isHere(review.by, council)) return [];
  const left = council.organisation.people.get(review.by)?.activeUntil;
  return [{ ...given, since: left === undefined ? review.since : addDays(left, 1) }];
}

/** To answer until it is answered or its day has passed; then a QA lead settles it. */
function moderationItem(plr: OpenFactsOfPlr, moderation: OpenModeration, council: CouncilContext): Open {
  const { since, dueOn } = moderation;
  const overdue = dueOn < council.today;
  const given = { ...of(plr), due: dueOn, overdue };
  if (moderation.is === 'to-do')
    return { ...given, since, kind: 'moderation-to-do', who: firstHere(council, moderation.moderatorId) };
  const { moderatorId, originalBy } = moderation;
  const settlers = qaLeadsBut(council, moderatorId, originalBy);
  if (moderation.is === 'disputed') return { ...given, since, kind: 'moderation-to-settle', who: settlers };
  if (overdue) return { ...given, since: dueOn, kind: 'moderation-to-settle', who: settlers };
  const who = isAwayUntil(originalBy, dueOn, council) ? settlers : [originalBy];
  return { ...given, since, kind: 'moderation-to-answer', who };
}

function actionItem(plr: OpenFactsOfPlr, action: OpenActionFacts, council: CouncilContext): Open {
  const { id, since, dueOn, ownerId, teamId, keepsChildSafe, origin } = action;
  const isDone = action.state === 'done';
  return {
    kind: 'action',
    ref: id,
    cycle: plr.cycleId,
    serviceId: council.organisation.teams.get(teamId)?.serviceId ?? plr.serviceId,
    teamId,
    since,
    due: dueOn,
    overdue: !isDone && dueOn < council.today,
    who: isDone
      ? verifiers(plr, action, council)
      : firstHere(council, ownerId, ...managersOfTeam(teamId, council)),
    ...(keepsChildSafe ? { forSafety: true } : {}),
    ...(origin === 'management-grip' ? { givesGradeAwayOf: plr.second } : {}),
  };
}

/** The service's link reviewer; the QA leads when they are away, have a part in it, or may not see it yet. */
function verifiers(
  plr: OpenFactsOfPlr,
  { ownerId, doneBy, origin }: OpenActionFacts,
  council: CouncilContext,
): PersonId[] {
  const { people, services } = council.organisation;
  const reviewer = services.get(plr.serviceId)?.linkReviewerId;
  const person = reviewer && people.get(reviewer);
  const hasAPart = reviewer === ownerId || reviewer === doneBy;
  const isBlind = person && origin === 'management-grip' && gradesBlind(person, plr.second, council);
  if (reviewer !== undefined && isAtWork(reviewer, council) && !hasAPart && isBlind === false)
    return [reviewer];
  return qaLeadsBut(council, ownerId, doneBy);
}

function recordItem(plr: OpenFactsOfPlr, council: CouncilContext): Open[] {
  if (plr.record === undefined) return [];
  return [{ ...of(plr), kind: 'document-to-attach', since: plr.record.since, who: toldOfRecords(council) }];
}
