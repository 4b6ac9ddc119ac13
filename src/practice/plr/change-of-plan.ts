import type { PersonId } from '../base/ids.js';
import type { ClosedReview } from './review.js';
import type { Instant } from '../base/time.js';

/**
 * What can become of a PLR besides being returned by its manager (docs/domain.md, 4.1 and 13): asked for by the
 * manager, decided by a QA lead, with a reason and a name. None of them ever counts as returned by the service,
 * and none touches an alert: a child's safety does not depend on who reviews the case.
 */
export const outcomes = {
  leave: { does: 'exempt', why: 'leave' },
  conflict: { does: 'exempt', why: 'conflict-of-interest' },
  exempt: { does: 'exempt', why: 'other' },
  'case-closed': { does: 'redrawn', why: 'case-closed' },
  'wrong-worker': { does: 'redrawn', why: 'wrong-worker' },
  qa: { does: 'qa-completes', why: 'other' },
  withdraw: { does: 'withdrawn', why: 'other' },
  none: { does: 'nothing', why: 'other' },
} as const satisfies Readonly<
  Record<string, { does: ClosedReview['state'] | 'qa-completes' | 'nothing'; why: ClosedReview['why'] }>
>;
export type Outcome = keyof typeof outcomes;

/** What a manager can ask for. A QA lead can decide any outcome, asked or not. */
export const wishes = ['leave', 'conflict', 'case-closed', 'wrong-worker', 'qa', 'withdraw'] as const;
export type Wish = (typeof wishes)[number];

export type ChangeOfPlan = AskedChange | DecidedChange;

export interface AskedChange {
  readonly state: 'asked';
  /** 1 for the first change of this PLR; a card carries it, so a stale one is known. */
  readonly number: number;
  readonly wish: Wish;
  readonly reason: string;
  readonly askedBy: PersonId;
  readonly askedAt: Instant;
}

export interface DecidedChange {
  readonly state: 'decided';
  readonly number: number;
  /** Absent when the QA lead decided without being asked. */
  readonly asked?: AskedChange;
  readonly outcome: Outcome;
  readonly because: string;
  readonly decidedBy: PersonId;
  readonly decidedAt: Instant;
}
