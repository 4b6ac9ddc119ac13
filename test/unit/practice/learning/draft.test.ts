import assert from 'node:assert/strict';
import type { ServiceId } from '../../../../src/practice/base/ids.js';
import { draftBrief } from '../../../../src/practice/learning/draft.js';
import { month } from '../../../../src/practice/base/time.js';
import { aContext } from '../../../builders/a-context.js';
import { figures } from '../../../builders/figures.js';

/** Six returned reviews: of each standard, in how many it was a strength and in how many it needs to be better. */
function drafted(counts: Readonly<Record<string, { strength: number; development: number }>>) {
  const made = Array.from({ length: 6 }, (_, review) =>
    Object.entries(counts)
      .flatMap(([standard, { strength, development }]) => [
        ...(review < strength ? ([[standard, 'strength']] as const) : []),
        ...(review < development ? ([[standard, 'development']] as const) : []),
      ])
      .reduce((one, [standard, kind]) => one.finding(standard, kind), figures().returned())
      .build(),
  );
  const sources = { month: month('2022-03'), serviceId: 'assessment' as ServiceId, figures: made };
  return draftBrief({ ...sources, previous: [], otherLearning: [] }, aContext()).text;
}

describe('the first draft of a brief', () => {
  it('names a standard in one list alone: where it was found more often', () => {
    const { workingWell, needsToBeBetter } = drafted({
      voice: { strength: 6, development: 5 },
      recording: { strength: 2, development: 6 },
    });
    assert.equal(workingWell, '- We hear the child and understand their daily life: 6 of 6');
    assert.equal(needsToBeBetter, '- Our records are up to date and written for the child: 6 of 6');
  });

  it('names a standard found as often in both where it needs to be better', () => {
    const { workingWell, needsToBeBetter, doDifferently } = drafted({
      risk: { strength: 5, development: 5 },
    });
    assert.equal(workingWell, 'No theme stood out this month.');
    assert.equal(needsToBeBetter, '- We recognise risk and act to keep the child safe: 5 of 6');
    assert.match(doDifferently, /We recognise risk/);
  });

  it('makes no theme of what was found in one review', () => {
    const { workingWell } = drafted({ voice: { strength: 1, development: 0 } });
    assert.equal(workingWell, 'No theme stood out this month.');
  });
});
