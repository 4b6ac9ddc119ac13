import { isAbsent, isActive, type Person } from '../council/organisation.js';
import type { LocalDate } from '../base/time.js';

/** The working days of a cycle on which someone is there: one bit for each day, 0n for "away throughout". */
export type Presence = bigint;

/**
 * Someone away for part of the cycle is asked; someone away for all of it is not. Weekends and bank
 * holidays between two spells of leave do not make a person present, so only working days are looked at.
 */
export class Attendance {
  readonly everyDay: Presence;
  private readonly on: LocalDate;
  private readonly workingDays: readonly LocalDate[];

  constructor(on: LocalDate, workingDays: readonly LocalDate[]) {
    this.on = on;
    this.workingDays = workingDays;
    this.everyDay = (1n << BigInt(workingDays.length)) - 1n;
  }

  of(person: Person): Presence {
    if (!isActive(person, this.on)) return 0n;
    if (person.absences.length === 0 && person.activeUntil === undefined) return this.everyDay;
    return this.workingDays.reduce((presence, day, index) => {
      const isThere = isActive(person, day) && !isAbsent(person, day);
      return isThere ? presence | (1n << BigInt(index)) : presence;
    }, 0n);
  }
}
