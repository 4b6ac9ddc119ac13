import { isAbsent, isActive, type Person } from '../organisation/organisation.js';
import type { LocalDate } from '../time.js';

/** The working days of a cycle on which someone is there: one bit for each day, 0n for "away throughout". */
export type Presence = bigint;

/**
 * Someone away for part of the cycle is asked; someone away for all of it is not. Weekends and bank
 * holidays between two spells of leave do not make a person present, so only working days are looked at.
 */
export function presenceOf(person: Person, on: LocalDate, workingDays: readonly LocalDate[]): Presence {
  if (!isActive(person, on)) return 0n;
  if (person.absences.length === 0 && person.activeUntil === undefined) return everyDay(workingDays);
  return workingDays.reduce((presence, day, index) => {
    const isThere = isActive(person, day) && !isAbsent(person, day);
    return isThere ? presence | (1n << BigInt(index)) : presence;
  }, 0n);
}

export function everyDay(workingDays: readonly LocalDate[]): Presence {
  return (1n << BigInt(workingDays.length)) - 1n;
}
