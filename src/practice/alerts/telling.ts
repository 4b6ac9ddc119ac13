import type { Action } from '../plr/action.js';
import type { House } from '../council/house.js';
import { isAtWork, isHere } from '../council/staff.js';
import { plrKey, type Plr } from '../plr/plr.js';
import { mostMessages, type Message, type Recipient } from '../plr/ports.js';
import {
  entries,
  inThisRound,
  withEntries,
  type Actor,
  type Addressee,
  type AlertFacts,
  type Sent,
} from '../plr/alert.js';
import { holderOf, qaLeads, seesAlert } from './people-of-alert.js';
import { outcomeOf } from './reached.js';

/** An alert with the messages that go out with it: what each step hands to the next. */
export interface Telling<A extends AlertFacts> {
  readonly alert: A;
  readonly messages: readonly Message[];
}

export interface Told {
  readonly as: Addressee;
  readonly to: Recipient;
}

/** Tells people of one step, once each. The timeline keeps who was told, in each part that they have. */
export function tell<A extends AlertFacts>(
  { alert, messages }: Telling<A>,
  plr: Plr,
  step: string,
  people: readonly Told[],
  house: House,
): Telling<A> {
  const before = entries(alert, 'sent');
  const asked = people.map(({ to, as }) => ({
    is: 'sent' as const,
    key: messageKey(plr, alert, step, to),
    to,
    as,
  }));
  const sent = onlyNew(asked, ({ key, as }) => `${key} ${as}`, before);
  const added = onlyNew(sent, keyOf, before).map(({ key, to, as }) => ({
    key,
    to,
    card: cardFor(as),
    about: plrKey(plr.cycleId, plr.ref),
    urgency: 'alert' as const,
  }));
  return { alert: withEntries(alert, house.now, ...sent), messages: [...messages, ...added] };
}

function cardFor(as: Addressee): string {
  if (as === 'channel') return 'alert-in-channel';
  return as === 'raiser' ? 'alert-to-raiser' : 'alert';
}

type Named = Pick<Sent, 'key' | 'as'>;
const keyOf = ({ key }: Named): string => key;

/** The first of each name, leaving out names that are already known. */
function onlyNew<T extends Named>(
  ones: readonly T[],
  nameOf: (one: Named) => string,
  known: readonly Named[] = [],
): T[] {
  const names = new Set(known.map(nameOf));
  return ones.filter((one) => !names.has(nameOf(one)) && names.add(nameOf(one)));
}

export function tellQaLeads<A extends AlertFacts>(
  telling: Telling<A>,
  plr: Plr,
  step: string,
  house: House,
  leads = qaLeads(house),
): Telling<A> {
  const people = leads.map((person): Told => ({ as: 'qa-lead', to: { person } }));
  return tell(telling, plr, step, people, house);
}

/** Whoever raised it gets one card, redrawn with everything that follows, unless they have the alert itself. */
export function tellRaisers<A extends AlertFacts>(telling: Telling<A>, plr: Plr, house: House): Telling<A> {
  const people = inThisRound(telling.alert, 'flagged').flatMap(({ by }): Told[] => {
    const person = house.organisation.people.get(by);
    const isTold = person !== undefined && isHere(by, house);
    return isTold && !seesAlert(person, plr, telling.alert, house)
      ? [{ as: 'raiser', to: { person: by } }]
      : [];
  });
  return tell(telling, plr, 'raiser', people, house);
}

/** Tells whoever holds this part; when they are away, the timeline says so instead. */
export function tellHolder<A extends AlertFacts>(
  { alert, messages }: Telling<A>,
  plr: Plr,
  as: Actor,
  step: string,
  house: House,
): Telling<A> & { readonly isThere: boolean } {
  const person = holderOf(as, plr, house);
  if (person !== undefined && isAtWork(person, house))
    return { ...tell({ alert, messages }, plr, step, [{ as, to: { person } }], house), isThere: true };
  const away = person === undefined ? [] : [{ is: 'away' as const, as, person }];
  return { alert: withEntries(alert, house.now, ...away), messages, isThere: false };
}

/** Redraws the cards that people have of `before`, so that each shows what has happened since. */
export function redrawn<A extends AlertFacts>(
  { alert, messages }: Telling<A>,
  plr: Plr,
  before: AlertFacts,
  house: House,
): Telling<A> {
  const redraws = redrawsOf(plr, alert, cardsOf(before), `v${alert.timeline.length}`, house);
  return { alert, messages: withRoom(messages, redraws) };
}

/**
 * An action of management grip has changed: the cards that list it are redrawn, together with the messages that
 * tell of it.
 */
export function withCardsRedrawn(
  messages: readonly Message[],
  plr: Plr,
  { id, version, origin }: Action,
  house: House,
): readonly Message[] {
  const { alert } = plr;
  if (alert === undefined || origin !== 'management-grip') return messages;
  const listing = cardsOf(alert).filter(({ as }) => cardFor(as) === 'alert');
  return withRoom(messages, redrawsOf(plr, alert, listing, `${id}.v${version}`, house));
}

/** The newest redraws, as many as still fit into the transaction. */
function withRoom(messages: readonly Message[], redraws: readonly Message[]): readonly Message[] {
  const room = Math.max(0, mostMessages - messages.length);
  return [...messages, ...redraws.slice(Math.max(0, redraws.length - room))];
}

function cardsOf(alert: AlertFacts): Sent[] {
  return onlyNew(entries(alert, 'sent'), keyOf);
}

function redrawsOf(
  plr: Plr,
  alert: AlertFacts,
  cards: readonly Sent[],
  mark: string,
  house: House,
): Message[] {
  const there = cards.filter(({ key, to }) => {
    if (outcomeOf(alert, key) === 'undeliverable') return false;
    return !('person' in to) || isHere(to.person, house);
  });
  return there.map(({ key, to, as }) => ({
    key: `${key}.${mark}`,
    to,
    card: cardFor(as),
    about: plrKey(plr.cycleId, plr.ref),
    urgency: 'answer',
    redraws: key,
  }));
}

/** The step of which a message tells, from its key. */
export function stepOf(key: string): string {
  return key.split('.')[3] ?? '';
}

function messageKey({ ref }: Plr, { round }: AlertFacts, step: string, to: Recipient): string {
  return `alert.${ref}.${round}.${step}.${'person' in to ? to.person : 'channel'}`;
}
