import type { AlertReason } from '../plr/alert-reason.js';
import type { DraftReview, Unconfirmed } from '../plr/review.js';

/** The answers that tell the team (docs/domain.md, 4.3), in the order in which they are asked. */
export const dangers = [
  {
    because: 'immediate-concern',
    step: 'concern',
    field: 'concern.immediate',
    answer: 'yes',
    takenBackAs: 'no',
    kept: 'unconfirmed',
  },
  {
    because: 'inadequate',
    step: 'overall',
    field: 'overall.grade',
    answer: 'inadequate',
    /** Not answered: the grade is chosen anew. */
    takenBackAs: '',
    kept: 'unconfirmedGrade',
  },
] as const satisfies readonly {
  readonly because: AlertReason;
  readonly step: string;
  readonly field: string;
  readonly answer: string;
  readonly takenBackAs: string;
  /** Where a draft keeps that it waits to be confirmed. */
  readonly kept: keyof DraftReview;
}[];
/** Where a danger is entered: there is a button to it on every card of the form. */
export const dangerStep = 'concern';
export const dangerTitle = 'A child may be unsafe';

export type Danger = (typeof dangers)[number];

export function dangerOf(field: string): Danger | undefined {
  return dangers.find((danger) => danger.field === field);
}

/** What an answer sets off. */
export function raises(field: string, text: string): AlertReason | undefined {
  const danger = dangerOf(field);
  return danger?.answer === text ? danger.because : undefined;
}

/** An alert that was begun: it waits to be confirmed, to be taken back, or for its time. */
export interface WaitingAlert {
  readonly danger: Danger;
  readonly begun: Unconfirmed;
}

export function waitingIn(draft: DraftReview): WaitingAlert[] {
  return dangers.flatMap((danger) => {
    const begun = draft[danger.kept];
    return begun === undefined ? [] : [{ danger, begun }];
  });
}

export function withWaiting(
  draft: DraftReview,
  { kept }: Danger,
  begun: Unconfirmed | undefined,
): DraftReview {
  if (begun === draft[kept]) return draft;
  const { unconfirmed, unconfirmedGrade, ...rest } = draft;
  const all = Object.entries({ unconfirmed, unconfirmedGrade, [kept]: begun });
  return { ...rest, ...Object.fromEntries(all.filter(([, one]) => one !== undefined)) };
}
