import { z } from 'zod';
import { mayReadAction } from '../../actions/access.js';
import type { ActionId, CycleId } from '../../base/ids.js';
import { findAction } from '../../plr/actions-of-plr.js';
import { plrKey } from '../../plr/plr.js';
import { plrKind } from '../../plr/plr-kind.js';
import { councilPress } from '../../surface/press.js';
import type { CardContent, Command, Turn } from '../../surface/feature.js';
import { openFor, readOpen, type SeenItem } from '../open/seen-by.js';
import { plrRefOfAction, whoIsRemindedToday, type Presser } from './buttons.js';
import { cutCard, shownRows, todayCard } from './cards.js';
import { asTheirs, openCuts, type OpenCut } from './sorts.js';

/** What is open, as far as this person sees it. */
export async function seenInTurn(turn: Turn): Promise<SeenItem[]> {
  const { actor, council } = turn;
  return asTheirs(openFor(actor, await readOpen(turn, council), council), actor.id);
}

async function showToday(turn: Turn, isWelcome = false): Promise<CardContent> {
  const seen = await seenInTurn(turn);
  return todayCard(seen, await presserIn(turn, seen, undefined, 0), isWelcome);
}

export const welcomeWithToday = (turn: Turn): Promise<CardContent> => showToday(turn, true);

export async function showCut(cut: OpenCut, page: number, turn: Turn): Promise<CardContent> {
  const seen = await seenInTurn(turn);
  return cutCard(seen, cut, await presserIn(turn, seen, cut, page));
}

const longestWords = 120;

/** The words of the actions that are shown, for who may read them: no other PLR is read whole. */
async function presserIn(
  turn: Turn,
  seen: readonly SeenItem[],
  cut: OpenCut | undefined,
  page: number,
): Promise<Presser> {
  const { actor, council } = turn;
  const found = await Promise.all(shownRows(seen, cut, page).map(({ item }) => actionIn(item, turn)));
  const actions = new Map(found.flatMap((one) => (one === undefined ? [] : [one])));
  return { person: actor, council, actions, remindedToday: whoIsRemindedToday(seen, council), page };
}

async function actionIn(
  { kind, cycle, ref }: SeenItem['item'],
  { actor, council, documents }: Turn,
): Promise<[string, string] | undefined> {
  if (kind !== 'action' || ref === null || cycle === null) return undefined;
  const plr = await documents.read(plrKind, plrKey(cycle as CycleId, plrRefOfAction(ref)));
  const action = plr && findAction(plr, ref as ActionId);
  if (plr === undefined || action === undefined || !mayReadAction(actor, action, plr, council))
    return undefined;
  const what =
    action.what.length > longestWords ? `${action.what.slice(0, longestWords).trimEnd()}…` : action.what;
  return [ref, action.state === 'done' ? `Done, to be verified: ${what}` : what];
}

const todayPress = z
  .object({
    cut: z.enum(openCuts).optional().catch(undefined),
    page: z.coerce.number().int().min(0).max(10_000).catch(0),
  })
  .catch({ cut: undefined, page: 0 });

/** A button of the card: another cut, or another page, as it stands by now. */
export const openToday = councilPress({
  reads: todayPress,
  mine: () => true,
  show: (_all, { cut, page }, turn) => (cut === undefined ? showToday(turn) : showCut(cut, page, turn)),
});

export const today: Command = {
  words: [
    ...['today', 'what do i have to do', 'what have i got to do', 'what must i do', 'what should i do'],
    ...['what is there to do', 'what is waiting for me', 'what waits for me', 'what s waiting for me'],
    ...['to do', 'my day', 'what now'],
  ],
  does: 'what waits for you, and what is open in your part of the council',
  for: () => true,
  answer: (turn) => showToday(turn),
};

/** A word for one sort of open thing, for those whom the feature that owns the word has no list for. */
const cutCommand = (cut: OpenCut, ...words: string[]): Command => ({
  words,
  does: 'one sort of what is open',
  for: () => true,
  answer: (turn) => showCut(cut, 0, turn),
});

export const cutCommands: readonly Command[] = [
  cutCommand('mine', 'waiting', 'what is waiting', 'what s waiting'),
  cutCommand('overdue', 'overdue', 'late', 'what is overdue', 'what is late'),
  cutCommand('alerts', 'open alerts', 'alerts'),
  cutCommand('reviews', 'my reviews', 'reviews', 'who owes a review', 'open reviews'),
  cutCommand('moderations', 'moderations', 'my moderations'),
  cutCommand('actions', 'actions', 'open actions', 'team actions', 'all actions'),
  cutCommand('briefs', 'brief', 'briefs', 'learning brief'),
];
