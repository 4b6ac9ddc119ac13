import { refuse, type Refusal } from '../base/errors.js';
import type { CouncilContext } from '../council/council-context.js';
import type { PersonId, PlrRef } from '../base/ids.js';
import { isAbsent, isActive, type Person } from '../council/organisation.js';
import { isOpen, plrKey, type Plr } from '../plr/plr.js';
import type { PlrPart } from '../plr/plr-kind.js';
import { maxMessages, type Change, type Message } from '../plr/ports.js';
import {
  addDays,
  addWorkingDays,
  dateAt,
  instantAt,
  isWorkingDay,
  type Instant,
  type LocalDate,
} from '../base/time.js';
import { leadersAbove, whoHasItToDo } from '../plr/whose-to-do.js';
import { type ReminderStage, type Reminders } from '../plr/reminders.js';
import {
  nextChase,
  type DueStage,
  type Stage,
  stageDay,
  stageReached,
  stageTimeOfDay,
} from '../base/stages.js';

const workingDaysBefore = 5;
const workingDaysAfter = 2;
const reminderStages: readonly Stage<ReminderStage>[] = [
  { stage: 'before', workingDays: -workingDaysBefore },
  { stage: 'on-the-day', workingDays: 0 },
  { stage: 'after', workingDays: workingDaysAfter },
];

const snoozes = { tomorrow: 1, 'in-3-days': 3 } as const;
export type Snooze = keyof typeof snoozes;

export const reminderKeys = {
  reminder: (ref: PlrRef, number: number) => `reminder.${ref}.${number}`,
  putAway: (ref: PlrRef, number: number) => `reminder.${ref}.${number}.put-away`,
  leader: (ref: PlrRef, person: PersonId) => `reminder.${ref}.line-manager.${person}`,
  /** From the second time on their card is redrawn, so that one late review is one card. */
  leaderAgain: (ref: PlrRef, person: PersonId, number: number) =>
    `reminder.${ref}.line-manager.${person}.${number}`,
};

/** What a new PLR begins with: the stages that are still to come when it is issued. */
export function firstReminders(dueOn: LocalDate, council: CouncilContext): Reminders {
  return { sent: 0, next: nextStage(dueOn, council.today, council) };
}

/**
 * For the QA lead who takes it over: the reminders still to come, even when those of the manager had stopped,
 * and at least one.
 */
export function remindersAnew({ dueOn, reminders = { sent: 0 } }: Plr, council: CouncilContext): Reminders {
  const day = addWorkingDays(council.today, workingDaysBefore, council.holidays);
  const soon = { stage: stageOn(dueOn, day, council), at: at(day, council) };
  const next = nextStage(dueOn, council.today, council);
  return { ...reminders, next: next.at < soon.at ? next : soon };
}

export const reminderPart: PlrPart = {
  of: 'reminders',
  // A row from before chasing went on has no next one: it is looked at once, and gets it.
  dueAt: (plr) => (isOpen(plr) ? plr.reminders?.next?.at : undefined) ?? plr.reminders?.shownSince,
  whenDue: (plr, _now, council) => {
    const { reminders } = plr;
    if (reminders === undefined) return undefined;
    if (!isOpen(plr)) return putAway(plr, reminders);
    if (reminders.next === undefined) return askLater(plr, reminders, council);
    return remind(plr, reminders, reminders.next.stage, council);
  },
};

/**
 * The review has ended, and its reminders say so instead of asking for it. If there were very many, only the
 * newest do.
 */
function putAway(plr: Plr, { sent, told }: Reminders): Change<Plr> {
  const all = Array.from({ length: sent }, (_, before) => away(plr, before + 1)).flat();
  const messages = all.slice(-maxMessages);
  const kept = told === undefined ? { sent } : { sent, told };
  return { state: { ...plr, reminders: kept }, did: 'put the reminder away', messages };
}

function remind(plr: Plr, reminders: Reminders, stage: ReminderStage, council: CouncilContext): Change<Plr> {
  const person = council.organisation.people.get(whoHasItToDo(plr));
  if (person === undefined || !isActive(person, council.today)) return askLater(plr, reminders, council);
  const day = firstDayThere(person, council.today, council);
  if (day > council.today) return moveTo(plr, reminders, day, council);
  const sent = reminders.sent + 1;
  const next = nextStage(plr.dueOn, council.today, council);
  const leaders = whoIsTold(plr, council);
  const told = [...new Set([...(reminders.told ?? []), ...leaders])];
  const after: Reminders = { sent, shownSince: council.now, next, ...(told.length === 0 ? {} : { told }) };
  return {
    state: { ...plr, reminders: after },
    did: `reminded, ${stage}`,
    messages: [
      {
        ...about(plr),
        key: reminderKeys.reminder(plr.ref, sent),
        to: { person: person.id },
        card: 'reminder',
      },
      // Nothing typed into a form that was opened in place of the old card may be lost.
      ...(plr.review.state === 'draft' ? [] : away(plr, reminders.sent)),
      ...leaders.map((leader) => toLeader(plr, leader, sent)),
    ],
  };
}

/**
 * A QA lead has them reminded now: one message, and the earlier one is put away. Not twice in a day, and the
 * reminders that come by themselves go on as they were.
 */
export function remindNow(
  plr: Plr,
  council: CouncilContext,
): Change<Plr> | Refusal<'not-open' | 'not-there' | 'reminded-today'> {
  if (!isOpen(plr)) return refuse('not-open', `${plr.ref} needs no reminder any more. Nothing was sent.`);
  const { timeZone, today } = council;
  const { reminders = { sent: 0 } } = plr;
  const { shownSince, next } = reminders;
  const person = council.organisation.people.get(whoHasItToDo(plr));
  if (person === undefined || !isActive(person, today))
    return refuse(
      'not-there',
      `${person?.name ?? 'Whoever has it'} has left: decide about ${plr.ref} instead.`,
    );
  if (isAbsent(person, today))
    return refuse(
      'not-there',
      `${person.name} is away today, so nothing was sent. You can decide about ${plr.ref}.`,
    );
  if (shownSince !== undefined && dateAt(shownSince, timeZone) === today)
    return refuse(
      'reminded-today',
      `${person.name} was reminded of ${plr.ref} today already: nothing was sent.`,
    );
  if (next !== undefined && dateAt(next.at, timeZone) <= today)
    return refuse(
      'reminded-today',
      `A reminder of ${plr.ref} goes out by itself today: nothing more was sent.`,
    );
  const sent = reminders.sent + 1;
  return {
    state: { ...plr, reminders: { ...reminders, sent, shownSince: council.now } },
    did: 'reminded, asked by a QA lead',
    messages: [
      {
        ...about(plr),
        key: reminderKeys.reminder(plr.ref, sent),
        to: { person: person.id },
        card: 'reminder',
      },
      ...(plr.review.state === 'draft' ? [] : away(plr, reminders.sent)),
    ],
  };
}

/** Nobody can be reminded now: whoever has it has left, or an older row has no next reminder. */
function askLater(plr: Plr, reminders: Reminders, council: CouncilContext): Change<Plr> {
  const next = nextStage(plr.dueOn, council.today, council);
  return { state: { ...plr, reminders: { ...reminders, next } }, did: 'put the reminder off', messages: [] };
}

/** On their first day back, with the stage that has been reached by then. */
function moveTo(plr: Plr, reminders: Reminders, day: LocalDate, council: CouncilContext): Change<Plr> {
  const next = { stage: stageOn(plr.dueOn, day, council), at: at(day, council) };
  return { state: { ...plr, reminders: { ...reminders, next } }, did: 'put the reminder off', messages: [] };
}

/** Put off because the person asked, but never beyond the day on which others are told. */
export function snoozeReminder(plr: Plr, snooze: Snooze, council: CouncilContext): Change<Plr> {
  const { reminders = { sent: 0 } } = plr;
  const wanted = addWorkingDays(council.today, snoozes[snooze], council.holidays);
  const { on: last } = nextChase(plr.dueOn, workingDaysAfter, council.today, council.holidays);
  const day = last < wanted ? last : wanted;
  const next = { stage: stageOn(plr.dueOn, day, council), at: at(day, council) };
  return { state: { ...plr, reminders: { ...reminders, next } }, did: 'snoozed the reminder', messages: [] };
}

/** The old card becomes a single line, so that the newest reminder stands lowest in the chat. */
function away(plr: Plr, number: number): Message[] {
  if (number === 0) return [];
  const redraws = reminderKeys.reminder(plr.ref, number);
  const key = reminderKeys.putAway(plr.ref, number);
  return [{ ...about(plr), key, to: { person: whoHasItToDo(plr) }, card: 'reminder-put-away', redraws }];
}

function toLeader(plr: Plr, person: PersonId, number: number): Message {
  const first = reminderKeys.leader(plr.ref, person);
  const message = { ...about(plr), to: { person }, card: 'overdue' } as const;
  return plr.reminders?.told?.includes(person) === true
    ? { ...message, key: reminderKeys.leaderAgain(plr.ref, person, number), redraws: first }
    : { ...message, key: first };
}

/** Of a late review: nobody until the first chase, then the line manager, and with each chase one more above. */
export function whoIsTold(plr: Plr, council: CouncilContext): PersonId[] {
  const next = nextChase(plr.dueOn, workingDaysAfter, council.today, council.holidays);
  return leadersAbove(plr, next.number - 1, council);
}

function nextStage(dueOn: LocalDate, after: LocalDate, council: CouncilContext): DueStage<ReminderStage> {
  const next = reminderStages.find(
    ({ workingDays }) => stageDay(dueOn, workingDays, council.holidays) > after,
  );
  if (next !== undefined)
    return { stage: next.stage, at: at(stageDay(dueOn, next.workingDays, council.holidays), council) };
  return { stage: 'after', at: at(nextChase(dueOn, workingDaysAfter, after, council.holidays).on, council) };
}

/** The stage that has been reached by a day; before all of them, the first. */
export function stageOn(dueOn: LocalDate, day: LocalDate, { holidays }: CouncilContext): ReminderStage {
  return stageReached(reminderStages, dueOn, day, holidays) ?? 'before';
}

const longestAbsenceDays = 400;

function firstDayThere(person: Person, from: LocalDate, { holidays }: CouncilContext): LocalDate {
  let day = from;
  for (let days = 0; days < longestAbsenceDays; days += 1, day = addDays(day, 1))
    if (isWorkingDay(day, holidays) && !isAbsent(person, day)) return day;
  return day;
}

function at(day: LocalDate, { timeZone }: CouncilContext): Instant {
  return instantAt(day, stageTimeOfDay, timeZone);
}

function about(plr: Plr) {
  return { about: plrKey(plr.cycleId, plr.ref), urgency: 'ordinary' } as const;
}

/** When they are reminded next, as people say it. */
export function nextReminderOn({ reminders }: Plr, { timeZone }: CouncilContext): LocalDate | undefined {
  return reminders?.next === undefined ? undefined : dateAt(reminders.next.at, timeZone);
}
