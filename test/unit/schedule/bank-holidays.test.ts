import assert from 'node:assert/strict';
import { englandBankHolidays } from '../../../src/schedule/bank-holidays.js';
import { addDays, localDate } from '../../../src/practice/base/time.js';

function holidaysOf(year: number): string[] {
  const holidays = englandBankHolidays();
  const first = localDate(`${year}-01-01`);
  const days = Array.from({ length: 365 }, (_, n) => addDays(first, n));
  // Weekends are no working days anyway: only the days that a substitute or a proclamation gives matter.
  return days.filter((day) => holidays.isBankHoliday(day) && ![0, 6].includes(new Date(day).getUTCDay()));
}

describe('England’s bank holidays', () => {
  it('in 2022 have the moved spring holiday, the Jubilee, the funeral and the substitute days', () => {
    assert.deepEqual(holidaysOf(2022), [
      '2022-01-03',
      '2022-04-15',
      '2022-04-18',
      '2022-05-02',
      '2022-06-02',
      '2022-06-03',
      '2022-08-29',
      '2022-09-19',
      '2022-12-26',
      '2022-12-27',
    ]);
  });

  it('in 2026 have the substitute for Boxing Day', () => {
    assert.deepEqual(holidaysOf(2026), [
      '2026-01-01',
      '2026-04-03',
      '2026-04-06',
      '2026-05-04',
      '2026-05-25',
      '2026-08-31',
      '2026-12-25',
      '2026-12-28',
    ]);
  });

  it('have what the library leaves out: the wedding of 2011 and the moved holiday of 2012', () => {
    assert.ok(holidaysOf(2011).includes('2011-04-29'));
    assert.deepEqual(
      holidaysOf(2012).filter((day) => day >= '2012-05-20' && day < '2012-07-01'),
      ['2012-06-04', '2012-06-05'],
    );
  });

  it('are not Scotland’s: neither 2 January nor St Andrew’s Day', () => {
    const holidays = englandBankHolidays();
    assert.equal(holidays.isBankHoliday(localDate('2025-01-02')), false);
    assert.equal(holidays.isBankHoliday(localDate('2026-11-30')), false);
  });
});
