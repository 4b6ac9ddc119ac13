import assert from 'node:assert/strict';
import type { CycleId } from '../../../../src/practice/base/ids.js';
import {
  monthlyPeriod,
  monthOfCycle,
  periodBefore,
  quarterIdOf,
  quarterlyPeriod,
} from '../../../../src/practice/plr/period.js';
import { month } from '../../../../src/practice/base/time.js';

describe('the period of a report', () => {
  it('takes Q4 2021/22 as January to March 2022', () => {
    const quarter = quarterlyPeriod('2021-22-Q4');
    assert.deepEqual(quarter.months, ['2022-01', '2022-02', '2022-03']);
    assert.equal(quarter.inWords, 'Quarter 4 2021/22 (January to March 2022)');
  });

  it('begins the financial year in April', () => {
    assert.deepEqual(quarterlyPeriod('2022-23-Q1').months, ['2022-04', '2022-05', '2022-06']);
    assert.deepEqual(quarterlyPeriod('1999-00-Q3').months, ['1999-10', '1999-11', '1999-12']);
  });

  for (const text of ['2021-22-Q5', '2021-23-Q4', '2021-Q4', '2021-22-q4', ' 2021-22-Q4', '']) {
    it(`refuses “${text}” as a quarter`, () => {
      assert.throws(() => quarterlyPeriod(text), RangeError);
    });
  }

  it('finds the quarter of each month of a year', () => {
    const months = Array.from({ length: 12 }, (_, at) => month(`2022-${String(at + 1).padStart(2, '0')}`));
    assert.deepEqual(
      months.map((one) => quarterIdOf(one)),
      [
        ...['2021-22-Q4', '2021-22-Q4', '2021-22-Q4', '2022-23-Q1', '2022-23-Q1', '2022-23-Q1'],
        ...['2022-23-Q2', '2022-23-Q2', '2022-23-Q2', '2022-23-Q3', '2022-23-Q3', '2022-23-Q3'],
      ],
    );
    for (const one of months) assert.ok(quarterlyPeriod(quarterIdOf(one)).months.includes(one));
  });

  it('measures a month against the month before, and a quarter against the quarter before', () => {
    assert.equal(periodBefore(monthlyPeriod(month('2022-01'))).id, '2021-12');
    assert.equal(periodBefore(quarterlyPeriod('2022-23-Q1')).id, '2021-22-Q4');
  });

  it('reads the month of a cycle of any kind from its id', () => {
    assert.equal(monthOfCycle('2022-07-practice-week-care-experienced' as CycleId), '2022-07');
  });
});
