import type { CouncilContext } from '../council/council-context.js';
import { isAtWork, isHere } from '../council/staff.js';
import { plrKey, type Plr } from '../plr/plr.js';
import type { AlertStep } from '../plr/message-reasons.js';
import type { Message, Recipient } from '../plr/ports.js';
import {
  entries,
  inThisRound,
  withEntries,
  type Actor,
  type Addressee,
  type AlertFacts,
} from '../plr/alert.js';
import { holderOf, qaLeadsToNotify, seesAlert } from './people-of-alert.js';
import { cardFor, cardsOf, keyOfSent, onlyNew, redrawsOf, withRoom } from '../plr/alert-cards-sent.js';

/** An alert with the messages that go out with it: what each step hands to the next. */
export interface NotifiedAlert<A extends AlertFacts> {
  readonly alert: A;
  readonly messages: readonly Message[];
}

export interface AlertRecipient {
  readonly as: Addressee;
  readonly to: Recipient;
}

/** Tells people of one step, once each. The timeline keeps who was told, in each part that they have. */
export function notify<A extends AlertFacts>(
  { alert, messages }: NotifiedAlert<A>,
  plr: Plr,
  step: AlertStep,
  people: readonly AlertRecipient[],
  council: CouncilContext,
): NotifiedAlert<A> {
  const before = entries(alert, 'sent');
  const asked = people.map(({ to, as }) => ({
    is: 'sent' as const,
    key: messageKey(plr, alert, step, to),
    step,
    to,
    as,
  }));
  const sent = onlyNew(asked, ({ key, as }) => `${key} ${as}`, before);
  const added = onlyNew(sent, keyOfSent, before).map(({ key, to, as }): Message => ({
    key,
    to,
    card: cardFor(as),
    reason: step,
    about: plrKey(plr.cycleId, plr.ref),
    urgency: 'alert',
  }));
  return { alert: withEntries(alert, council.now, ...sent), messages: [...messages, ...added] };
}

export function notifyQaLeads<A extends AlertFacts>(
  telling: NotifiedAlert<A>,
  plr: Plr,
  step: AlertStep,
  council: CouncilContext,
  leads = qaLeadsToNotify(council),
): NotifiedAlert<A> {
  const people = leads.map((person): AlertRecipient => ({ as: 'qa-lead', to: { person } }));
  return notify(telling, plr, step, people, council);
}

/** Whoever raised it gets one card, redrawn with everything that follows, unless they have the alert itself. */
export function notifyRaisers<A extends AlertFacts>(
  telling: NotifiedAlert<A>,
  plr: Plr,
  council: CouncilContext,
): NotifiedAlert<A> {
  const people = inThisRound(telling.alert, 'flagged').flatMap(({ by }): AlertRecipient[] => {
    const person = council.organisation.people.get(by);
    const isTold = person !== undefined && isHere(by, council);
    return isTold && !seesAlert(person, plr, telling.alert, council)
      ? [{ as: 'raiser', to: { person: by } }]
      : [];
  });
  return notify(telling, plr, { is: 'raiser' }, people, council);
}

/** Tells whoever holds this part; when they are away, the timeline says so instead. */
export function notifyHolder<A extends AlertFacts>(
  { alert, messages }: NotifiedAlert<A>,
  plr: Plr,
  as: Actor,
  step: AlertStep,
  council: CouncilContext,
): NotifiedAlert<A> & { readonly isThere: boolean } {
  const person = holderOf(as, plr, council);
  if (person !== undefined && isAtWork(person, council))
    return { ...notify({ alert, messages }, plr, step, [{ as, to: { person } }], council), isThere: true };
  const away = person === undefined ? [] : [{ is: 'away' as const, as, person }];
  return { alert: withEntries(alert, council.now, ...away), messages, isThere: false };
}

/** Redraws the cards that people have of `before`, so that each shows what has happened since. */
export function redrawn<A extends AlertFacts>(
  { alert, messages }: NotifiedAlert<A>,
  plr: Plr,
  before: AlertFacts,
  council: CouncilContext,
): NotifiedAlert<A> {
  const redraws = redrawsOf(plr, alert, cardsOf(before), `v${alert.timeline.length}`, council);
  return { alert, messages: withRoom(messages, redraws) };
}

function messageKey({ ref }: Plr, { round }: AlertFacts, { is, number }: AlertStep, to: Recipient): string {
  const step = number === undefined ? is : `${is}-${number}`;
  return `alert.${ref}.${round}.${step}.${'person' in to ? to.person : 'channel'}`;
}
