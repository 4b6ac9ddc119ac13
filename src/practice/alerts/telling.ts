import type { House } from '../council/house.js';
import { isAtWork, isHere } from '../council/staff.js';
import { plrKey, type Plr } from '../plr/plr.js';
import type { Message, Recipient } from '../plr/ports.js';
import {
  entries,
  inThisRound,
  withEntries,
  type Actor,
  type Addressee,
  type AlertFacts,
} from '../plr/alert.js';
import { holderOf, qaLeads, seesAlert } from './people-of-alert.js';
import { cardFor, cardsOf, keyOfSent, onlyNew, redrawsOf, withRoom } from '../plr/alert-cards-sent.js';

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
  const added = onlyNew(sent, keyOfSent, before).map(({ key, to, as }) => ({
    key,
    to,
    card: cardFor(as),
    about: plrKey(plr.cycleId, plr.ref),
    urgency: 'alert' as const,
  }));
  return { alert: withEntries(alert, house.now, ...sent), messages: [...messages, ...added] };
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

/** The step of which a message tells, from its key. */
export function stepOf(key: string): string {
  return key.split('.')[3] ?? '';
}

function messageKey({ ref }: Plr, { round }: AlertFacts, step: string, to: Recipient): string {
  return `alert.${ref}.${round}.${step}.${'person' in to ? to.person : 'channel'}`;
}
