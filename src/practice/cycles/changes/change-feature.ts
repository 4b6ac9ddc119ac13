import { z } from 'zod';
import { isRefusal, refuse } from '../../base/errors.js';
import { mayIn, wholeCouncil } from '../../council/access.js';
import type { CouncilContext } from '../../council/council-context.js';
import type { CardContent, Command, Feature, Presenter, Turn } from '../../surface/feature.js';
import { noticeCard } from '../../surface/help.js';
import { answerPress, changePress, plrFor, readPress } from '../../surface/press.js';
import { isOpen, plrKey, type Plr } from '../../plr/plr.js';
import { plrKind } from '../../plr/plr-kind.js';
import { addressPress } from '../../forms/read-press.js';
import { tooLongInWords } from '../../council/words.js';
import { drawOneMore } from '../jobs-later-draws.js';
import { parsePlrRef } from '../../plr/plr-ref.js';
import type { Wanted } from '../decide-later-draws.js';
import { askForChange, decideChange } from './change.js';
import { askCard, changeCard, decideCard, longestReason, type TypedWish } from './change-cards.js';
import { outcomes, wishes, type Outcome } from '../../plr/change-of-plan.js';
import { listChanges } from './list-changes.js';

const typedPress = addressPress.extend({
  choice: z.string().max(40).catch(''),
  reason: z.string().catch(''),
  number: z.coerce.number().int().catch(0),
});

const openAsk = readPress({
  ...plrFor('ask for a change'),
  reads: addressPress,
  show: (plr, _given, { council }) => askedOrAsk(plr, council),
});

const sendAsk = changePress({
  ...plrFor('ask for a change'),
  reads: typedPress,
  screen: { inputs: ['choice', 'reason'], again: openAsk },
  decide: (plr, { choice, reason }, { actor, council }) => {
    const wish = wishes.find((one) => one === choice);
    const typed = check(choice, wish !== undefined, reason);
    if (wish === undefined || hasErrors(typed)) return { ...incomplete, typed };
    return askForChange(plr, wish, reason.trim(), actor.id, council);
  },
  show: (plr, { outcome }, { council }) => {
    if (!isRefusal(outcome)) return askedOrAsk(plr, council);
    return 'typed' in outcome ? askCard(plr, outcome.typed) : asItStands(plr, outcome.say, council, true);
  },
});

/** A request that is waiting, or the form to make one. */
function askedOrAsk(plr: Plr, council: CouncilContext): CardContent {
  const { change } = plr;
  if (change !== undefined && (change.state === 'asked' || !isOpen(plr)))
    return changeCard(plr, change, council, true);
  return isOpen(plr) ? askCard(plr) : noticeCard('This review is closed', 'There is nothing left to change.');
}

const openDecision = readPress({
  ...plrFor('decide a change'),
  reads: addressPress,
  show: (plr, _given, { council }) => {
    if (isOpen(plr)) return decideCard(plr, council);
    return plr.change === undefined
      ? noticeCard('This review is closed', 'It was returned or closed: there is nothing left to decide.')
      : changeCard(plr, plr.change, council, false);
  },
});

const decide = changePress({
  ...plrFor('decide a change'),
  reads: typedPress,
  screen: { inputs: ['choice', 'reason'], again: openDecision },
  decide: (plr, { choice, reason, number }, { actor, council }) => {
    const outcome = Object.keys(outcomes).find((one) => one === choice) as Outcome | undefined;
    const typed = check(choice, outcome !== undefined, reason);
    if (outcome === undefined || hasErrors(typed)) return { ...incomplete, typed };
    const decision = { number, because: reason.trim(), by: actor.id };
    const change = decideChange(plr, { ...decision, outcome }, council);
    // Two PLRs change together, so the draw saves this one. It is not begun when nothing can be decided any more.
    if (!isRefusal(change) && (outcome === 'case-closed' || outcome === 'wrong-worker'))
      return { ...drawsAgain, typed, decision: { ...decision, outcome } };
    return change;
  },
  show: (plr, { outcome }, turn) => {
    if (!isRefusal(outcome)) return decidedCard(plr, turn.council);
    if ('decision' in outcome) return drawAgain(plr, outcome.decision, outcome.typed, turn);
    return 'typed' in outcome
      ? decideCard(plr, turn.council, { typed: outcome.typed })
      : asItStands(plr, outcome.say, turn.council, false);
  },
});

const incomplete = refuse('incomplete', 'Nothing was changed yet: some of it needs another look.');
const drawsAgain = refuse('draws-again', 'Another case is drawn first.');

async function drawAgain(
  plr: Plr,
  decision: NonNullable<Wanted['decision']>,
  typed: TypedWish,
  turn: Turn,
): Promise<CardContent | undefined> {
  const { council, documents } = turn;
  const wanted = { managerId: plr.managerId, replaces: plr.ref, decision };
  const drawn = await drawOneMore(plr.cycleId, wanted, turn, council);
  // There is no fair case to draw: the QA lead chooses another outcome, and what was typed is kept.
  if (isRefusal(drawn) && drawn.refused === 'no-fair-case')
    return decideCard(plr, council, { typed: { ...typed, choiceError: drawn.say } });
  const now = (await documents.read(plrKind, plrKey(plr.cycleId, plr.ref))) ?? plr;
  return isRefusal(drawn) ? asItStands(now, drawn.say, council, false) : decidedCard(now, council);
}

function decidedCard(plr: Plr, council: CouncilContext): CardContent | undefined {
  return plr.change && changeCard(plr, plr.change, council, false);
}

/** Somebody else decided first: the card as it is now, with a sentence that says so. */
function asItStands(plr: Plr, say: string, council: CouncilContext, forManager: boolean): CardContent {
  if (plr.change === undefined) return noticeCard('Nothing was changed', say);
  const card = changeCard(plr, plr.change, council, forManager);
  return { ...card, data: { ...card.data, next: say } };
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
    return answerPress(openDecision, { cycle, ref }, turn);
  },
};

export const changeFeature: Feature = {
  lists: ['changes'],
  commands: [changes],
  verbs: {
    'change.ask': openAsk,
    'change.send': sendAsk,
    'change.open': openDecision,
    'change.decide': decide,
  },
  presenters: { 'change-asked': changeAsked, 'change-told': changeTold },
};
