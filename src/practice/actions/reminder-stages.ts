import {
  addWorkingDays,
  instantAt,
  isWorkingDay,
  type BankHolidays,
  type Instant,
  type LocalDate,
} from '../base/time.js';

/**
 * When an open action speaks up, in working days from its due date, at 9 in the morning (domain.md,
 * "Actions"). The report names no spacing between owner, Team Manager and Service Manager: a working week
 * each after the due date leaves each of them time to act.
 */
export const reminderStages = [
  { stage: 'due-soon', workingDays: -5, to: 'owner' },
  { stage: 'due-today', workingDays: 0, to: 'owner' },
  { stage: 'overdue', workingDays: 2, to: 'owner' },
  { stage: 'overdue-a-week', workingDays: 5, to: 'team-manager' },
  { stage: 'overdue-two-weeks', workingDays: 10, to: 'service-manager' },
] as const;
export type ReminderStage = (typeof reminderStages)[number]['stage'];

/** The part of the house that tells working time. */
export interface Calendar {
  readonly holidays: BankHolidays;
  readonly timeZone: string;
}

export interface DueReminder {
  readonly stage: ReminderStage;
  readonly at: Instant;
}

/** Every reminder of an action due on this date, in order of time. */
export function remindersFor(dueOn: LocalDate, { holidays, timeZone }: Calendar): DueReminder[] {
  return reminderStages.map(({ stage, workingDays }) => ({
    stage,
    at: instantAt(dayOf(dueOn, workingDays, holidays), '09:00', timeZone),
  }));
}

/** The first reminder after a time, as the field that keeps it; no field when there is none left. */
export function nextReminder(
  dueOn: LocalDate,
  after: Instant,
  calendar: Calendar,
): { readonly nextReminder?: DueReminder } {
  const next = remindersFor(dueOn, calendar).find(({ at }) => at > after);
  return next === undefined ? {} : { nextReminder: next };
}

/** "On the day" of a date that is not a working day is the working day before it: there is still time then. */
function dayOf(dueOn: LocalDate, workingDays: number, holidays: BankHolidays): LocalDate {
  const isEarly = workingDays === 0 && !isWorkingDay(dueOn, holidays);
  return addWorkingDays(dueOn, isEarly ? -1 : workingDays, holidays);
}
