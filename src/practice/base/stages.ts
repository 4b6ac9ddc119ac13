import { addDays, addWorkingDays, instantAt, isWorkingDay } from './time.js';
import type { BankHolidays, Instant, LocalDate } from './time.js';

/**
 * When something with a due date speaks up: reviews, actions and moderations alike. A stage is so many working
 * days from the due date, at 9 in the morning. A due date that is no working day counts as the next one: work
 * that is due on a Saturday is late on the Tuesday, not on the Monday.
 */
export interface Stage<Name extends string = string> {
  readonly stage: Name;
  /** From the due date; negative is before it. */
  readonly workingDays: number;
}

/** A stage with its time, as rows keep it. */
export interface DueStage<Name extends string> {
  readonly stage: Name;
  readonly at: Instant;
}

/** What tells working time. */
export interface Calendar {
  readonly holidays: BankHolidays;
  readonly timeZone: string;
}

export const stageTimeOfDay = '09:00';

/** The working day that is so many working days from a due date. */
export function stageDay(dueOn: LocalDate, workingDays: number, holidays: BankHolidays): LocalDate {
  let day = dueOn;
  while (!isWorkingDay(day, holidays)) day = addDays(day, 1);
  return addWorkingDays(day, workingDays, holidays);
}

/** Every stage of what is due on this date, in order of time. */
export function stagesOf<Name extends string>(
  stages: readonly Stage<Name>[],
  dueOn: LocalDate,
  { holidays, timeZone }: Calendar,
): DueStage<Name>[] {
  return stages.map(({ stage, workingDays }) => ({
    stage,
    at: instantAt(stageDay(dueOn, workingDays, holidays), stageTimeOfDay, timeZone),
  }));
}

/** How often what is owed is asked for after its last stage, until it is done or its time is over. */
const workingDaysBetweenChases = 5;

/** One of the times at which something late is asked for: which it is, the first being 1. */
export interface Chase {
  readonly on: LocalDate;
  readonly number: number;
}

/** The first chase after a day; the first of all is so many working days after the due date. */
export function nextChase(
  dueOn: LocalDate,
  firstAfter: number,
  day: LocalDate,
  holidays: BankHolidays,
): Chase {
  let chase = { on: stageDay(dueOn, firstAfter, holidays), number: 1 };
  while (chase.on <= day)
    chase = {
      on: addWorkingDays(chase.on, workingDaysBetweenChases, holidays),
      number: chase.number + 1,
    };
  return chase;
}

/** The stage whose day has been reached on `day`; none before the first. */
export function stageReached<Name extends string>(
  stages: readonly Stage<Name>[],
  dueOn: LocalDate,
  day: LocalDate,
  holidays: BankHolidays,
): Name | undefined {
  return stages.findLast(({ workingDays }) => stageDay(dueOn, workingDays, holidays) <= day)?.stage;
}
