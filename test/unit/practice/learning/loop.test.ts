import assert from 'node:assert/strict';
import type { CycleId, ServiceId, TeamId } from '../../../../src/practice/ids.js';
import type { BriefFigures } from '../../../../src/practice/learning/brief-kind.js';
import { loopFigures } from '../../../../src/practice/learning/loop.js';
import { month } from '../../../../src/practice/time.js';

function brief(service: string, ...states: BriefFigures['posts'][number]['state'][]): BriefFigures {
  return {
    cycleId: '2022-06' as CycleId,
    month: month('2022-06'),
    serviceId: service as ServiceId,
    state: 'approved',
    themes: [],
    posts: states.map((state, at) => ({ teamId: `${service}-${at}` as TeamId, state })),
  };
}

describe('the loop’s figures', () => {
  it('count a brief as posted once one meeting has it, and only meetings that have it', () => {
    const briefs = [
      brief('east', 'discussed', 'posted', 'scheduled'),
      brief('west', 'not-posted', 'scheduled'),
      brief('north'),
    ];
    assert.deepEqual(loopFigures(briefs), { briefsPosted: 1, meetingsDiscussed: { n: 1, of: 2 } });
  });
});
