import { messagesUnderWay } from '../../alerts/unheard.js';
import { isOpenAction, type Action } from '../../plr/action.js';
import { breachTime, climbedTo, inThisRound, isNotYetSafe, turns, type Alert } from '../../plr/alert.js';
import { figuresOfModeration } from '../../plr/figures-of-moderation.js';
import type { Moderation } from '../../plr/moderation.js';
import type {
  OpenActionFacts,
  OpenAlertFacts,
  OpenConcern,
  OpenModeration,
  OpenFactsOfPlr,
  OpenReview,
} from '../../plr/open-facts.js';
import { isOpen, type Plr } from '../../plr/plr.js';
import { whoHasItToDo } from '../../plr/whose-to-do.js';
import { goesOutAt, waitingOn } from '../../reviews/part.js';
import type { Instant } from '../../base/time.js';

/** What is open of a PLR, each part by itself; undefined when nothing is. */
export function openOfPlr(plr: Plr): OpenFactsOfPlr | undefined {
  const parts = given({
    review: reviewOf(plr),
    askedAt: plr.change?.state === 'asked' && isOpen(plr) ? plr.change.askedAt : undefined,
    concern: concernOf(plr),
    alert: alertOf(plr.alert),
    moderation: moderationOf(plr.moderation),
    actions: actionsOf(plr.actions),
    record: plr.record?.state === 'waiting' ? { since: plr.record.readyAt } : undefined,
  });
  return Object.keys(parts).length === 0 ? undefined : { ...whoseIs(plr), ...parts };
}

function whoseIs(plr: Plr): OpenFactsOfPlr {
  const { ref, cycleId, caseRef, practitionerId, teamId, serviceId, managerId } = plr;
  const { managerTeamId, managerServiceId, review, moderation } = plr;
  // The days in it are not used, so any zone will do.
  const { moderation: state, moderating } = figuresOfModeration(undefined, moderation, 'UTC');
  const second = { standing: { is: review.state }, ...given({ moderation: state, moderating }) };
  const whose = { ref, cycleId, caseRef, practitionerId, teamId, serviceId, managerId };
  return { ...whose, ...given({ managerTeamId, managerServiceId }), second };
}

function reviewOf(plr: Plr): OpenReview | undefined {
  if (!isOpen(plr)) return undefined;
  const { issuedAt: since, dueOn, reminders } = plr;
  return { since, dueOn, by: whoHasItToDo(plr), ...given({ remindedAt: reminders?.shownSince }) };
}

function concernOf(plr: Plr): OpenConcern | undefined {
  const [first] = waitingOn(plr);
  return first && { since: first.begun.since, goesOutAt: goesOutAt(first.begun), by: first.begun.by };
}

function alertOf(alert: Alert | undefined): OpenAlertFacts | undefined {
  if (alert === undefined || alert.state === 'closed') return undefined;
  const { state, raisedAt } = alert;
  const underWay = messagesUnderWay(alert);
  return {
    state,
    raisedAt,
    breachAt: breachTime(alert),
    since: sinceOf(alert),
    isNotYetSafe: isNotYetSafe(alert),
    climbedTo: climbedTo(alert),
    ...(underWay.length === 0 ? {} : { underWay }),
  };
}

function sinceOf(alert: Exclude<Alert, { state: 'closed' }>): Instant {
  if (alert.state === 'gripped') return alert.grip.at;
  return inThisRound(alert, ...turns).at(-1)?.at ?? alert.raisedAt;
}

function moderationOf(moderation: Moderation | undefined): OpenModeration | undefined {
  if (moderation === undefined) return undefined;
  const { dueOn } = moderation;
  switch (moderation.state) {
    case 'awaiting-moderator':
      return { is: 'to-do', since: moderation.drawnAt, dueOn };
    case 'drawn':
      return { is: 'to-do', since: moderation.drawnAt, dueOn, moderatorId: moderation.moderatorId };
    case 'graded':
    case 'disputed': {
      const since = moderation.state === 'graded' ? moderation.moderated.at : moderation.disputed.at;
      const { moderatorId, original } = moderation;
      return { is: moderation.state, since, dueOn, moderatorId, originalBy: original.by };
    }
    case 'agreed':
    case 'settled':
      return undefined;
  }
}

function actionsOf(actions: readonly Action[]): readonly OpenActionFacts[] | undefined {
  const open = actions.flatMap((action): OpenActionFacts[] => {
    const { id, dueOn, ownerId, teamId, keepsChildSafe, origin } = action;
    const facts = { id, dueOn, ownerId, teamId, keepsChildSafe, origin };
    if (isOpenAction(action)) return [{ ...facts, state: action.state, since: action.createdAt }];
    if (action.state !== 'done') return [];
    return [{ ...facts, state: 'done', since: action.doneAt, doneBy: action.doneBy }];
  });
  return open.length === 0 ? undefined : open;
}

type Given<Parts> = { [Part in keyof Parts]?: NonNullable<Parts[Part]> };

/** Only what is there. */
function given<Parts extends object>(parts: Parts): Given<Parts> {
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined)) as Given<Parts>;
}
