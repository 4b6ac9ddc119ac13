import assert from 'node:assert/strict';
import { lastReviews } from '../../../../src/practice/cycles/last-reviews.js';
import type { CycleId } from '../../../../src/practice/base/ids.js';
import type { Services } from '../../../../src/practice/plr/ports.js';
import type { PlrFigures } from '../../../../src/practice/plr/figures.js';
import { localDate } from '../../../../src/practice/base/time.js';
import { figures } from '../../../builders/figures.js';

/** One draw in each cycle, of the case named after it, and its figures where its PLR was handed out. */
function drawnIn(cycles: Readonly<Record<string, PlrFigures | undefined>>): Services {
  return {
    partitions: { all: () => Promise.resolve([...Object.keys(cycles), 'council']) },
    plans: {
      read: (id: CycleId) =>
        Promise.resolve({ on: `${id.slice(0, 7)}-01`, drawn: [{ ref: `PLR-${id}`, caseRef: `of ${id}` }] }),
    },
    documents: {
      read: () => Promise.resolve(undefined),
      listFigures: (_kind: unknown, id: CycleId) => Promise.resolve([cycles[id] ?? []].flat()),
    },
  } as unknown as Services;
}

function plr(cycle: string) {
  return figures().inCycle(cycle).named(`PLR-${cycle}`);
}

const returnedOn = (cycle: string, on: string) =>
  plr(cycle)
    .standing({ is: 'returned', on: localDate(on), completedBy: 'service', late: false })
    .build();

describe('the memory of past reviews', () => {
  const since = localDate('2021-04-01');
  const remembered = async (cycles: Parameters<typeof drawnIn>[0]) =>
    Object.fromEntries(await lastReviews(since, '2022-04' as CycleId, drawnIn(cycles)));

  it('is of the day a review was returned, or else was due', async () => {
    const found = await remembered({
      '2021-04': returnedOn('2021-04', '2021-04-29'),
      '2021-05': plr('2021-05').build(),
      '2021-06': plr('2021-06').exempt().build(),
      '2021-07-practice-week-neglect': returnedOn('2021-07-practice-week-neglect', '2021-07-09'),
    });
    assert.deepEqual(found, {
      'of 2021-04': '2021-04-29',
      'of 2021-05': '2021-05-31',
      'of 2021-06': '2021-06-30',
      'of 2021-07-practice-week-neglect': '2021-07-09',
    });
  });

  it('is of the last day of the month while a draw is not handed out', async () => {
    assert.deepEqual(await remembered({ '2022-03': undefined }), { 'of 2022-03': '2022-03-31' });
  });

  it('reaches back to a review of an earlier month that was returned late, and not to the cycle itself', async () => {
    const late = returnedOn('2021-02', '2021-04-12');
    assert.deepEqual(await remembered({ '2021-02': late, '2022-04': plr('2022-04').build() }), {
      'of 2021-02': '2021-04-12',
    });
    assert.deepEqual(await remembered({ '2020-12': returnedOn('2020-12', '2020-12-20') }), {});
  });

  it('keeps the later of two', async () => {
    const services = drawnIn({
      '2021-04': returnedOn('2021-04', '2021-04-20'),
      '2021-09': plr('2021-09').build(),
    });
    const plans = {
      read: (id: CycleId) => Promise.resolve({ drawn: [{ ref: `PLR-${id}`, caseRef: 'CS-1' }] }),
    } as unknown as Services['plans'];
    const found = await lastReviews(since, '2022-04' as CycleId, { ...services, plans });
    assert.deepEqual([...found], [['CS-1', '2021-09-30']]);
  });
});
