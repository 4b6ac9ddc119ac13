import type { Action } from './action.js';
import { type Addressee, type AlertFacts, type Sent, entries } from './alert.js';
import type { CouncilContext } from '../council/council-context.js';
import { type Message, maxMessages } from './ports.js';
import { type Plr, plrKey } from './plr.js';
import { isHere } from '../council/staff.js';
import { outcomeOf } from './alert-reached.js';

export function cardFor(as: Addressee) {
  if (as === 'channel') return 'alert-in-channel';
  return as === 'raiser' ? 'alert-to-raiser' : 'alert';
}

type Named = Pick<Sent, 'key' | 'as'>;

export const keyOfSent = ({ key }: Named): string => key;

/** The first of each name, leaving out names that are already known. */
export function onlyNew<T extends Named>(
  ones: readonly T[],
  nameOf: (one: Named) => string,
  known: readonly Named[] = [],
): T[] {
  const names = new Set(known.map(nameOf));
  return ones.filter((one) => !names.has(nameOf(one)) && names.add(nameOf(one)));
}

export function cardsOf(alert: AlertFacts): Sent[] {
  return onlyNew(entries(alert, 'sent'), keyOfSent);
}

export function redrawsOf(
  plr: Plr,
  alert: AlertFacts,
  cards: readonly Sent[],
  mark: string,
  council: CouncilContext,
): Message[] {
  const there = cards.filter(({ key, to }) => {
    if (outcomeOf(alert, key) === 'undeliverable') return false;
    return !('person' in to) || isHere(to.person, council);
  });
  return there.map(({ key, step, to, as }) => ({
    key: `${key}.${mark}`,
    to,
    card: cardFor(as),
    reason: step,
    about: plrKey(plr.cycleId, plr.ref),
    urgency: 'answer',
    redraws: key,
  }));
}

/** The newest redraws, as many as still fit into the transaction. */
export function withRoom(messages: readonly Message[], redraws: readonly Message[]): readonly Message[] {
  const room = Math.max(0, maxMessages - messages.length);
  return [...messages, ...redraws.slice(Math.max(0, redraws.length - room))];
}

/**
 * An action of management grip has changed: the cards that list it are redrawn, together with the messages that
 * tell of it.
 */
export function withCardsRedrawn(
  messages: readonly Message[],
  plr: Plr,
  { id, version, origin }: Action,
  council: CouncilContext,
): readonly Message[] {
  const { alert } = plr;
  if (alert === undefined || origin !== 'management-grip') return messages;
  const listing = cardsOf(alert).filter(({ as }) => cardFor(as) === 'alert');
  return withRoom(messages, redrawsOf(plr, alert, listing, `${id}.v${version}`, council));
}
