import type { House } from '../council/house.js';
import type { PersonId, PlrRef } from '../base/ids.js';
import {
  addWorkingDays,
  dateAt,
  instantAt,
  type BankHolidays,
  type Instant,
  type LocalDate,
} from '../base/time.js';
import { assertNever } from '../base/errors.js';
import { isAwayUntil, qaLeads } from '../council/staff.js';
import type { Settling } from './answer-moderation.js';
import type { Moderation } from '../plr/moderation.js';

export type ReminderStage = 'soon' | 'today' | 'overdue';

/** When a reminder falls due; whom it reaches is whoever then has the next step. */
export interface Reminder {
  readonly stage: ReminderStage;
  readonly at: Instant;
}

export interface ModerationReminder {
  /** The same for the same reminder however often it is asked for; a new moderator makes a new one. */
  readonly key: string;
  readonly ref: PlrRef;
  readonly stage: ReminderStage;
  readonly to: { readonly person: PersonId } | { readonly role: 'qa-lead' };
  readonly dueOn: LocalDate;
}

const reminderWorkingDaysBefore = 2;

/** At 9 in the morning: two working days before, on the day, and on the first working day after it. */
export function remindersFor(dueOn: LocalDate, holidays: BankHolidays, timeZone: string): Reminder[] {
  const days: [ReminderStage, number][] = [
    ['soon', -reminderWorkingDaysBefore],
    ['today', 0],
    ['overdue', 1],
  ];
  return days.map(([stage, days]) => ({
    stage,
    at: instantAt(addWorkingDays(dueOn, days, holidays), '09:00', timeZone),
  }));
}

/**
 * What this moderation asks for at this time, if anything: two working days before it is due, on the day,
 * and once it is overdue. Only the latest is given, so that a tick that was missed is not made up for by
 * three messages at once.
 */
export function whatIsDue(
  moderation: Moderation,
  now: Instant,
  holidays: BankHolidays,
  timeZone: string,
  managerAway = false,
): ModerationReminder | undefined {
  const next = whoseTurn(moderation, managerAway);
  const stage = stageOn(moderation.dueOn, dateAt(now, timeZone), holidays);
  if (next === undefined || stage === undefined) return undefined;
  const who = 'person' in next ? next.person : next.role;
  const key = `moderation-due.${moderation.ref}.${moderation.state}.${who}.${stage}`;
  return { key, ref: moderation.ref, stage, to: next, dueOn: moderation.dueOn };
}

/** The manager has left, or is on leave until it is due. Nobody else can answer: the QA lead settles it. */
export function managerIsAway(moderation: Moderation, house: House): boolean {
  return moderation.state === 'graded' && isAwayUntil(moderation.original.by, moderation.dueOn, house);
}

/** What of today decides whether a moderation may be settled, and by whom. */
export function settlingOf(moderation: Moderation, house: House): Settling {
  if (moderation.state !== 'graded' && moderation.state !== 'disputed') return neither;
  const { original, moderatorId, dueOn } = moderation;
  return {
    unanswered: managerIsAway(moderation, house) || house.today > dueOn,
    nobodyElse: qaLeads(house).every(
      (id) => id === original.by || id === moderatorId || isAwayUntil(id, dueOn, house),
    ),
  };
}

const neither: Settling = { unanswered: false, nobodyElse: false };

/**
 * Whose turn it is: the moderator's (the QA lead's while there is none), then the manager's, then, if they
 * disagree or are away until it is due, the QA lead's.
 */
export function whoseTurn(moderation: Moderation, managerAway = false): ModerationReminder['to'] | undefined {
  switch (moderation.state) {
    case 'awaiting-moderator':
      return { role: 'qa-lead' };
    case 'drawn':
      return { person: moderation.moderatorId };
    case 'graded':
      return managerAway ? { role: 'qa-lead' } : { person: moderation.original.by };
    case 'disputed':
      return { role: 'qa-lead' };
    case 'agreed':
    case 'settled':
      return undefined;
    default:
      return assertNever(moderation);
  }
}

function stageOn(dueOn: LocalDate, today: LocalDate, holidays: BankHolidays): ReminderStage | undefined {
  if (today > dueOn) return 'overdue';
  if (today === dueOn) return 'today';
  return today >= addWorkingDays(dueOn, -reminderWorkingDaysBefore, holidays) ? 'soon' : undefined;
}
