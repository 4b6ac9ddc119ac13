import { isRefusal, refuse, type Refusal } from '../base/errors.js';
import type { PersonId } from '../base/ids.js';
import type { Grade } from '../plr/grade.js';
import type { Instant } from '../base/time.js';
import { isBlank } from '../plr/blind-grades.js';
import type {
  AgreedModeration,
  DisputedModeration,
  GradedModeration,
  Moderation,
  SettledModeration,
} from '../plr/moderation.js';

type AnswerRefusal = Refusal<'not-yours' | 'not-yet-graded' | 'out-of-date'>;

/** The manager agrees with the moderated grade. It takes the same press when both grades are equal. */
export function agree(moderation: Moderation, by: PersonId, now: Instant): AgreedModeration | AnswerRefusal {
  const graded = awaitingManager(moderation, by);
  return isRefusal(graded) ? graded : { ...graded, state: 'agreed', agreed: { by, at: now } };
}

/** The manager does not agree and says why; it then goes to the QA lead. */
export function dispute(
  moderation: Moderation,
  by: PersonId,
  why: string,
  now: Instant,
): DisputedModeration | AnswerRefusal | Refusal<'incomplete'> {
  const graded = awaitingManager(moderation, by);
  if (isRefusal(graded)) return graded;
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

export interface Settling {
  /** The manager cannot answer before it is due, or that day has passed: the QA lead need not wait for them. */
  readonly unanswered: boolean;
  /** Every QA lead who is there gave one of the two grades. */
  readonly nobodyElse: boolean;
}

/**
 * Whether this QA lead may settle it now. It should be one who gave neither grade, unless nobody else is there;
 * and the manager of the PLR answers first, even when they are a QA lead.
 */
export function waitsForSettling(
  moderation: Moderation,
  by: PersonId,
  { unanswered, nobodyElse }: Settling,
): DisputedModeration | GradedModeration | Refusal<'took-part' | 'out-of-date'> {
  const waits =
    moderation.state === 'disputed' ||
    (moderation.state === 'graded' && unanswered && by !== moderation.original.by);
  if (!waits)
    return refuse(
      'out-of-date',
      'There is no disagreement to settle here. The card now shows how it stands.',
    );
  return gaveAGrade(moderation, by) && !nobodyElse
    ? refuse('took-part', 'You gave one of the two grades, so another QA lead needs to settle this.')
    : moderation;
}

export function gaveAGrade(
  { original, moderatorId }: Pick<GradedModeration, 'original' | 'moderatorId'>,
  by: PersonId,
) {
  return by === original.by || by === moderatorId;
}

/** The QA lead settles what was not agreed, or not answered, with any of the four grades and a reason. */
export function settleModeration(
  moderation: Moderation,
  by: PersonId,
  grade: Grade,
  reason: string,
  now: Instant,
  settling: Settling,
): SettledModeration | Refusal<'took-part' | 'out-of-date' | 'incomplete'> {
  const waiting = waitsForSettling(moderation, by, settling);
  if (isRefusal(waiting)) return waiting;
  if (isBlank(reason))
    return refuse('incomplete', 'Give the reason for the settled grade, then settle again.');
  const nobodyElse = gaveAGrade(waiting, by) ? { nobodyElse: true as const } : {};
  return {
    ...waiting,
    state: 'settled',
    settled: { by, at: now, grade, reason: reason.trim(), ...nobodyElse },
  };
}
