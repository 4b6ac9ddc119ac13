import type { CycleId } from '../base/ids.js';
import { month, shiftMonth, type Month } from '../base/time.js';
import { monthInWords } from '../council/words.js';

/** What a report covers. Quarters are financial: Q1 is April to June (docs/domain.md, 13). */
export interface Period {
  readonly kind: 'monthly' | 'quarterly';
  /** `2022-03`, or `2021-22-Q4`. */
  readonly id: string;
  readonly months: readonly Month[];
  /** "March 2022", or "Quarter 4 2021/22 (January to March 2022)". */
  readonly inWords: string;
}

export function monthlyPeriod(of: Month): Period {
  return { kind: 'monthly', id: of, months: [of], inWords: monthInWords(of) };
}

/**
 * A financial quarter from its id (`2021-22-Q4`).
 * @throws RangeError when the text is not one, or its two years do not follow each other.
 */
export function quarterlyPeriod(id: string): Period {
  const [, year, next, quarter] = /^(\d{4})-(\d{2})-Q([1-4])$/.exec(id) ?? [];
  if (year === undefined || next === undefined || quarter === undefined) {
    throw new RangeError(`Not a financial quarter as 2021-22-Q4: ${id}`);
  }
  if ((Number(year) + 1) % 100 !== Number(next)) {
    throw new RangeError(`A financial year spans two years that follow each other, unlike ${year}-${next}`);
  }
  const first = shiftMonth(month(`${year}-04`), 3 * (Number(quarter) - 1));
  const months = [0, 1, 2].map((step) => shiftMonth(first, step));
  return { kind: 'quarterly', id, months, inWords: quarterInWords(year, next, quarter, months) };
}

function quarterInWords(year: string, next: string, quarter: string, months: readonly Month[]): string {
  const [from = '', until = ''] = [months[0], months[2]].map((one) => (one ? monthInWords(one) : ''));
  return `Quarter ${quarter} ${year}/${next} (${from.split(' ')[0] ?? ''} to ${until})`;
}

/** The period of the same length just before, against which a change is measured. */
export function periodBefore(period: Period): Period {
  const [first] = period.months;
  if (first === undefined) throw new RangeError(`A period without months: ${period.id}`);
  if (period.kind === 'monthly') return monthlyPeriod(shiftMonth(first, -1));
  return quarterlyPeriod(quarterIdOf(shiftMonth(first, -3)));
}

/** The financial quarter a month lies in: January 2022 is in `2021-22-Q4`. */
export function quarterIdOf(of: Month): string {
  const [year, monthNumber] = of.split('-').map(Number) as [number, number];
  const start = monthNumber >= 4 ? year : year - 1;
  const quarter = Math.floor(((monthNumber + 8) % 12) / 3) + 1;
  return `${start}-${String((start + 1) % 100).padStart(2, '0')}-Q${quarter}`;
}

/** The month of a cycle: its id begins with it, whatever the cycle's kind. */
export function monthOfCycle(cycle: CycleId): Month {
  return month(cycle.slice(0, 7));
}
