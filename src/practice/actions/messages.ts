import type { CouncilContext } from '../council/council-context.js';
import type { ActionId, PersonId } from '../base/ids.js';
import { isHere } from '../council/staff.js';
import { plrKey, type Plr } from '../plr/plr.js';
import type { Message } from '../plr/ports.js';
import type { Action } from '../plr/action.js';
import type { ActionStage } from '../plr/action.js';

/** Why somebody gets a card of an action. */
export type Why = 'given' | 'reassigned' | 'reopened' | 'to-verify' | 'owner-not-reached' | ActionStage;
/**
 * What else is sent: a card redrawn in its place, one that gave way to a newer card, one that says the action
 * has gone.
 */
type Kind = Why | 'redrawn' | 'replaced' | 'moved';

export interface NotifiedAction<A extends Action> {
  readonly action: A;
  readonly messages: readonly Message[];
}

export function actionIdIn(key: string): ActionId {
  return (key.split('.')[1] ?? '') as ActionId;
}

export function kindIn(key: string): Kind {
  return key.split('.')[2] as Kind;
}

export function markIn(key: string): string {
  return key.split('.')[3] ?? '';
}

/**
 * A new card for somebody. It takes the place of the one they had, which is redrawn to say so, or is never
 * sent: each person has one card of an action, and it is up to date.
 * @param mark makes the key of this occasion: the action's version, or the date that a reminder is about.
 */
export function notifyOf<A extends Action>(
  plr: Plr,
  action: A,
  to: PersonId | undefined,
  why: Why,
  mark: string,
  council: CouncilContext,
): NotifiedAction<A> {
  if (to === undefined || !isHere(to, council)) return { action, messages: [] };
  const key = keyOf(action, why, mark, to);
  const had = action.cards.find((card) => card.to === to);
  // They were told of this occasion already.
  if (had?.key === key) return { action, messages: [] };
  const cards = [...action.cards.filter((card) => card !== had), { to, key }];
  const replaced =
    had === undefined ? [] : [messageOf(plr, keyOf(action, 'replaced', `${why}-${mark}`, to), to, had.key)];
  return { action: { ...action, cards }, messages: [...replaced, messageOf(plr, key, to)] };
}

/** Redraws everybody's card, except for those who have just been told. */
export function redraw(plr: Plr, action: Action, except: readonly (PersonId | undefined)[] = []): Message[] {
  return action.cards
    .filter(({ to }) => !except.includes(to))
    .map(({ to, key }) => messageOf(plr, keyOf(action, 'redrawn', markOf(action), to), to, key));
}

/** Tells somebody that the action is no longer theirs, and redraws their card to say so. */
export function farewell(
  plr: Plr,
  action: Action,
  from: PersonId,
  council: CouncilContext,
): NotifiedAction<Action> {
  const had = action.cards.find(({ to }) => to === from);
  const cards = action.cards.filter((card) => card !== had);
  const mark = markOf(action);
  const replaced =
    had === undefined
      ? []
      : [messageOf(plr, keyOf(action, 'replaced', `moved-${mark}`, from), from, had.key)];
  const moved = isHere(from, council) ? [messageOf(plr, keyOf(action, 'moved', mark, from), from)] : [];
  return { action: { ...action, cards }, messages: [...replaced, ...moved] };
}

/** The occasion of a change: its version. */
export function markOf({ version }: Action): string {
  return `v${version}`;
}

function keyOf({ id }: Action, kind: Kind, mark: string, to: PersonId): string {
  return `action.${id}.${kind}.${mark}.${to}`;
}

function messageOf(plr: Plr, key: string, to: PersonId, redraws?: string): Message {
  return {
    key,
    to: { person: to },
    card: 'action',
    about: plrKey(plr.cycleId, plr.ref),
    urgency: 'ordinary',
    ...(redraws === undefined ? {} : { redraws }),
  };
}
