import type { AlertReason } from './alert-reason.js';
import type { PersonId } from '../base/ids.js';
import type { Instant } from '../base/time.js';
import type { Answers, Finding } from './answers.js';

/** A review by its named state. Exempt, withdrawn and redrawn are separate ends, never "returned". */
export type Review = AssignedReview | DraftReview | ReturnedReview | EndedReview;

export interface AssignedReview {
  readonly state: 'assigned';
}

export interface DraftReview {
  readonly state: 'draft';
  readonly formVersion: string;
  /** What was typed, by field id, complete or not, right or wrong: nothing typed is lost. */
  readonly typed: Typed;
  /** The step where it was left, or `summary`. */
  readonly at: string;
  readonly startedAt: Instant;
  readonly savedAt: Instant;
  /** Raised with every save, and carried by the card: a late save of an older version is seen. */
  readonly saves: number;
  /** An immediate concern. */
  readonly unconfirmed?: Unconfirmed;
  /** An overall grade of Inadequate. */
  readonly unconfirmedGrade?: Unconfirmed;
}

/**
 * An answer that tells the team was given and not confirmed, so nobody is told yet (docs/domain.md, 4.3). It is
 * kept beside what is typed, not in it, because alerts, records and figures are made from saved answers alone.
 */
export interface Unconfirmed {
  readonly by: PersonId;
  readonly since: Instant;
  /** The save (`DraftReview.saves`) that began it. Its cards carry this, so that a stale one is recognised. */
  readonly save: number;
  /** When the team is told without more ado, by the council's rule of that day; missing in older rows. */
  readonly goesOutAt?: Instant;
  readonly reminded: readonly { readonly to: PersonId; readonly at: Instant }[];
}

/** What became of an alert that was begun: it stays on the PLR. */
export interface BegunAlert extends Pick<Unconfirmed, 'by' | 'since' | 'save'> {
  readonly because: AlertReason;
  readonly end: 'confirmed' | 'taken-back' | 'by-itself';
  readonly endedAt: Instant;
  /** Nobody, when it went out by itself. */
  readonly endedBy?: PersonId;
}

export type Typed = Readonly<Record<string, TypedField>>;

export interface TypedField {
  readonly text: string;
  /** The save (`DraftReview.saves`) that last changed it. */
  readonly save: number;
}

export interface ReturnedReview {
  readonly state: 'returned';
  readonly formVersion: string;
  readonly answers: Answers;
  readonly startedAt: Instant;
  readonly returnedAt: Instant;
  readonly returnedBy: PersonId;
  readonly completedBy: 'service' | 'qa';
  /** Counted from the answers when they were returned, by the form they were answered on. */
  readonly findings: readonly Finding[];
}

/** Exempted, re-drawn or withdrawn, with a reason and the QA lead who approved it (docs/domain.md, 4.1). */
export interface ClosedReview {
  readonly state: 'exempt' | 'redrawn' | 'withdrawn';
  readonly why: 'leave' | 'conflict-of-interest' | 'case-closed' | 'wrong-worker' | 'other';
  readonly reason: string;
  readonly approvedBy: PersonId;
  readonly at: Instant;
  /** What had been written by then. */
  readonly draft?: DraftReview;
  /** When what was written goes, by the council's rule on the day it was closed; missing in older rows. */
  readonly purgeAt?: Instant;
  readonly purgedAt?: Instant;
}

/** Its cycle closed before it was returned (docs/decisions/0023). A concern is still saved on what was written. */
export interface NotReturnedReview extends Pick<ClosedReview, 'at' | 'draft' | 'purgeAt' | 'purgedAt'> {
  readonly state: 'not-returned';
}

/** Over without a return. */
export type EndedReview = ClosedReview | NotReturnedReview;

export function isClosed(review: Review): review is EndedReview {
  return review.state !== 'assigned' && review.state !== 'draft' && review.state !== 'returned';
}
