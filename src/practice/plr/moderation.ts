import { refuse, type Refusal } from '../base/errors.js';
import type { PersonId, PlrRef } from '../base/ids.js';
import type { Grade } from './grade.js';
import { addWorkingDays, dateAt, type BankHolidays, type Instant, type LocalDate } from '../base/time.js';
import { whatIsMissing, type BlindGrades, type SectionGrade } from './blind-grades.js';
import type { BlindDraft } from '../moderation/blind-draft.js';
import type { WhyModerator } from '../moderation/choose-moderator.js';
import type { DrawReason } from '../moderation/moderation-draw.js';
import { remindersFor, type Reminder } from '../moderation/moderation-due.js';

/**
 * One moderation (docs/domain.md, 4.4, 4.6): drawn, and given to a moderator at once or as soon as one is free; graded
 * blind; then agreed by the manager, or settled by the QA lead when they dispute or do not answer it, within 10
 * working days.
 * Original, moderated and settled grade are each kept with who and when, and none ever replaces another.
 * All of it is plain JSON.
 */
export type Moderation =
  | AwaitingModeration
  | DrawnModeration
  | GradedModeration
  | AgreedModeration
  | DisputedModeration
  | SettledModeration;

/** What holds in every state. */
export interface ModerationFacts {
  readonly ref: PlrRef;
  readonly drawnAt: Instant;
  readonly dueOn: LocalDate;
  readonly reason: DrawReason;
  readonly reassignments: readonly Reassignment[];
  /** Those still to come: each is removed when its time has come. */
  readonly reminders: readonly Reminder[];
}

/** Drawn, but with nobody: choosing somebody takes everyone's open moderations (docs/decisions/0004). */
export interface AwaitingModeration extends ModerationFacts {
  readonly state: 'awaiting-moderator';
  readonly since: Instant;
  /** Who had it before, if it was handed on. */
  readonly handedOn?: Omit<Reassignment, 'to'>;
  /** Nobody was free, and the QA leads have been told. */
  readonly qaLeadTold: boolean;
}

export interface DrawnModeration extends ModerationFacts {
  readonly state: 'drawn';
  readonly moderatorId: PersonId;
  /** Missing when a person named the moderator. */
  readonly chosen?: WhyModerator;
  /** The QA lead knew that they are away until it is due, so it stays with them. */
  readonly namedThoughAway?: true;
  readonly draft?: BlindDraft;
}

/** From the blind grading on. The manager's grades are copied in as they were then. */
interface Graded extends Omit<DrawnModeration, 'state' | 'draft' | 'namedThoughAway'> {
  readonly original: OriginalGrades;
  readonly moderated: ModeratedGrades;
  readonly feedback?: Feedback;
}

export interface GradedModeration extends Graded {
  readonly state: 'graded';
}

export interface AgreedModeration extends Graded {
  readonly state: 'agreed';
  readonly agreed: { readonly by: PersonId; readonly at: Instant };
}

export interface DisputedModeration extends Graded {
  readonly state: 'disputed';
  readonly disputed: { readonly by: PersonId; readonly at: Instant; readonly why: string };
}

export interface SettledModeration extends Graded {
  readonly state: 'settled';
  /** Missing when the manager had not answered. */
  readonly disputed?: DisputedModeration['disputed'];
  readonly settled: {
    readonly by: PersonId;
    readonly at: Instant;
    readonly grade: Grade;
    readonly reason: string;
    /** They had given one of the two grades, because no other QA lead was there. */
    readonly nobodyElse?: true;
  };
}

export interface Reassignment {
  readonly from: PersonId;
  readonly to: PersonId;
  readonly reason: string;
  /** `schedule` when an absence moved it, without anybody asking. */
  readonly by: PersonId | 'schedule';
  readonly at: Instant;
}

export interface OriginalGrades {
  readonly sections: readonly { readonly section: string; readonly grade: SectionGrade }[];
  readonly overall: Grade;
  readonly by: PersonId;
  readonly at: Instant;
}

export interface ModeratedGrades extends BlindGrades {
  readonly by: PersonId;
  readonly at: Instant;
}

/** The moderator's note to the manager afterwards: two short texts. */
export interface Feedback {
  readonly confirmed: string;
  readonly nextTime: string;
  readonly at: Instant;
}

export const workingDaysToModerate = 10;
/** Characters in each text of the feedback, so that it can be one line on the next assignment's card. */
export const feedbackLimit = 200;

export function drawModeration(
  drawn: { readonly ref: PlrRef; readonly reason: DrawReason },
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
    reminders: remindersFor(dueOn, holidays, timeZone),
    since: now,
    qaLeadTold: false,
  };
}

export function factsOf(moderation: ModerationFacts): ModerationFacts {
  const { ref, drawnAt, dueOn, reason, reassignments, reminders } = moderation;
  return { ref, drawnAt, dueOn, reason, reassignments, reminders };
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
    ...factsOf(moderation),
    ...(chosen === undefined ? {} : { chosen }),
    moderatorId,
    state: 'graded',
    original,
    moderated: { ...grades, by, at: now },
  };
}
