import assert from 'node:assert/strict';
import type { Plr } from '../../../../src/practice/plr/plr.js';
import { figuresOf } from '../../../../src/practice/process/figures-of.js';
import { instant, localDate } from '../../../../src/practice/base/time.js';
import { aReview } from '../../../builders/a-plr.js';

describe('the days in the figures of a PLR', () => {
  /** Due on 29 April; returned that evening in London, when it was the next morning in Auckland. */
  const plr = (): Plr => {
    const made = aReview().returned().build();
    assert.equal(made.review.state, 'returned');
    const returnedAt = instant('2022-04-29T20:00:00Z');
    return {
      ...made,
      issuedAt: instant('2022-04-01T20:00:00Z'),
      dueOn: localDate('2022-04-29'),
      review: { ...made.review, returnedAt },
      record: { state: 'waiting', readyAt: returnedAt },
    };
  };
  const daysIn = (timeZone: string) => {
    const { sentOn, standing, record } = figuresOf(plr(), timeZone);
    assert.equal(standing.is, 'returned');
    return [sentOn, standing.on, standing.late, record?.readyOn];
  };

  it('are those of the council’s own time zone, and so is what counts as late', () => {
    assert.deepEqual(daysIn('Europe/London'), ['2022-04-01', '2022-04-29', false, '2022-04-29']);
    assert.deepEqual(daysIn('Pacific/Auckland'), ['2022-04-02', '2022-04-30', true, '2022-04-30']);
  });
});
