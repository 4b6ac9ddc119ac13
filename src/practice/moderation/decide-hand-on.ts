import { isRefusal, refuse, type Refusal } from '../base/errors.js';
import type { PersonId } from '../base/ids.js';
import type { Instant } from '../base/time.js';
import { isBlank } from '../plr/blind-grades.js';
import {
  type WhyModerator,
  type AwaitingModeration,
  type DrawnModeration,
  type Moderation,
  moderationFacts,
} from '../plr/moderation.js';

/** Gives a moderation that is with nobody to the person who was chosen by workload. */
export function assign(
  moderation: AwaitingModeration,
  to: PersonId,
  chosen: WhyModerator | undefined,
): DrawnModeration {
  const facts = moderationFacts(moderation);
  const { handedOn } = moderation;
  return {
    ...facts,
    state: 'drawn',
    moderatorId: to,
    ...(chosen === undefined ? {} : { chosen }),
    reassignments:
      handedOn === undefined ? facts.reassignments : [...facts.reassignments, { ...handedOn, to }],
  };
}

/** Those who had it and handed it on, or were relieved of it: it does not come back to them by itself. */
export function excusedFrom(moderation: Moderation): PersonId[] {
  const before = moderation.reassignments.map(({ from }) => from);
  return moderation.state === 'awaiting-moderator' && moderation.handedOn !== undefined
    ? [...before, moderation.handedOn.from]
    : before;
}

/**
 * Its moderator asks to be relieved of it, or the schedule does so for one who is away. Their draft is dropped,
 * because nobody else may see it. The due date stays as it was.
 */
export function handOn(
  moderation: Moderation,
  reason: string,
  by: PersonId | 'schedule',
  now: Instant,
): AwaitingModeration | Refusal<'already-graded' | 'incomplete' | 'out-of-date'> {
  const drawn = mayBeMoved(moderation, reason);
  if (isRefusal(drawn)) return drawn;
  if (drawn.state === 'awaiting-moderator') {
    return refuse('out-of-date', 'This moderation is with nobody at the moment.');
  }
  return {
    ...moderationFacts(drawn),
    state: 'awaiting-moderator',
    since: now,
    handedOn: { from: drawn.moderatorId, reason: reason.trim(), by, at: now },
    qaLeadTold: false,
  };
}

/**
 * The QA lead names the next moderator of a PLR that is not graded yet, with a reason.
 * @param tookPart the author, the practitioner, and whoever helped to complete the PLR.
 */
export function reassign(
  moderation: Moderation,
  to: PersonId,
  tookPart: readonly PersonId[],
  reason: string,
  by: PersonId | 'schedule',
  now: Instant,
): DrawnModeration | Refusal<'already-graded' | 'took-part' | 'incomplete' | 'out-of-date'> {
  const movable = mayBeMoved(moderation, reason);
  if (isRefusal(movable)) return movable;
  if (movable.state === 'drawn' && to === movable.moderatorId) {
    return refuse('out-of-date', 'This moderation is already with that person.');
  }
  if (tookPart.includes(to)) {
    return refuse('took-part', 'That person took part in this PLR. Choose someone who did not.');
  }
  const awaiting = movable.state === 'awaiting-moderator' ? movable : handOn(movable, reason, by, now);
  return isRefusal(awaiting) ? awaiting : assign(awaiting, to, undefined);
}

function mayBeMoved(
  moderation: Moderation,
  reason: string,
): AwaitingModeration | DrawnModeration | Refusal<'already-graded' | 'incomplete'> {
  if (moderation.state !== 'drawn' && moderation.state !== 'awaiting-moderator') {
    return refuse('already-graded', 'This PLR has been graded, so its moderation stays where it is.');
  }
  return isBlank(reason)
    ? refuse('incomplete', 'Give the reason for passing this moderation on.')
    : moderation;
}
