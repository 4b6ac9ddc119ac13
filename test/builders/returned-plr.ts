import type { Plr } from '../../src/practice/plr/plr.js';
import type { ReturnedReview } from '../../src/practice/plr/review.js';

/** The PLR returned on the spot by its manager, graded Good, with nothing else in it. */
export function returnedPlr(plr: Plr, changes: Partial<ReturnedReview> = {}): Plr {
  return {
    ...plr,
    review: {
      state: 'returned',
      formVersion: '2022-05',
      answers: { sections: {}, actions: [], overall: { grade: 'good', reason: '' } },
      startedAt: plr.issuedAt,
      returnedAt: plr.issuedAt,
      returnedBy: plr.managerId,
      completedBy: 'service',
      findings: [],
      ...changes,
    },
  };
}
