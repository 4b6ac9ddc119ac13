import { month, monthOf, shiftMonth, type LocalDate, type Month } from '../base/time.js';
import { monthlyPeriod, quarterIdOf, quarterlyPeriod, type Period } from './period.js';

const monthNames = [
  ...['january', 'february', 'march', 'april', 'may', 'june'],
  ...['july', 'august', 'september', 'october', 'november', 'december'],
];

/**
 * The period that somebody asked for in words: "March", "March 2022", "2022-03", "Q4 2021/22", "2021-22-Q4",
 * "last quarter". Without a year it is the latest that has begun; without a period, the month before this.
 *
 * @returns undefined when the words are not a period.
 */
export function periodSaid(said: string, today: LocalDate): Period | undefined {
  const words = said.toLowerCase().replaceAll(/[/–]/g, ' ').trim();
  const thisMonth = monthOf(today);
  if (words === '' || words === 'last month') return monthlyPeriod(shiftMonth(thisMonth, -1));
  if (words === 'this month') return monthlyPeriod(thisMonth);
  if (words === 'last quarter') return quarterlyPeriod(quarterIdOf(shiftMonth(thisMonth, -3)));
  return quarterSaid(words, thisMonth) ?? monthSaid(words, thisMonth);
}

function quarterSaid(words: string, thisMonth: Month): Period | undefined {
  const quarter = /\b(?:q|quarter )([1-4])\b/.exec(words)?.[1];
  if (quarter === undefined) return undefined;
  const year = /\b(\d{4})(?:[ -](\d{2}|\d{4}))?\b/.exec(words);
  if (year === null) return latestQuarter(quarter, thisMonth);
  const first = Number(year[1]);
  const next = String((first + 1) % 100).padStart(2, '0');
  // "Q4 2022" alone could belong to either of two financial years, so both years have to be given.
  if (year[2]?.slice(-2) !== next) return undefined;
  return quarterlyPeriod(`${first}-${next}-Q${quarter}`);
}

function latestQuarter(quarter: string, thisMonth: Month): Period | undefined {
  for (let back = 0; back < 12; back += 1) {
    const id = quarterIdOf(shiftMonth(thisMonth, -back));
    if (id.endsWith(`Q${quarter}`)) return quarterlyPeriod(id);
  }
  return undefined;
}

function monthSaid(words: string, thisMonth: Month): Period | undefined {
  const written = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(words);
  if (written !== null) return monthlyPeriod(month(words));
  const [, name = '', year] = /^([a-z]{3,9})(?: (\d{4}))?$/.exec(words) ?? [];
  const at = monthNames.findIndex((one) => one.startsWith(name));
  if (at < 0 || name === '') return undefined;
  const number = String(at + 1).padStart(2, '0');
  if (year !== undefined) return monthlyPeriod(month(`${year}-${number}`));
  const thisYear = month(`${thisMonth.slice(0, 4)}-${number}`);
  return monthlyPeriod(thisYear <= thisMonth ? thisYear : shiftMonth(thisYear, -12));
}

/** The period of an id that a card carries: `2022-03` or `2021-22-Q4`. */
export function periodOfId(id: string): Period | undefined {
  try {
    return /-Q[1-4]$/.test(id) ? quarterlyPeriod(id) : monthlyPeriod(month(id));
  } catch {
    return undefined;
  }
}
