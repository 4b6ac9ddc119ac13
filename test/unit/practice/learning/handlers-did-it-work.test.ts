import assert from 'node:assert/strict';
import { chartLines } from '../../../../src/practice/learning/handlers-did-it-work.js';
import { runChart } from '../../../../src/practice/learning/run-chart.js';
import { localDate, month } from '../../../../src/practice/base/time.js';

const counts = [
  { month: month('2022-04'), n: 6, of: 8 },
  { month: month('2022-05'), n: 4, of: 8 },
  { month: month('2022-06'), n: 2, of: 8 },
];

describe('the lines of a run chart', () => {
  const drawn = (discussedOn?: string) =>
    chartLines(
      runChart(counts, {
        smallCount: 5,
        ...(discussedOn === undefined ? {} : { discussedOn: localDate(discussedOn) }),
      }),
    ).map(({ legend, values }) => [legend, values.map(({ x, y }) => `${x}: ${y}`).join(', ')]);

  it('part in the month of the discussion', () => {
    assert.deepEqual(drawn('2022-05-09').slice(0, 2), [
      ['Found', 'Apr 22: 75, May 22: 50'],
      ['Since discussed', 'May 22: 50, Jun 22: 25'],
    ]);
  });

  it('are one until a meeting has discussed it', () => {
    assert.deepEqual(
      drawn().map(([legend]) => legend),
      ['Found', 'Usual', 'Upper limit', 'Lower limit'],
    );
    assert.equal(drawn()[0]?.[1], 'Apr 22: 75, May 22: 50, Jun 22: 25');
  });
});
