import { createRequire } from 'node:module';
import type Holidays from 'date-holidays';
import { localDate, type BankHolidays, type LocalDate } from '../practice/base/time.js';

/**
 * Where date-holidays differs from the holidays that England had. A holiday proclaimed after its last release
 * can be added here too.
 */
const exceptions: Readonly<
  Record<number, { readonly add: readonly string[]; readonly drop: readonly string[] }>
> = {
  // The wedding of Prince William and Catherine Middleton.
  2011: { add: ['2011-04-29'], drop: [] },
  // The spring bank holiday was moved next to the Diamond Jubilee of 5 June.
  2012: { add: ['2012-06-04'], drop: ['2012-05-28'] },
};

const require = createRequire(import.meta.url);

/** England's bank holidays, substitute days included, worked out once for each year that is asked for. */
export function englandBankHolidays(): BankHolidays {
  let england: Holidays | undefined;
  const years = new Map<number, ReadonlySet<LocalDate>>();
  return {
    isBankHoliday(date) {
      const year = Number(date.slice(0, 4));
      const known = years.get(year) ?? holidaysOf((england ??= loadEngland()), year);
      years.set(year, known);
      return known.has(date);
    },
  };
}

/** Loaded when first asked for: the package holds the holidays of the whole world. */
function loadEngland(): Holidays {
  const Calendar = require('date-holidays') as typeof Holidays;
  return new Calendar('GB', 'ENG');
}

function holidaysOf(england: Holidays, year: number): ReadonlySet<LocalDate> {
  const { add = [], drop = [] } = exceptions[year] ?? {};
  const found = england
    .getHolidays(year)
    .filter(({ type }) => type === 'public' || type === 'bank')
    .map(({ date }) => date.slice(0, 10))
    .filter((date) => !drop.includes(date));
  return new Set([...found, ...add].map(localDate));
}
