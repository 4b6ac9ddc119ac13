import { Temporal } from 'temporal-polyfill';
import type { Branded } from './ids.js';

/** A point in time as ISO 8601 in UTC with milliseconds (`2022-04-01T08:00:00.000Z`): it sorts as text. */
export type Instant = Branded<'instant'>;
/** A calendar date in British local time (`2022-04-01`): it sorts as text. */
export type LocalDate = Branded<'date'>;
/** A calendar month (`2022-04`). */
export type Month = Branded<'month'>;

export interface DateRange {
  readonly from: LocalDate;
  /** The last day, included. */
  readonly until: LocalDate;
}

/** All that the working week depends on: England's bank holidays. */
export interface BankHolidays {
  isBankHoliday(date: LocalDate): boolean;
}

/** The product's clock. In local mode it can be moved ahead (`plr clock advance`). */
export interface Clock {
  now(): Instant;
}

/** @throws RangeError when the text is not an ISO instant. */
export function instant(text: string): Instant {
  return Temporal.Instant.from(text).toString({ fractionalSecondDigits: 3 }) as Instant;
}

/** @throws RangeError when the text is not an ISO date. */
export function localDate(text: string): LocalDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new RangeError(`Not a date as YYYY-MM-DD: ${text}`);
  return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() as LocalDate;
}

/** A date as people and cards may send it; undefined when it is not an ISO date. */
export function readDate(text: string): LocalDate | undefined {
  try {
    return localDate(text);
  } catch {
    return undefined;
  }
}

/** @throws RangeError when the text is not a month as YYYY-MM. */
export function month(text: string): Month {
  if (!/^\d{4}-\d{2}$/.test(text)) throw new RangeError(`Not a month as YYYY-MM: ${text}`);
  return Temporal.PlainYearMonth.from(text, { overflow: 'reject' }).toString() as Month;
}

export function fromEpochMilliseconds(epochMs: number): Instant {
  return new Date(epochMs).toISOString() as Instant;
}

export function toEpochMilliseconds(at: Instant): number {
  return Date.parse(at);
}

/** Moves an instant by an ISO 8601 duration (`P1DT2H`), days counted as 24 elapsed hours. */
export function addDuration(at: Instant, duration: string): Instant {
  const { days, weeks, ...time } = durationParts(duration);
  return instant(
    Temporal.Instant.from(at)
      .add({ ...time, hours: time.hours + 24 * (days + 7 * weeks) })
      .toString(),
  );
}

function durationParts(text: string) {
  const { years, months, weeks, days, hours, minutes, seconds } = Temporal.Duration.from(text);
  if (years !== 0 || months !== 0) throw new RangeError(`A duration in days or less is needed, not ${text}`);
  return { weeks, days, hours, minutes, seconds };
}

/** Elapsed hours, over weekends and clock changes alike (docs/domain.md, 4.3: the alert's clock). */
export function addHours(at: Instant, hours: number): Instant {
  return fromEpochMilliseconds(toEpochMilliseconds(at) + hours * 3_600_000);
}

export function addMinutes(at: Instant, minutes: number): Instant {
  return fromEpochMilliseconds(toEpochMilliseconds(at) + minutes * 60_000);
}

export function halfwayBetween(from: Instant, to: Instant): Instant {
  return addHours(from, hoursBetween(from, to) / 2);
}

/** When a day is over: the midnight that ends it. */
export function endOfDay(date: LocalDate, timeZone: string): Instant {
  return instantAt(addDays(date, 1), '00:00', timeZone);
}

/** The day that ended at this moment, or that it falls in. */
export function dayUntil(at: Instant, timeZone: string): LocalDate {
  return dateAt(fromEpochMilliseconds(toEpochMilliseconds(at) - 1), timeZone);
}

/** The first moment that is later. */
export function justAfter(at: Instant): Instant {
  return fromEpochMilliseconds(toEpochMilliseconds(at) + 1);
}

export function earlier(one: Instant, other: Instant): Instant {
  return one < other ? one : other;
}

export function hoursBetween(from: Instant, to: Instant): number {
  return (toEpochMilliseconds(to) - toEpochMilliseconds(from)) / 3_600_000;
}

/** The date that people in `timeZone` see on the wall at this instant. */
export function dateAt(at: Instant, timeZone: string): LocalDate {
  // Remembered, since each step asks several times; within one minute of UTC, a zone never has two dates.
  const minute = `${at.slice(0, 16)} ${timeZone}`;
  const known = dates.get(minute);
  if (known !== undefined) return known;
  const zoned = Temporal.Instant.from(at).toZonedDateTimeISO(timeZone);
  const date = zoned.toPlainDate().toString() as LocalDate;
  if (dates.size >= maxDates) dates.clear();
  dates.set(minute, date);
  return date;
}

const maxDates = 1_000;
const dates = new Map<string, LocalDate>();

/** The instant of a local time of day (`09:00`) on a date; in the spring gap, the moment after it. */
export function instantAt(date: LocalDate, time: string, timeZone: string): Instant {
  return instant(
    Temporal.PlainDate.from(date).toZonedDateTime({ timeZone, plainTime: time }).toInstant().toString(),
  );
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return Temporal.PlainDate.from(date).add({ days }).toString() as LocalDate;
}

export function addMonths(date: LocalDate, months: number): LocalDate {
  return Temporal.PlainDate.from(date).add({ months }).toString() as LocalDate;
}

export function monthOf(date: LocalDate): Month {
  return date.slice(0, 7) as Month;
}

export function shiftMonth(from: Month, months: number): Month {
  return Temporal.PlainYearMonth.from(from).add({ months }).toString() as Month;
}

function firstDayOf(of: Month): LocalDate {
  return `${of}-01` as LocalDate;
}

export function lastDayOf(of: Month): LocalDate {
  return addDays(firstDayOf(shiftMonth(of, 1)), -1);
}

export function isWorkingDay(date: LocalDate, holidays: BankHolidays): boolean {
  return Temporal.PlainDate.from(date).dayOfWeek <= 5 && !holidays.isBankHoliday(date);
}

/** The date `days` working days after (or, negative, before) `date`; 0 gives the date itself. */
export function addWorkingDays(date: LocalDate, days: number, holidays: BankHolidays): LocalDate {
  const step = Math.sign(days);
  let at = date;
  for (let left = Math.abs(days); left > 0;) {
    at = addDays(at, step);
    if (isWorkingDay(at, holidays)) left -= 1;
  }
  return at;
}

export function firstWorkingDayOf(of: Month, holidays: BankHolidays): LocalDate {
  return addWorkingDays(addDays(firstDayOf(of), -1), 1, holidays);
}

export function lastWorkingDayOf(of: Month, holidays: BankHolidays): LocalDate {
  return addWorkingDays(firstDayOf(shiftMonth(of, 1)), -1, holidays);
}

export function isWithin(date: LocalDate, ranges: readonly DateRange[]): boolean {
  return ranges.some(({ from, until }) => from <= date && date <= until);
}
