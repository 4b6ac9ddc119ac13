import type { CycleId } from '../ids.js';
import type { CycleKind } from '../reviews/figures.js';
import {
  addDays,
  firstWorkingDayOf,
  isWorkingDay,
  lastWorkingDayOf,
  monthOf,
  month as parseMonth,
  type BankHolidays,
  type DateRange,
  type LocalDate,
  type Month,
} from '../time.js';

/** What an id says. Practice Weeks and thematic reviews are named by what they look at (4.10, 10). */
export type CycleName =
  | { readonly kind: 'monthly'; readonly id: CycleId; readonly month: Month }
  | {
      readonly kind: Exclude<CycleKind, 'monthly'>;
      readonly id: CycleId;
      readonly month: Month;
      readonly topic: string;
    };

const cycleIdShape = /^(\d{4}-\d{2})(?:-(practice-week|thematic)-([a-z0-9]+(?:-[a-z0-9]+)*))?$/;

/** Reads `2022-04`, `2022-07-practice-week-care-experienced` or `2022-09-thematic-neglect`. */
export function parseCycleId(text: string): CycleName | undefined {
  const [, monthText, kind, topic] = cycleIdShape.exec(text) ?? [];
  if (monthText === undefined || !/-(0[1-9]|1[0-2])$/.test(monthText)) return undefined;
  const [id, month] = [text as CycleId, parseMonth(monthText)];
  if (topic === undefined) return { kind: 'monthly', id, month };
  return { kind: kind as 'practice-week' | 'thematic', id, month, topic };
}

export interface CyclePlan {
  readonly id: CycleId;
  readonly kind: CycleKind;
  readonly month: Month;
  readonly issueOn: LocalDate;
  readonly dueOn: LocalDate;
  /** Every working day from issue to due, both included: when a manager and a practitioner can meet. */
  readonly workingDays: readonly LocalDate[];
}

/** Due on the last working day of the month. */
export function planMonthlyCycle(month: Month, holidays: BankHolidays): CyclePlan {
  const issueOn = firstWorkingDayOf(month, holidays);
  const dueOn = lastWorkingDayOf(month, holidays);
  const workingDays = workingDaysIn({ from: issueOn, until: dueOn }, holidays);
  return { id: monthlyCycleId(month), kind: 'monthly', month, issueOn, dueOn, workingDays };
}

/** A Practice Week or a thematic review: its dates are chosen, not worked out from the month. */
export function planChosenCycle(name: CycleName, dates: DateRange, holidays: BankHolidays): CyclePlan {
  const { id, kind, month } = name;
  const workingDays = workingDaysIn(dates, holidays);
  return { id, kind, month, issueOn: dates.from, dueOn: dates.until, workingDays };
}

export function monthlyCycleId(month: Month): CycleId {
  return month as string as CycleId;
}

/**
 * True from the first working day of the month to its end, on working days: a bot that was down on the
 * first issues as soon as it is back, but not on a Saturday. A month that has passed is never issued.
 */
export function isIssueDue(today: LocalDate, month: Month, holidays: BankHolidays): boolean {
  return monthOf(today) === month && isWorkingDay(today, holidays);
}

export function workingDaysIn({ from, until }: DateRange, holidays: BankHolidays): LocalDate[] {
  const days: LocalDate[] = [];
  for (let day = from; day <= until; day = addDays(day, 1)) {
    if (isWorkingDay(day, holidays)) days.push(day);
  }
  return days;
}
