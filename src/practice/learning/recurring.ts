import { defaultSmallCount } from '../council/council-context.js';
import type { ServiceId, StandardId } from '../base/ids.js';
import type { PlrFigures } from '../plr/figures.js';
import type { Month } from '../base/time.js';
import { countThemes, type Theme, type ThemeGroup, type ThemeRules } from './themes.js';

export interface RecurrenceRules extends ThemeRules {
  /** A theme recurs when it is found in this many … Default 3. */
  readonly months: number;
  /** … of this many latest months. Default 4. */
  readonly outOf: number;
  /** Reviews in a month that make a finding a theme; one alone does not count. Default 2. */
  readonly reviews: number;
}

/** A row of the workforce-development list (docs/domain.md, 5.4). */
export interface RecurringTheme {
  /** `null`: the whole council. */
  readonly serviceId: ServiceId | null;
  readonly standard: StandardId;
  /** The months it was found in, earliest first. */
  readonly months: readonly Month[];
  /** Over those months together. */
  readonly n: number;
  readonly of: number;
}

export interface MonthOfFigures {
  readonly month: Month;
  readonly figures: readonly PlrFigures[];
}

/**
 * Areas for development that recur: three of the last four months by default (docs/domain.md, 5.4), for each
 * service and the whole. A service's month with too few returned reviews counts only towards the whole.
 */
export function recurringThemes(
  months: readonly MonthOfFigures[],
  rules: Partial<RecurrenceRules> = {},
): RecurringTheme[] {
  const { months: needed = 3, outOf = 4, reviews = 2, smallCount = defaultSmallCount } = rules;
  const latest = [...months].sort((one, other) => (one.month < other.month ? -1 : 1)).slice(-outOf);
  const rows = new Map<string, RecurringTheme>();
  for (const { month, figures } of latest) {
    for (const { serviceId, theme } of developments(figures, smallCount)) {
      if (theme.n < reviews) continue;
      const key = `${serviceId ?? ''} ${theme.standard}`;
      rows.set(key, withMonth(rows.get(key), serviceId, theme, month));
    }
  }
  return [...rows.values()].filter((row) => row.months.length >= needed).sort(wholeFirst);
}

function* developments(
  figures: readonly PlrFigures[],
  smallCount: number,
): Generator<{ serviceId: ServiceId | null; theme: Theme }> {
  const { whole, services } = countThemes(figures, [], { smallCount });
  const groups: { serviceId: ServiceId | null; group: ThemeGroup }[] = [
    { serviceId: null, group: whole },
    ...services,
  ];
  for (const { serviceId, group } of groups) {
    if (group.is === 'withheld') continue;
    for (const theme of group.themes) if (theme.kind === 'development') yield { serviceId, theme };
  }
}

function withMonth(
  row: RecurringTheme | undefined,
  serviceId: ServiceId | null,
  { standard, n, of }: Theme,
  month: Month,
): RecurringTheme {
  return {
    serviceId,
    standard,
    months: [...(row?.months ?? []), month],
    n: (row?.n ?? 0) + n,
    of: (row?.of ?? 0) + of,
  };
}

function wholeFirst(one: RecurringTheme, other: RecurringTheme): number {
  const key = ({ serviceId, standard }: RecurringTheme) => `${serviceId ?? ''} ${standard}`;
  return key(one) < key(other) ? -1 : 1;
}
