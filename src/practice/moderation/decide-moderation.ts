import {
  type AwaitingModeration,
  type GradedModeration,
  type Moderation,
  type ModerationReason,
  type OriginalGrades,
  moderationFacts,
} from '../plr/moderation.js';
import { type BankHolidays, type Instant, addWorkingDays, dateAt } from '../base/time.js';
import { type BlindGrades, whatIsMissing } from '../plr/blind-grades.js';
import type { PersonId, PlrRef } from '../base/ids.js';
import { type Refusal, refuse } from '../base/errors.js';
import { remindersFor } from './due.js';

export const workingDaysToModerate = 10;

export function drawModeration(
  drawn: { readonly ref: PlrRef; readonly reason: ModerationReason },
  now: Instant,
  holidays: BankHolidays,
  timeZone: string,
): AwaitingModeration {
  const dueOn = addWorkingDays(dateAt(now, timeZone), workingDaysToModerate, holidays);
  return {
    state: 'awaiting-moderator',
    ...drawn,
    drawnAt: now,
    dueOn,
    reassignments: [],
    reminders: remindersFor(dueOn, { holidays, timeZone }),
    since: now,
    qaLeadTold: false,
  };
}

/**
 * The moderator's own grades, given once: after this both sets are shown, so they cannot be changed.
 * @param original the manager's grades, read by the caller and shown to nobody until this succeeds.
 */
export function gradeBlind(
  moderation: Moderation,
  by: PersonId,
  grades: BlindGrades,
  original: OriginalGrades,
  now: Instant,
): GradedModeration | Refusal<'not-yours' | 'already-graded' | 'incomplete'> {
  if (moderation.state === 'awaiting-moderator' || by !== moderation.moderatorId) {
    return refuse('not-yours', 'This moderation is with someone else. You do not need to do anything.');
  }
  if (moderation.state !== 'drawn') {
    return refuse('already-graded', 'You have already graded this PLR. The card now shows both grades.');
  }
  const incomplete = whatIsMissing(
    grades,
    original.sections.map(({ section }) => section),
  );
  if (incomplete !== undefined) return incomplete;
  const { moderatorId, chosen } = moderation;
  return {
    ...moderationFacts(moderation),
    ...(chosen === undefined ? {} : { chosen }),
    moderatorId,
    state: 'graded',
    original,
    moderated: { ...grades, by, at: now },
  };
}
