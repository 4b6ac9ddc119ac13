import { assertNever } from '../base/errors.js';
import type { CouncilContext } from '../council/council-context.js';
import type { PersonId } from '../base/ids.js';
import type { AlertStep } from '../plr/message-reasons.js';
import type { Plr } from '../plr/plr.js';
import { hoursBetween, type Instant } from '../base/time.js';
import { personName, timeInWords } from '../council/words.js';
import type { AlertReason } from '../plr/alert-reason.js';
import {
  inThisRound,
  managerParts,
  mustAct,
  type Acknowledgement,
  type Addressee,
  type Alert,
  type CallAnswer,
  type ManagerPart,
  type OpenAlert,
  type Restatement,
  type Safety,
  entries,
} from '../plr/alert.js';
import { addresseeWords, holderOf, whoGrips } from './people-of-alert.js';
import { hoursInWords } from '../council/ladder.js';
import { nextStep } from './decide-next-step.js';
import { unheardMinutes } from './unheard.js';
import { hasReachedSomebody, managersAsked, notLost } from '../plr/alert-reached.js';

/** How an alert is put into words. Names are for personal chats only; a channel gets roles. */
export const reasonWords: Readonly<Record<AlertReason, string>> = {
  inadequate: 'the overall grade is Inadequate',
  'immediate-concern': 'a child may be unsafe now',
};

export const safetyWords: Readonly<Record<Safety, string>> = {
  safe: 'The child is safe',
  'made-safe': 'The child was made safe',
  'not-yet': 'The child is not safe yet',
};

export const callWords: Readonly<Record<CallAnswer, string>> = {
  safe: 'the child is safe',
  'made-safe': 'the child was made safe',
  'not-yet': 'the child is not safe yet',
  told: 'they know of it now, and did not say whether the child is safe',
  'no-answer': 'no answer',
};

export function safetyInWords(
  { safety, details, saidTo }: Acknowledgement | Restatement,
  council: CouncilContext,
): string {
  const said = saidTo === undefined ? '' : `, said on the telephone to ${personName(saidTo, council)}`;
  return `${safetyWords[safety]}${said}${details === '' ? '.' : `: ${details}`}`;
}

/**
 * By name and part, each once: `Ash Manager (Team Manager)`. Whether it reaches somebody is known from what became last
 * of anything they were sent. `away` are those who were not there when they should last have been told.
 */
export function whoHasIt(
  alert: Alert,
  council: CouncilContext,
): { told: string; away: string; missed: string } {
  const keys = new Map<string, string[]>();
  const away = new Set<string>();
  const nameOf = (id: PersonId, as: Addressee) => `${personName(id, council)} (${addresseeWords[as]})`;
  for (const entry of inThisRound(alert, 'sent', 'away')) {
    if (entry.is === 'away') away.add(nameOf(entry.person, entry.as));
    else if ('person' in entry.to && entry.as !== 'raiser') {
      const who = nameOf(entry.to.person, entry.as);
      keys.set(who, [...(keys.get(who) ?? []), entry.key]);
      away.delete(who);
    }
  }
  const those = (reached: boolean) =>
    [...keys].flatMap(([who, sent]) => (isReached(alert, sent) === reached ? [who] : [])).join(', ');
  return { told: those(true), away: [...away].join(', '), missed: those(false) };
}

/** What is still under way may arrive. */
function isReached(alert: Alert, keys: readonly string[]): boolean {
  const last = entries(alert, 'delivered', 'undeliverable').findLast(({ key }) => keys.includes(key));
  return last?.is !== 'undeliverable';
}

const all = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** `The social worker and the Team Manager are` */
export function rolesAre(roles: readonly Addressee[]): string {
  const list = all.format(roles.map((as) => `the ${addresseeWords[as]}`));
  return `T${list.slice(1)} ${roles.length === 1 ? 'is' : 'are'}`;
}

/** With the part in which they were told of it: `Ash Manager (Team Manager)`. */
export function nameAndPart(id: PersonId, alert: Alert, council: CouncilContext): string {
  const told = inThisRound(alert, 'sent', 'away').findLast((entry) => {
    const person = entry.is === 'away' ? entry.person : 'person' in entry.to && entry.to.person;
    return person === id && mustAct(entry.as);
  });
  const name = personName(id, council);
  return told === undefined ? name : `${name} (${addresseeWords[told.as]})`;
}

const nobodyThere = 'Nobody is there: please ring the team now';

/** For the board: who acts next, in the order in which to ring them, the lowest in rank first. */
export function whoActs(alert: OpenAlert, plr: Plr, council: CouncilContext): string {
  switch (alert.state) {
    case 'raised': {
      if (!hasReachedSomebody(alert)) return 'Nobody reached: please ring the team now';
      const names = notLost(alert).flatMap(({ to, as }) =>
        'person' in to && mustAct(as) && holderOf(as, plr, council) === to.person
          ? [`${personName(to.person, council)} (${addresseeWords[as]})`]
          : [],
      );
      return names.length === 0 ? nobodyThere : [...new Set(names)].join(', ');
    }
    case 'acknowledged': {
      const as = whoGrips(plr, alert, council);
      const id = as && holderOf(as, plr, council);
      return as === undefined || id === undefined
        ? nobodyThere
        : `${personName(id, council)} (${addresseeWords[as]})`;
    }
    case 'gripped':
      return 'QA lead';
    default:
      return assertNever(alert);
  }
}

/**
 * The rung that it has reached (`Team Manager` until it has climbed); before that, by role, those to whom it
 * could not be brought.
 */
export function rungInWords(alert: Alert): string {
  const { reached, missed } = managersAsked(alert);
  const highest = reached.at(-1);
  if (highest === undefined)
    return `No manager could be reached, up to the ${addresseeWords[missed.at(-1) ?? 'team-manager']}`;
  const role = addresseeWords[highest];
  return missed.length === 0 ? role : `${notReached(missed)}: it is with the ${role}`;
}

const either = new Intl.ListFormat('en-GB', { type: 'disjunction' });

function notReached(missed: readonly ManagerPart[]): string {
  return `Nobody could be reached as ${either.format(missed.map((as) => addresseeWords[as]))}`;
}

export function nextStepInWords(alert: OpenAlert, council: CouncilContext): string {
  const step = nextStep(alert);
  const at = timeInWords(step.at, council.timeZone);
  switch (step.is) {
    case 'climb':
      return `the ${addresseeWords[step.rung.id]} is told on ${at}`;
    case 'breach':
      return `${hoursInWords(alert.ladder, 'run out', 'runs out')} on ${at}`;
    case 'remind':
      return `a reminder on ${at}`;
  }
}

/** `under an hour`, `5 hours`, `2 days 3 hours` */
export function ageInWords(from: Instant, now: Instant): string {
  const hours = Math.floor(hoursBetween(from, now));
  if (hours < 1) return 'under an hour';
  const days = Math.floor(hours / 24);
  const left = hours % 24;
  return [days > 0 ? count(days, 'day') : '', left > 0 ? count(left, 'hour') : ''].filter(Boolean).join(' ');
}

function count(n: number, unit: string): string {
  return `${n} ${unit}${n === 1 ? '' : 's'}`;
}

const climbed = 'Sent because it has climbed to you.';
/** Nothing is said of the alert's first message, nor on the one card of whoever raised it. */
const whySentWords: Readonly<Record<AlertStep['is'], string>> = {
  raised: '',
  raiser: '',
  'second-reason': 'Sent because there is a second reason.',
  'service-manager': climbed,
  'head-of-service': climbed,
  'assistant-director': climbed,
  'nobody-left': 'Sent because nobody further up can be told.',
  unheard: `Sent because nobody who must act had been reached for ${unheardMinutes} minutes.`,
  breach: 'Sent because the time ran out.',
  'not-yet-safe': 'Sent because the child is not safe yet.',
  acknowledged: 'Sent because management grip comes next.',
  restated: 'Sent because the child’s safety was stated anew.',
  gripped: 'Sent because management grip was recorded.',
  back: 'Sent because management grip is asked for again.',
  follows: 'Sent because the case, or the post that has it, has changed hands.',
  instead: 'Sent because the one who was asked before could not be reached.',
  reminder: 'Sent as a reminder.',
  reworded: 'Sent because the words of the concern have changed: please read them again.',
  denied:
    'Sent because the reviewer says now that there is no immediate concern. The alert stays until a QA lead closes it: make sure that the child is safe.',
};

/**
 * Why a later message of an alert was sent. Somebody to whom it climbed reads first which managers below could
 * not be reached.
 */
export function whySent({ is }: AlertStep, alert: Alert): string {
  const why = whySentWords[is];
  const managers: readonly string[] = managerParts;
  const missed = managersAsked(alert).missed.filter((as) => managers.indexOf(as) < managers.indexOf(is));
  return missed.length === 0 ? why : `${notReached(missed)}. ${why}`;
}
