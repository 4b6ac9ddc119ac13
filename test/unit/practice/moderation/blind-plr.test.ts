import assert from 'node:assert/strict';
import { raiseAlert } from '../../../../src/practice/alerts/decide-raising.js';
import { drawnAtReturn } from '../../../../src/practice/moderation/decide-at-return.js';
import { blindPlr } from '../../../../src/practice/moderation/blind-plr.js';
import type { DrawnModeration } from '../../../../src/practice/plr/moderation.js';
import type { Plr } from '../../../../src/practice/plr/plr.js';
import { aContext } from '../../../builders/a-context.js';
import { aReview } from '../../../builders/a-plr.js';

const council = aContext();

/** Inadequate, with its reason: it raised an alert and was drawn for it. */
function inadequate(): Plr {
  const plr = aReview().returned().build();
  assert.ok(plr.review.state === 'returned');
  const overall = { grade: 'inadequate', reason: 'Visits were missed.' } as const;
  const review = { ...plr.review, answers: { ...plr.review.answers, overall } };
  const alerted = raiseAlert({ ...plr, review }, 'inadequate', plr.managerId, council).plr;
  return drawnAtReturn(alerted, { why: 'inadequate' }, council).plr;
}

describe('what a moderator has before they grade', () => {
  const plr = inadequate();
  const blind = blindPlr(plr, plr.moderation as DrawnModeration, council);

  it('is what was written, without a grade, its reason, the alert, or why it was drawn', () => {
    assert.equal(blind.sections[0]?.workingWell, 'What works in voice.');
    assert.match(JSON.stringify(plr), /Visits were missed.*"why":"inadequate"/);
    assert.doesNotMatch(
      JSON.stringify(blind),
      /outstanding|"good"|requires_improvement|inadequate|Visits were missed|alert|"why"/i,
    );
  });
});
