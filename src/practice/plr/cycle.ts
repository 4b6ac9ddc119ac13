import type { CouncilContext } from '../council/council-context.js';
import type { CycleId } from '../base/ids.js';
import { chosenKindNames, type ChosenKind, type CycleKind } from './cycle-kind.js';
import {
  addDays,
  addWorkingDays,
  firstWorkingDayOf,
  isWorkingDay,
  lastWorkingDayOf,
  monthOf,
  month as parseMonth,
  type BankHolidays,
  type DateRange,
  type LocalDate,
  type Month,
} from '../base/time.js';

/** What an id says. Practice Weeks and thematic reviews are named by what they look at (docs/domain.md, 4.10, 10). */
export type CycleName =
  | { readonly kind: 'monthly'; readonly id: CycleId; readonly month: Month }
  | {
      readonly kind: ChosenKind;
      readonly id: CycleId;
      readonly month: Month;
      readonly topic: string;
    };

const cycleIdShape = new RegExp(
  `^(\\d{4}-\\d{2})(?:-(${chosenKindNames.join('|')})-([a-z0-9]+(?:-[a-z0-9]+)*))?$`,
);

/** Reads `2022-04`, `2022-07-practice-week-care-experienced` or `2022-09-thematic-neglect`. */
export function parseCycleId(text: string): CycleName | undefined {
  const [, monthText, kind, topic] = cycleIdShape.exec(text) ?? [];
  if (monthText === undefined || !/-(0[1-9]|1[0-2])$/.test(monthText)) return undefined;
  const [id, month] = [text as CycleId, parseMonth(monthText)];
  if (topic === undefined) return { kind: 'monthly', id, month };
  return { kind: kind as ChosenKind, id, month, topic };
}

export interface CyclePlan {
  readonly id: CycleId;
  readonly kind: CycleKind;
  readonly month: Month;
  /** The day of the draw: cases open, people active. */
  readonly issueOn: LocalDate;
  readonly dueOn: LocalDate;
}

type Day = Pick<CouncilContext, 'today' | 'holidays'>;

/** From the first working day of the month (today, when that has passed) to the last. */
export function planMonthlyCycle(month: Month, { today, holidays }: Day): CyclePlan {
  const first = firstWorkingDayOf(month, holidays);
  const issueOn = monthOf(today) === month && first < today ? today : first;
  const dueOn = dueFor(lastWorkingDayOf(month, holidays), issueOn, holidays);
  return { id: monthlyCycleId(month), kind: 'monthly', month, issueOn, dueOn };
}

/** A Practice Week or a thematic review: its dates are chosen, not worked out from the month. */
export function planChosenCycle(name: CycleName, { from, until }: DateRange, today: LocalDate): CyclePlan {
  const { id, kind, month } = name;
  const issueOn = from < today && today <= until ? today : from;
  return { id, kind, month, issueOn, dueOn: until };
}

/** Somebody who is given a case late has at least this many working days for it, even beyond the cycle's due date. */
const leastWorkingDays = 5;

/** When a PLR is due that is given out on `day`, in a cycle due on `dueOn`. */
export function dueFor(dueOn: LocalDate, day: LocalDate, holidays: BankHolidays): LocalDate {
  const soonest = addWorkingDays(day, leastWorkingDays, holidays);
  return dueOn < soonest ? soonest : dueOn;
}

export function monthlyCycleId(month: Month): CycleId {
  return month as string as CycleId;
}

/**
 * True from the first working day of the month to its end, on working days: a bot that was down on the first
 * working day issues as soon as it is back, but not on a Saturday. A month that has passed is never issued.
 */
export function isIssueDue(today: LocalDate, month: Month, holidays: BankHolidays): boolean {
  return monthOf(today) === month && isWorkingDay(today, holidays);
}

/** Every working day from one to the other, both included: when a manager and a practitioner can meet. */
export function workingDaysIn({ from, until }: DateRange, holidays: BankHolidays): LocalDate[] {
  const days: LocalDate[] = [];
  for (let day = from; day <= until; day = addDays(day, 1)) {
    if (isWorkingDay(day, holidays)) days.push(day);
  }
  return days;
}
