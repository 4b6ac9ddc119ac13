import type { CouncilContext } from '../council/council-context.js';
import type { PersonId } from '../base/ids.js';
import { isHere } from '../council/staff.js';
import { plrKey, type Plr } from '../plr/plr.js';
import type { Message } from '../plr/ports.js';
import type { Action } from '../plr/action.js';
import type { ActionNews, ActionOccasion } from '../plr/message-reasons.js';

export interface NotifiedAction<A extends Action> {
  readonly action: A;
  readonly messages: readonly Message[];
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
  why: ActionNews,
  mark: string,
  council: CouncilContext,
): NotifiedAction<A> {
  if (to === undefined || !isHere(to, council)) return { action, messages: [] };
  const news = messageOf(plr, action, why, mark, to);
  const { key } = news;
  const had = action.cards.find((card) => card.to === to);
  // They were told of this occasion already.
  if (had?.key === key) return { action, messages: [] };
  const cards = [...action.cards.filter((card) => card !== had), { to, key }];
  const replaced =
    had === undefined ? [] : [messageOf(plr, action, 'replaced', `${why}-${mark}`, to, had.key)];
  return { action: { ...action, cards }, messages: [...replaced, news] };
}

/** Redraws everybody's card, except for those who have just been told. */
export function redraw(plr: Plr, action: Action, except: readonly (PersonId | undefined)[] = []): Message[] {
  return action.cards
    .filter(({ to }) => !except.includes(to))
    .map(({ to, key }) => messageOf(plr, action, 'redrawn', markOf(action), to, key));
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
    had === undefined ? [] : [messageOf(plr, action, 'replaced', `moved-${mark}`, from, had.key)];
  const moved = isHere(from, council) ? [messageOf(plr, action, 'moved', mark, from)] : [];
  return { action: { ...action, cards }, messages: [...replaced, ...moved] };
}

/** The occasion of a change: its version. */
export function markOf({ version }: Action): string {
  return `v${version}`;
}

function messageOf(
  plr: Plr,
  { id }: Action,
  is: ActionOccasion['is'],
  mark: string,
  to: PersonId,
  redraws?: string,
): Message {
  return {
    key: `action.${id}.${is}.${mark}.${to}`,
    to: { person: to },
    card: 'action',
    reason: { action: id, is, mark },
    about: plrKey(plr.cycleId, plr.ref),
    urgency: 'ordinary',
    ...(redraws === undefined ? {} : { redraws }),
  };
}
