import { isRefusal } from '../base/errors.js';
import type { ActionHandler } from '../surface/feature.js';
import { cycleKey, cycleKind } from '../plr/cycle-record.js';
import { isOpen, type Plr } from '../plr/plr.js';
import type { Change } from '../plr/ports.js';
import {
  cardAt,
  closedSince,
  currentCard,
  rendered,
  nothingToReturn,
  unchanged,
  unreadableCard,
  type RenderCard,
} from './cards-answer.js';
import { changePlr } from './change-plr.js';
import { draftOf, stepsOfDraft } from '../forms/draft.js';
import { addressPress, goPress, returnPress } from '../forms/read-press.js';
import { endUnreturned, formAfterClosing } from './decide-not-returned.js';
import { returnReview } from './decide-return.js';
import { draftCard } from './cards.js';
import { summaryCard } from './cards-summary.js';

/** Starts the review, or goes on from where it was left. */
export const openReview: ActionHandler = async (data, turn) => {
  const press = addressPress.safeParse(data);
  if (!press.success) return unreadableCard();
  const reached = await changePlr<RenderCard>(press.data, 'fill in review', turn, (plr) => {
    if (plr.review.state !== 'assigned') return unchanged((now) => currentCard(now, turn.council));
    const review = draftOf(plr.review, turn.council);
    return {
      change: { state: { ...plr, review }, did: 'started the review', messages: [] },
      outcome: (now) => currentCard(now, turn.council),
    };
  });
  return rendered(reached);
};

/** From the summary to a part of the form. */
export const goToStep: ActionHandler = async (data, turn) => {
  const press = goPress.safeParse(data);
  if (!press.success) return unreadableCard();
  const { goTo, checking } = press.data;
  const { council } = turn;
  const reached = await changePlr<RenderCard>(press.data, 'fill in review', turn, (plr) => {
    const { review } = plr;
    if (review.state === 'not-returned') {
      const form = formAfterClosing(review, council);
      return unchanged((now) => cardAt(now, form, goTo, council));
    }
    if (review.state !== 'draft') return nothingToReturn(plr, council);
    if (!stepsOfDraft(review, council).some(({ id }) => id === goTo))
      return unchanged((now) => currentCard(now, council, 'Choose the part to go to, then press Go.'));
    const draw: RenderCard = (now) => cardAt(now, review, goTo, council, '', checking);
    if (review.at === goTo) return unchanged(draw);
    const moved: Change<Plr> = {
      state: { ...plr, review: { ...review, at: goTo } },
      did: 'went to another step',
      messages: [],
    };
    return { change: moved, outcome: draw };
  });
  return rendered(reached);
};

export const finishLater: ActionHandler = async (data, turn) => {
  const press = addressPress.safeParse(data);
  if (!press.success) return unreadableCard();
  const reached = await changePlr<RenderCard>(press.data, 'fill in review', turn, ({ review }) =>
    unchanged((now) =>
      review.state === 'draft'
        ? draftCard(now, review, turn.council, 'Saved. You can go on at any time.')
        : currentCard(now, turn.council),
    ),
  );
  return rendered(reached);
};

/** "Return this PLR". */
export const giveBackReview: ActionHandler = async (data, turn) => {
  const press = returnPress.safeParse(data);
  if (!press.success) return unreadableCard();
  const { council, actor, documents } = turn;
  const cycle = await documents.read(cycleKind, cycleKey(press.data.cycle));
  const reached = await changePlr<RenderCard>(press.data, 'fill in review', turn, (plr) => {
    const { review } = plr;
    if (cycle?.state === 'closed' && isOpen(plr))
      return {
        change: endUnreturned(plr, cycle.closedAt, council),
        outcome: (now) => currentCard(now, council, closedSince),
      };
    if (review.state !== 'draft') return nothingToReturn(plr, council);
    const result = returnReview(plr, review, press.data.saves, actor.id, council);
    if (!isRefusal(result)) return { change: result, outcome: (now) => currentCard(now, council) };
    const checked = result.refused === 'incomplete';
    return unchanged((now) => summaryCard(now, review, council, { notice: result.say, checked }));
  });
  return rendered(reached);
};
