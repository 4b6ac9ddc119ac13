import type { House } from '../council/house.js';
import type { PersonId, PlrRef } from '../base/ids.js';
import { isAbsent, isActive, type Person } from '../council/organisation.js';
import { isOpen, plrKey, type Plr } from '../plr/plr.js';
import type { PlrPart } from '../plr/plr-kind.js';
import { mostMessages, type Change, type Message } from '../plr/ports.js';
import {
  addDays,
  addWorkingDays,
  dateAt,
  instantAt,
  isWorkingDay,
  type Instant,
  type LocalDate,
} from '../base/time.js';
import { whoHasItToDo, lineManagers } from '../plr/whose-to-do.js';
import { type ReminderStage, type Reminders, reminderStages } from '../plr/reminders.js';

/** Working days from the due date. */
const offsets: Readonly<Record<ReminderStage, number>> = { before: -5, 'on-the-day': 0, after: 2 };
const timeOfDay = '09:00';

const snoozes = { tomorrow: 1, 'in-3-days': 3 } as const;
export type Snooze = keyof typeof snoozes;

export const reminderKeys = {
  reminder: (ref: PlrRef, number: number) => `reminder.${ref}.${number}`,
  putAway: (ref: PlrRef, number: number) => `reminder.${ref}.${number}.put-away`,
  lineManager: (ref: PlrRef, person: PersonId) => `reminder.${ref}.line-manager.${person}`,
};

/** What a new PLR begins with: the stages that are still to come when it is issued. */
export function firstReminders(dueOn: LocalDate, house: House): Reminders {
  return withNext({ sent: 0 }, nextStage(dueOn, house.today, house));
}

/** For the QA lead who takes it over: those still to come, also when its manager’s were left off, and at least one. */
export function remindersAnew({ dueOn, reminders = { sent: 0 } }: Plr, house: House): Reminders {
  const day = addWorkingDays(house.today, -offsets.before, house.holidays);
  const last = { stage: stageOn(dueOn, day, house), at: at(day, house) };
  return { ...reminders, next: nextStage(dueOn, house.today, house) ?? last };
}

export const reminderPart: PlrPart = {
  of: 'reminders',
  dueAt: (plr) => (isOpen(plr) ? plr.reminders?.next?.at : plr.reminders?.shownSince),
  whenDue: (plr, _now, house) => {
    const { reminders } = plr;
    if (reminders === undefined) return undefined;
    if (!isOpen(plr)) return putAway(plr, reminders);
    if (reminders.next === undefined) return undefined;
    return remind(plr, reminders, reminders.next.stage, house);
  },
};

/** The review has ended: its reminders say so instead of asking for it, the newest if it was put off very often. */
function putAway(plr: Plr, { sent }: Reminders): Change<Plr> {
  const all = Array.from({ length: sent }, (_, before) => away(plr, before + 1)).flat();
  const messages = all.slice(-mostMessages);
  return { state: { ...plr, reminders: { sent } }, did: 'put the reminder away', messages };
}

function remind(plr: Plr, reminders: Reminders, stage: ReminderStage, house: House): Change<Plr> {
  const person = house.organisation.people.get(whoHasItToDo(plr));
  if (person === undefined || !isActive(person, house.today))
    return { state: { ...plr, reminders: shown(reminders) }, did: 'left off reminding', messages: [] };
  const day = firstDayThere(person, house.today, house);
  if (day > house.today) return moveTo(plr, reminders, day, house);
  const sent = reminders.sent + 1;
  const next = nextStage(plr.dueOn, house.today, house);
  return {
    state: { ...plr, reminders: withNext({ sent, shownSince: house.now }, next) },
    did: `reminded, ${stage}`,
    messages: [
      {
        ...about(plr),
        key: reminderKeys.reminder(plr.ref, sent),
        to: { person: person.id },
        card: 'reminder',
      },
      // Of a form that was opened in the old card's place nothing typed is to be lost.
      ...(plr.review.state === 'draft' ? [] : away(plr, reminders.sent)),
      ...(stageOn(plr.dueOn, house.today, house) === 'after' ? tellLineManagers(plr, house) : []),
    ],
  };
}

/** On their first day back; and then only the stage that has been reached by that day. */
function moveTo(plr: Plr, reminders: Reminders, day: LocalDate, house: House): Change<Plr> {
  const next = { stage: stageOn(plr.dueOn, day, house), at: at(day, house) };
  return { state: { ...plr, reminders: { ...reminders, next } }, did: 'put the reminder off', messages: [] };
}

/** Put off at the person's own wish, but never beyond the day on which the line manager is told. */
export function snoozeReminder(plr: Plr, snooze: Snooze, house: House): Change<Plr> {
  const { reminders = { sent: 0 } } = plr;
  const wanted = addWorkingDays(house.today, snoozes[snooze], house.holidays);
  const last = addWorkingDays(plr.dueOn, offsets.after, house.holidays);
  const day = house.today < last && last < wanted ? last : wanted;
  const next = { stage: stageOn(plr.dueOn, day, house), at: at(day, house) };
  return { state: { ...plr, reminders: { ...reminders, next } }, did: 'snoozed the reminder', messages: [] };
}

/** The old card becomes one line, and the newest reminder is the lowest. */
function away(plr: Plr, number: number): Message[] {
  if (number === 0) return [];
  const redraws = reminderKeys.reminder(plr.ref, number);
  const key = reminderKeys.putAway(plr.ref, number);
  return [{ ...about(plr), key, to: { person: whoHasItToDo(plr) }, card: 'reminder-put-away', redraws }];
}

function tellLineManagers(plr: Plr, house: House): Message[] {
  return lineManagers(plr, house).map((person) => ({
    ...about(plr),
    key: reminderKeys.lineManager(plr.ref, person),
    to: { person },
    card: 'overdue',
  }));
}

function nextStage(dueOn: LocalDate, after: LocalDate, house: House): Reminders['next'] {
  const stage = reminderStages.find((one) => dayOf(one, dueOn, house) > after);
  return stage === undefined ? undefined : { stage, at: at(dayOf(stage, dueOn, house), house) };
}

/** The stage that has been reached by a day; before all of them, the first. */
export function stageOn(dueOn: LocalDate, day: LocalDate, house: House): ReminderStage {
  return reminderStages.findLast((one) => dayOf(one, dueOn, house) <= day) ?? 'before';
}

/** A due date that is no working day (a Practice Week that ends on a Saturday) counts as the next one. */
function dayOf(stage: ReminderStage, dueOn: LocalDate, { holidays }: House): LocalDate {
  let day = dueOn;
  while (!isWorkingDay(day, holidays)) day = addDays(day, 1);
  return addWorkingDays(day, offsets[stage], holidays);
}

const longestAbsenceDays = 400;

function firstDayThere(person: Person, from: LocalDate, { holidays }: House): LocalDate {
  let day = from;
  for (let days = 0; days < longestAbsenceDays; days += 1, day = addDays(day, 1))
    if (isWorkingDay(day, holidays) && !isAbsent(person, day)) return day;
  return day;
}

function at(day: LocalDate, { timeZone }: House): Instant {
  return instantAt(day, timeOfDay, timeZone);
}

function withNext(reminders: Reminders, next: Reminders['next']): Reminders {
  return next === undefined ? reminders : { ...reminders, next };
}

function shown({ sent, shownSince }: Reminders): Reminders {
  return shownSince === undefined ? { sent } : { sent, shownSince };
}

function about(plr: Plr) {
  return { about: plrKey(plr.cycleId, plr.ref), urgency: 'ordinary' } as const;
}

/** When they are reminded next, as people say it. */
export function nextReminderOn({ reminders }: Plr, { timeZone }: House): LocalDate | undefined {
  return reminders?.next === undefined ? undefined : dateAt(reminders.next.at, timeZone);
}
