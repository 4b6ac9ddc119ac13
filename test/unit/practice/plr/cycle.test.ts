import assert from 'node:assert/strict';
import {
  isIssueDue,
  parseCycleId,
  planChosenCycle,
  planMonthlyCycle,
  workingDaysIn,
} from '../../../../src/practice/plr/cycle.js';
import { localDate, month, type BankHolidays } from '../../../../src/practice/base/time.js';

const holidays: BankHolidays = {
  isBankHoliday: (date) => ['2022-01-03', '2022-04-15', '2022-04-18', '2022-12-30'].includes(date),
};

describe('a cycle’s id', () => {
  it('is the month of a monthly cycle', () => {
    assert.deepEqual(parseCycleId('2022-04'), { kind: 'monthly', id: '2022-04', month: '2022-04' });
  });

  it('names the topic of a Practice Week and of a thematic review', () => {
    assert.deepEqual(parseCycleId('2022-07-practice-week-care-experienced'), {
      kind: 'practice-week',
      id: '2022-07-practice-week-care-experienced',
      month: '2022-07',
      topic: 'care-experienced',
    });
    assert.equal(parseCycleId('2022-09-thematic-neglect')?.kind, 'thematic');
  });

  it('is nothing else', () => {
    const others = ['', '2022', '2022-4', '2022-00', '2022-13', '2022-04-01', '2022-07-practice-week'];
    for (const text of [...others, '2022-07-practice-week-', '2022-07-thematic-Neglect', '2022-04 ']) {
      assert.equal(parseCycleId(text), undefined, text);
    }
  });
});

describe('the plan of a monthly cycle', () => {
  const plan = (of: string, today = `${of}-01`) =>
    planMonthlyCycle(month(of), { today: localDate(today), holidays });

  it('issues on the first working day and is due on the last', () => {
    const { issueOn, dueOn } = plan('2022-04');
    assert.deepEqual([issueOn, dueOn], ['2022-04-01', '2022-04-29']);
    const workingDays = workingDaysIn({ from: issueOn, until: dueOn }, holidays);
    assert.equal(workingDays.length, 19);
    assert.ok(!workingDays.includes(localDate('2022-04-15')), 'Good Friday is no working day');
  });

  it('steps over weekends and bank holidays at both ends', () => {
    assert.equal(plan('2022-01').issueOn, '2022-01-04');
    assert.equal(plan('2022-12').dueOn, '2022-12-29');
  });

  it('begins today in a month that is under way, and leaves five working days', () => {
    const late = (today: string) => plan('2022-04', today);
    assert.deepEqual([late('2022-04-20').issueOn, late('2022-04-20').dueOn], ['2022-04-20', '2022-04-29']);
    assert.deepEqual([late('2022-04-30').issueOn, late('2022-04-30').dueOn], ['2022-04-30', '2022-05-06']);
  });

  it('is that of the whole month before it and after it', () => {
    for (const today of ['2022-03-20', '2022-05-20'])
      assert.deepEqual(plan('2022-04', today), plan('2022-04'));
  });
});

describe('the plan of a Practice Week', () => {
  const name = parseCycleId('2022-07-practice-week-care-experienced')!;
  const dates = { from: localDate('2022-07-11'), until: localDate('2022-07-17') };
  const plan = (today: string) => planChosenCycle(name, dates, localDate(today));

  it('keeps the dates it was given', () => {
    const { issueOn, dueOn, kind } = plan('2022-07-01');
    assert.deepEqual([issueOn, dueOn, kind], ['2022-07-11', '2022-07-17', 'practice-week']);
  });

  it('begins today when it is under way', () => {
    assert.deepEqual([plan('2022-07-13').issueOn, plan('2022-07-13').dueOn], ['2022-07-13', '2022-07-17']);
  });
});

describe('issuing on time', () => {
  const isDue = (today: string) => isIssueDue(localDate(today), month('2022-01'), holidays);

  it('waits for the first working day', () => {
    assert.deepEqual(['2021-12-31', '2022-01-01', '2022-01-03'].map(isDue), [false, false, false]);
    assert.equal(isDue('2022-01-04'), true);
  });

  it('is made up for later in the month, on a working day', () => {
    assert.equal(isDue('2022-01-14'), true);
    assert.equal(isDue('2022-01-15'), false);
    assert.equal(isDue('2022-01-31'), true);
  });

  it('is never made up for in another month', () => {
    assert.equal(isDue('2022-02-01'), false);
  });
});
