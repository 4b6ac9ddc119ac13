import type { CouncilContext } from '../council/council-context.js';
import { isHere } from '../council/staff.js';
import type { AlertStep } from '../plr/message-reasons.js';
import type { UnderWay } from '../plr/open-facts.js';
import type { Recipient } from '../plr/ports.js';
import { addMinutes, type Instant } from '../base/time.js';
import {
  entries,
  inThisRound,
  managerParts,
  type Addressee,
  type Alert,
  type OpenAlert,
  type TimelineEntry,
} from '../plr/alert.js';
import { hasItToday, hasPart, type Allocated } from './people-of-alert.js';
import { outcomeOf } from '../plr/alert-reached.js';

/** For how long an open alert may have reached nobody who must act before somebody else hears of it. */
export const unheardMinutes = 10;
/** For how long a message of an open alert may be under way before it is an open thing of its own. */
export const undeliveredMinutes = 5;

/**
 * Since when an open alert waits for somebody to act and has reached none of them: what was sent and has not arrived
 * reaches nobody yet, and a person who spoke was reached. Undefined while one of them has it. By the timeline
 * alone, so that it may be counted without the roster.
 */
export function unheardSince(alert: OpenAlert): Instant | undefined {
  if (isHeard(alert)) return undefined;
  const { timeline } = alert;
  const from = turnFrom(alert);
  for (let length = timeline.length - 1; length > from; length -= 1)
    if (isHeard({ ...alert, timeline: timeline.slice(0, length) })) return timeline[length]?.at;
  return beginOf(alert, timeline[from]);
}

/** When those who oversee it are told that nobody has been reached: once, until somebody is. */
export function unheardDue(alert: OpenAlert): { readonly since: Instant; readonly at: Instant } | undefined {
  const since = unheardSince(alert);
  if (since === undefined || entries(alert, 'unheard').some((told) => told.since === since)) return undefined;
  return { since, at: addMinutes(since, unheardMinutes) };
}

export function unheardStep(alert: OpenAlert) {
  return { is: 'unheard', number: entries(alert, 'unheard').length } as const;
}

/** Whether a step said that nobody was reached, and somebody has been since: then there is nobody to ring. */
export function isHeardSince({ is, number }: AlertStep, alert: Alert): boolean {
  if (is !== 'unheard') return false;
  return (
    alert.state === 'closed' || unheardSince(alert) === undefined || number !== unheardStep(alert).number
  );
}

/** Whether this has gone on for so long that somebody must look. */
export function isUnheard(alert: OpenAlert, now: Instant): boolean {
  const since = unheardSince(alert);
  return since !== undefined && addMinutes(since, unheardMinutes) <= now;
}

/** What was sent of an alert and has not arrived, whatever the reason. */
export function messagesUnderWay(alert: OpenAlert): UnderWay[] {
  return entries(alert, 'sent')
    .filter(({ key, step }) => outcomeOf(alert, key) !== 'delivered' && !isHeardSince(step, alert))
    .map(({ key, to, as, at }) => ({ key, to, as, at }));
}

/** Of these, what has been under way for too long, to people and channels that still have the alert: `message-undelivered`. */
export function undelivered(
  underWay: readonly UnderWay[],
  plr: Allocated,
  council: CouncilContext,
): UnderWay[] {
  return underWay.filter(
    (sent) => addMinutes(sent.at, undeliveredMinutes) <= council.now && isStillTheirs(sent, plr, council),
  );
}

/** Nobody is sent what has become somebody else’s. */
function isStillTheirs(sent: UnderWay, plr: Allocated, council: CouncilContext): boolean {
  if (!('person' in sent.to)) return hasItToday(sent, plr, council);
  const person = council.organisation.people.get(sent.to.person);
  if (person === undefined || !isHere(person.id, council)) return false;
  return sent.as === 'raiser' || hasPart(person, plr, council);
}

/** Where the wait for the next hand began: with the alert, or with the last word that gave it on. */
function turnFrom(alert: OpenAlert): number {
  const isTurn = ({ is }: TimelineEntry) =>
    alert.state === 'gripped'
      ? is === 'grip-recorded'
      : is === 'acknowledged' || is === 'sent-back' || is === 'reopened';
  const at = alert.state === 'raised' ? -1 : alert.timeline.findLastIndex(isTurn);
  return Math.max(at, alert.roundFrom);
}

/** An alert begins to wait when it is sent: its clock may have begun before. */
function beginOf(alert: OpenAlert, turn: TimelineEntry | undefined): Instant {
  if (alert.state !== 'raised') return turn?.at ?? alert.raisedAt;
  return inThisRound(alert, 'sent', 'away')[0]?.at ?? alert.raisedAt;
}

function isHeard(alert: OpenAlert): boolean {
  const turn = { ...alert, roundFrom: turnFrom(alert) };
  return partsThatAct(alert).some((as) => hasIt(turn, as) || hasSpoken(turn, alert, as));
}

function partsThatAct({ state }: OpenAlert): readonly Addressee[] {
  if (state === 'gripped') return ['qa-lead'];
  return state === 'raised' ? ['practitioner', ...managerParts] : managerParts;
}

/** Of the QA leads one is enough; of any other part, whoever holds it now. */
function hasIt(turn: OpenAlert, as: Addressee): boolean {
  const all = inThisRound(turn, 'sent').filter((sent) => sent.as === as);
  const last = inThisRound(turn, 'sent', 'away').findLast((entry) => entry.as === as);
  if (last === undefined || last.is === 'away') return false;
  return all.some(
    ({ key, to }) => outcomeOf(turn, key) === 'delivered' && (as === 'qa-lead' || isSame(to, last.to)),
  );
}

/** Whoever gave it on and is asked to act next themselves is sent nothing: they know. */
function hasSpoken(turn: OpenAlert, alert: OpenAlert, as: Addressee): boolean {
  const rang = inThisRound(turn, 'rang').filter(({ answer }) => answer !== 'no-answer');
  if (rang.some((call) => call.as === as)) return true;
  const speakers = inThisRound(turn, 'acknowledged', 'safety-restated', 'sent-back', 'reopened').map(
    ({ by }) => by,
  );
  return inThisRound(alert, 'sent').some(
    (sent) => sent.as === as && 'person' in sent.to && speakers.includes(sent.to.person),
  );
}

function isSame(one: Recipient, other: Recipient): boolean {
  return 'person' in one && 'person' in other && one.person === other.person;
}
