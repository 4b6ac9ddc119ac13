import assert from 'node:assert/strict';
import type { IssuedCycle } from '../../../../src/practice/plr/cycle-record.js';
import { drawLater, type Wanted } from '../../../../src/practice/cycles/decide-later-draws.js';
import { isRefusal } from '../../../../src/practice/base/errors.js';
import type { CycleId, PersonId, PlrRef } from '../../../../src/practice/base/ids.js';
import type { Cohort } from '../../../../src/practice/council/organisation.js';
import { instant, localDate } from '../../../../src/practice/base/time.js';
import { aContext } from '../../../builders/a-context.js';

const cycleId = '2022-04-practice-week' as CycleId;

function practiceWeek(seed: string, cohorts?: readonly Cohort[]): IssuedCycle {
  return {
    state: 'issued',
    id: cycleId,
    kind: 'practice-week',
    month: '2022-04' as IssuedCycle['month'],
    issueOn: localDate('2022-04-04'),
    dueOn: localDate('2022-04-14'),
    seed,
    rosterVersion: 1,
    ...(cohorts === undefined ? {} : { choice: { cohorts } }),
    issuedAt: instant('2022-04-04T08:00:00Z'),
    countsAt: instant('2022-04-21T08:00:00Z'),
    issued: 1,
    unplaced: [],
    coverage: {} as IssuedCycle['coverage'],
  };
}

/** The cohorts that a re-draw gave, over many seeds. */
function cohortsDrawn(cohorts?: readonly Cohort[]): Set<Cohort> {
  const wanted: Wanted = { managerId: 'ash-manager' as PersonId, replaces: 'PLR-222222' as PlrRef };
  const drawn = Array.from({ length: 40 }, (_, seed) => {
    const cycle = practiceWeek(`seed-${seed}`, cohorts);
    const plan = { cycleId, drawn: [] } as never;
    const input = { cycle, plan, reviewedSince: new Map(), ref: 'PLR-333333' as PlrRef };
    const change = drawLater({ cycleId, draws: [] }, wanted, input, aContext());
    assert.ok(!isRefusal(change));
    return change.state.draws[0]!.drawn.cohort;
  });
  return new Set(drawn);
}

describe('a case drawn again in a Practice Week or thematic review', () => {
  it('is of the cohorts that it looks at', () => {
    assert.deepEqual(cohortsDrawn(['care-experienced']), new Set(['care-experienced']));
  });

  it('is of any when it looks at all', () => {
    assert.ok(cohortsDrawn().size > 1);
  });
});
