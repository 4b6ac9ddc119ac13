import { z } from 'zod';
import { isRefusal, type Refusal } from '../../base/errors.js';
import { mayIn, wholeCouncil } from '../../council/access.js';
import { may, type Act } from '../../plr/plr-access.js';
import type { ActionHandler, CardContent, Command, Feature, Presenter, Turn } from '../../surface/feature.js';
import { noticeCard } from '../../surface/help.js';
import { isOpen, plrKey, type Plr } from '../../plr/plr.js';
import { plrKind } from '../../plr/plr-kind.js';
import { addressPress } from '../../forms/read-press.js';
import { tooLongInWords } from '../../council/words.js';
import { drawOneMore } from '../jobs-later-draws.js';
import { parsePlrRef } from '../../plr/plr-ref.js';
import { askForChange, decideChange, type Decision } from './change.js';
import { askCard, changeCard, decideCard, longestReason, type TypedWish } from './change-cards.js';
import { outcomes, wishes, type Outcome, type Wish } from '../../plr/change-of-plan.js';
import { listChanges } from './list-changes.js';

const typedIn = z.object({
  choice: z.string().max(40).catch(''),
  reason: z.string().catch(''),
  number: z.coerce.number().int().catch(0),
});

const openAsk: ActionHandler = async (data, turn) => {
  const plr = await plrFor(data, 'ask for a change', turn);
  return plr === undefined ? notYours : askedOrAsk(plr, turn);
};

const sendAsk: ActionHandler = async (data, turn) => {
  const plr = await plrFor(data, 'ask for a change', turn);
  if (plr === undefined) return notYours;
  const { choice, reason } = typedIn.parse(data);
  const wish = wishes.find((one) => one === choice);
  const typed = check(choice, wish !== undefined, reason);
  if (wish === undefined || hasErrors(typed)) return askCard(plr, typed);
  return saveAsk(plr, wish, reason.trim(), turn);
};

async function saveAsk(plr: Plr, wish: Wish, reason: string, turn: Turn): Promise<CardContent> {
  const { actor, council, documents } = turn;
  const asked = await documents.change(plrKind, plrKey(plr.cycleId, plr.ref), actor.id, (now) =>
    askForChange(now, wish, reason, actor.id, council),
  );
  if (!isRefusal(asked)) return askedOrAsk(asked, turn);
  return refused(plr, asked, turn, true);
}

/** A request that is waiting, or the form to make one. */
function askedOrAsk(plr: Plr, { council }: Turn): CardContent {
  const { change } = plr;
  if (change !== undefined && (change.state === 'asked' || !isOpen(plr)))
    return changeCard(plr, change, council, true);
  return isOpen(plr) ? askCard(plr) : noticeCard('This review is closed', 'There is nothing left to change.');
}

const openDecision: ActionHandler = async (data, turn) => {
  const plr = await plrFor(data, 'decide a change', turn);
  if (plr === undefined) return notYours;
  if (isOpen(plr)) return decideCard(plr, turn.council);
  return plr.change === undefined
    ? noticeCard('This review is closed', 'It was returned or closed: there is nothing left to decide.')
    : changeCard(plr, plr.change, turn.council, false);
};

const decide: ActionHandler = async (data, turn) => {
  const plr = await plrFor(data, 'decide a change', turn);
  if (plr === undefined) return notYours;
  const { choice, reason, number } = typedIn.parse(data);
  const outcome = Object.keys(outcomes).find((one) => one === choice) as Outcome | undefined;
  const typed = check(choice, outcome !== undefined, reason);
  if (outcome === undefined || hasErrors(typed)) return decideCard(plr, turn.council, { typed });
  const decision = { number, outcome, because: reason.trim(), by: turn.actor.id };
  const decided = await carryOut(plr, decision, turn);
  if (isRefusal(decided)) {
    // There is no fair case to draw: the QA lead chooses another outcome, and what was typed is kept.
    if (decided.refused === 'no-fair-case')
      return decideCard(plr, turn.council, { typed: { ...typed, choiceError: decided.say } });
    return refused(plr, decided, turn, false);
  }
  return decided.change === undefined ? notYours : changeCard(decided, decided.change, turn.council, false);
};

async function carryOut(plr: Plr, decision: Decision, turn: Turn): Promise<Plr | Refusal> {
  const key = plrKey(plr.cycleId, plr.ref);
  const { outcome } = decision;
  if (outcome !== 'case-closed' && outcome !== 'wrong-worker')
    return turn.documents.change(plrKind, key, turn.actor.id, (now) =>
      decideChange(now, decision, turn.council),
    );
  // A dry run first, so that no draw is begun when it can no longer be decided.
  const possible = decideChange(plr, decision, turn.council);
  if (isRefusal(possible)) return possible;
  const wanted = { managerId: plr.managerId, replaces: plr.ref, decision: { ...decision, outcome } };
  const drawn = await drawOneMore(plr.cycleId, wanted, turn, turn.council);
  if (isRefusal(drawn)) return drawn;
  return (await turn.documents.read(plrKind, key)) ?? plr;
}

/** Somebody else decided first: shows the card as it is now, with a sentence that says so. */
async function refused(plr: Plr, { say }: Refusal, turn: Turn, forManager: boolean): Promise<CardContent> {
  const now = (await turn.documents.read(plrKind, plrKey(plr.cycleId, plr.ref))) ?? plr;
  if (now.change === undefined) return noticeCard('Nothing was changed', say);
  const card = changeCard(now, now.change, turn.council, forManager);
  return { ...card, data: { ...card.data, next: say } };
}

async function plrFor(data: unknown, act: Act, turn: Turn): Promise<Plr | undefined> {
  const read = addressPress.safeParse(data);
  if (!read.success) return undefined;
  const plr = await turn.documents.read(plrKind, plrKey(read.data.cycle, read.data.ref));
  return plr !== undefined && may(turn.actor, act, plr, turn.council) ? plr : undefined;
}

function check(choice: string, known: boolean, reason: string): TypedWish {
  const words = reason.trim();
  return {
    choice,
    reason,
    ...(known ? {} : { choiceError: 'Choose one of these' }),
    ...(words === '' ? { reasonError: 'Say why, in a sentence or two' } : {}),
    ...(words.length > longestReason ? { reasonError: tooLongInWords(words, longestReason) } : {}),
  };
}

function hasErrors({ choiceError, reasonError }: TypedWish): boolean {
  return choiceError !== undefined || reasonError !== undefined;
}

/** Someone else's PLR gets the same answer as one that does not exist. */
const notYours = noticeCard(
  'There is nothing here for you',
  'There is no such review for you to change. Check the reference, or say "my reviews" to see what is yours.',
);

const changeAsked: Presenter<Plr> = {
  kind: plrKind,
  present: (plr, { redraws }, council) => {
    const { change } = plr;
    if (change?.state === 'asked' && isOpen(plr)) return decideCard(plr, council, { opensForm: true });
    if (redraws !== undefined && change !== undefined) return changeCard(plr, change, council, false);
    return { superseded: `the review is ${plr.review.state} and nothing waits for a decision` };
  },
};

const changeTold: Presenter<Plr> = {
  kind: plrKind,
  present: (plr, _message, council) =>
    plr.change === undefined
      ? { superseded: 'nothing was decided' }
      : changeCard(plr, plr.change, council, true),
};

const changes: Command = {
  words: ['changes', 'change'],
  does: 'exempt, draw again, withdraw or take over a review: what waits, or "change PLR-7K3M2Q" for any other',
  for: (actor, council) => mayIn(actor, 'list changes', wholeCouncil, council),
  answer: async (turn, said) => {
    const named = said.replace(/^changes?/, '');
    if (named === '') return listChanges(turn);
    const ref = parsePlrRef(named);
    const cycle = ref === undefined ? undefined : await turn.references.cycleOf(ref);
    return openDecision({ cycle, ref }, turn);
  },
};

export const changeFeature: Feature = {
  lists: ['changes'],
  commands: [changes],
  verbs: {
    'change.ask': openAsk,
    'change.send': { answer: sendAsk, screen: { inputs: ['choice', 'reason'], again: openAsk } },
    'change.open': openDecision,
    'change.decide': { answer: decide, screen: { inputs: ['choice', 'reason'], again: openDecision } },
  },
  presenters: { 'change-asked': changeAsked, 'change-told': changeTold },
};
