import assert from 'node:assert/strict';
import type { DrawReason } from '../../../../src/practice/plr/draw-plan.js';
import { explainDraw, explainUnplaced } from '../../../../src/practice/draw/explain-draw.js';
import { localDate } from '../../../../src/practice/base/time.js';

const reason: DrawReason = {
  open: 1600,
  reviewedRecently: 240,
  practitionerAway: 12,
  ownTeam: 66,
  ownPractice: 1,
  neverThereTogether: 0,
  drawnInThisCycle: 281,
  left: 1000,
  memoryMonths: 12,
  way: 'at-random',
  place: 417,
  perPractitioner: 1,
  seed: '2022-04/6f1c',
  on: localDate('2022-04-01'),
  rosterVersion: 3,
};

describe('explaining a draw', () => {
  it('says how many cases there were, what each rule ruled out, and which of the rest was drawn', () => {
    assert.deepEqual(explainDraw(reason), [
      'On 1 April 2022 there were 1,600 open cases.',
      '240 were ruled out: they were reviewed, or due to be, in the last 12 months.',
      '12 were ruled out: their practitioners are away throughout.',
      '66 were ruled out: they belong to the manager’s own team.',
      '1 was ruled out: the manager is its practitioner or their line manager.',
      '281 were ruled out: they, or their practitioners, were already drawn in this cycle.',
      'That left 1,000 cases. Number 417 was drawn, with the seed “2022-04/6f1c” and version 3 of the roster.',
    ]);
  });

  it('says when a practitioner could be asked again, and when places were exchanged', () => {
    const sentences = explainDraw({ ...reason, way: 'by-exchange', left: 1, place: 1, perPractitioner: 2 });
    assert.ok(sentences.some((sentence) => sentence.endsWith('could be asked up to twice.')));
    assert.ok(sentences.some((sentence) => sentence.includes('another manager was given a different case')));
    assert.ok(sentences.at(-1)?.startsWith('That left 1 case. Number 1 was drawn'));
  });

  it('says why no case was left for someone', () => {
    const sentences = explainUnplaced({ ...reason, open: 1, reviewedRecently: 1, memoryMonths: 1, left: 0 });
    assert.equal(sentences[0], 'There was 1 open case.');
    assert.equal(sentences[1], '1 was ruled out: it was reviewed, or due to be, in the last month.');
    assert.match(sentences.at(-1)!, /no case that this manager could fairly be given/);
  });
});
