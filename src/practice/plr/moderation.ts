import type { PersonId, PlrRef } from '../base/ids.js';
import type { Grade } from './grade.js';
import type { Instant, LocalDate } from '../base/time.js';
import type { BlindGrades, SectionGrade } from './blind-grades.js';
import type { DueStage } from '../base/stages.js';

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

/** When an open moderation reminds whoever has the next step. */
export type ModerationStage = 'soon' | 'today' | 'overdue';

/** What holds in every state. */
export interface ModerationFacts {
  readonly ref: PlrRef;
  readonly drawnAt: Instant;
  readonly dueOn: LocalDate;
  readonly reason: ModerationReason;
  readonly reassignments: readonly Reassignment[];
  /** Those still to come: each is removed when its time has come. */
  readonly reminders: readonly DueStage<ModerationStage>[];
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
export interface Graded extends Omit<DrawnModeration, 'state' | 'draft' | 'namedThoughAway'> {
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

/** A moderator's grades so far: any part may still be missing. Nobody else sees it. */
export interface BlindDraft {
  /** By section id. */
  readonly sections: Readonly<Record<string, DraftGrade>>;
  readonly overall?: Grade;
  readonly reason: string;
}

export interface DraftGrade {
  readonly grade?: SectionGrade;
  readonly reason: string;
}

export type PassedOverBecause = 'took-part' | 'excused' | 'absent' | 'not-active' | 'vacant';

export type WhyModerator =
  | { readonly is: 'link-reviewer-of-service' }
  | {
      readonly is: 'fewest-open';
      readonly open: number;
      readonly among: number;
      readonly linkReviewerPassedOver: PassedOverBecause;
    };

/**
 * Why a PLR was drawn, kept with it. It can give the manager's grade away, so it is never shown to a
 * moderator who has not graded yet (see `BlindPlr`).
 */
export type ModerationReason =
  | { readonly why: 'inadequate' }
  | { readonly why: 'chance-at-return'; readonly fraction: number; readonly samplePercent: number }
  | {
      readonly why: 'top-up';
      readonly moment: DrawMoment;
      /** Whose count was short: the grade's own share (rounded down), or the Service's (rounded up). */
      readonly short: 'grade' | 'service';
      readonly samplePercent: number;
      readonly returned: number;
      readonly required: number;
      readonly drawnBefore: number;
      readonly grade: Grade;
      readonly ofGrade: { readonly returned: number; readonly drawnBefore: number };
    };

/** `open` after each return, `close` when the cycle closes. */
export type DrawMoment = 'open' | 'close';

/** Characters in each text of the feedback, so that it can be one line on the next assignment's card. */
export const feedbackLimit = 200;

export function moderationFacts(moderation: ModerationFacts): ModerationFacts {
  const { ref, drawnAt, dueOn, reason, reassignments, reminders } = moderation;
  return { ref, drawnAt, dueOn, reason, reassignments, reminders };
}
