import type { CouncilContext } from '../council/council-context.js';
import {
  endOfDay,
  lastWorkingDayOf,
  monthOf,
  shiftMonth,
  type Instant,
  type LocalDate,
} from '../base/time.js';
import type { Cycle } from '../plr/cycle-record.js';
import type { PlrFigures } from '../plr/figures.js';

type Rule = Pick<CouncilContext, 'holidays' | 'timeZone' | 'closingMonths'>;

const defaultClosingMonths = 1;

/**
 * When a cycle closes by the rule (docs/decisions/0023): at the end of the last working day of the month after the
 * one in which it was due, and never before the last of its PLRs is due.
 */
export function closingTime(
  dueOn: LocalDate,
  { holidays, timeZone, closingMonths = defaultClosingMonths }: Rule,
  lastDueOn: LocalDate = dueOn,
): Instant {
  const day = lastWorkingDayOf(shiftMonth(monthOf(dueOn), closingMonths), holidays);
  return endOfDay(lastDueOn > day ? lastDueOn : day, timeZone);
}

/** When this cycle closes, by the rule or by the day until which it was re-opened; undefined once it has. */
export function closesAtOf(cycle: Cycle, council: Rule, lastDueOn?: LocalDate): Instant | undefined {
  if (cycle.state !== 'issued') return undefined;
  const { dueOn, closesAt = closingTime(dueOn, council) } = cycle;
  const atLeast = endOfDay(lastDueOn ?? dueOn, council.timeZone);
  return closesAt < atLeast ? atLeast : closesAt;
}

/** When the last of them is due. */
export function lastDueOf(figures: readonly Pick<PlrFigures, 'dueOn'>[]): LocalDate | undefined {
  return figures
    .map(({ dueOn }) => dueOn)
    .sort()
    .at(-1);
}
