import { refuse, type Refusal } from '../errors.js';
import type { PersonId } from '../ids.js';
import type { Grade } from '../reviews/grade.js';
import type { Instant } from '../time.js';
import { isBlank } from './blind-grades.js';
import type {
  AgreedModeration,
  DisputedModeration,
  GradedModeration,
  Moderation,
  SettledModeration,
} from './moderation.js';

type AnswerRefusal = Refusal<'not-yours' | 'not-yet-graded' | 'out-of-date'>;

/** The manager agrees with the moderated grade; the same one press when both grades are equal. */
export function agree(moderation: Moderation, by: PersonId, now: Instant): AgreedModeration | AnswerRefusal {
  const graded = awaitingManager(moderation, by);
  return 'refused' in graded ? graded : { ...graded, state: 'agreed', agreed: { by, at: now } };
}

/** The manager does not agree and says why; it then goes to the QA lead. */
export function dispute(
  moderation: Moderation,
  by: PersonId,
  why: string,
  now: Instant,
): DisputedModeration | AnswerRefusal | Refusal<'incomplete'> {
  const graded = awaitingManager(moderation, by);
  if ('refused' in graded) return graded;
  if (isBlank(why)) {
    return refuse('incomplete', 'Say why you do not agree, so that the QA lead can settle the grade.');
  }
  return { ...graded, state: 'disputed', disputed: { by, at: now, why: why.trim() } };
}

function awaitingManager(moderation: Moderation, by: PersonId): GradedModeration | AnswerRefusal {
  if (moderation.state === 'drawn' || moderation.state === 'awaiting-moderator') {
    return refuse(
      'not-yet-graded',
      'This PLR has not been moderated yet. You will get a message when it has.',
    );
  }
  if (by !== moderation.original.by) {
    return refuse('not-yours', 'Only the manager who returned this PLR can answer its moderation.');
  }
  return moderation.state === 'graded'
    ? moderation
    : refuse('out-of-date', 'This moderation has already been answered. The card now shows how it stands.');
}

/**
 * The QA lead settles what was not agreed, with any of the four grades and a reason; and what nobody can answer
 * any more, because its manager has left.
 */
export function settle(
  moderation: Moderation,
  by: PersonId,
  grade: Grade,
  reason: string,
  now: Instant,
  managerHasLeft = false,
): SettledModeration | Refusal<'took-part' | 'out-of-date' | 'incomplete'> {
  if (moderation.state !== 'disputed' && !(moderation.state === 'graded' && managerHasLeft)) {
    return refuse(
      'out-of-date',
      'There is no disagreement to settle here. The card now shows how it stands.',
    );
  }
  if (by === moderation.original.by || by === moderation.moderatorId) {
    return refuse('took-part', 'You gave one of the two grades, so another QA lead needs to settle this.');
  }
  if (isBlank(reason))
    return refuse('incomplete', 'Give the reason for the settled grade, then settle again.');
  return { ...moderation, state: 'settled', settled: { by, at: now, grade, reason: reason.trim() } };
}
