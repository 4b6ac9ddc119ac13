import { isRefusal } from '../base/errors.js';
import type { ActionHandler } from '../surface/feature.js';
import type { Plr } from '../plr/plr.js';
import type { Change } from '../plr/ports.js';
import { cardAt, currentCard, drawn, refused, unchanged, unreadable, type Draw } from './answer-press.js';
import { changePlr } from './change-plr.js';
import { draftOf, stepsOfDraft } from '../forms/draft.js';
import { addressPress, goPress, returnPress } from '../forms/read-press.js';
import { returnReview } from './return-review.js';
import { draftCard } from './review-cards.js';
import { summaryCard } from './summary-card.js';

/** Starts the review, or goes on from where it was left. */
export const openReview: ActionHandler = async (data, turn) => {
  const press = addressPress.safeParse(data);
  if (!press.success) return unreadable();
  const reached = await changePlr<Draw>(press.data, 'fill in review', turn, (plr) => {
    if (plr.review.state !== 'assigned') return unchanged((now) => currentCard(now, turn.house));
    const review = draftOf(plr.review, turn.house);
    return {
      change: { state: { ...plr, review }, did: 'started the review', messages: [] },
      outcome: (now) => currentCard(now, turn.house),
    };
  });
  return drawn(reached);
};

/** From the summary to a part of the form. */
export const goToStep: ActionHandler = async (data, turn) => {
  const press = goPress.safeParse(data);
  if (!press.success) return unreadable();
  const { goTo, checking } = press.data;
  const { house } = turn;
  const reached = await changePlr<Draw>(press.data, 'fill in review', turn, (plr) => {
    const { review } = plr;
    if (review.state !== 'draft') return refused(plr, house);
    if (!stepsOfDraft(review, house).some(({ id }) => id === goTo))
      return unchanged((now) => currentCard(now, house, 'Choose the part to go to, then press Go.'));
    const draw: Draw = (now) => cardAt(now, review, goTo, house, '', checking);
    if (review.at === goTo) return unchanged(draw);
    const moved: Change<Plr> = {
      state: { ...plr, review: { ...review, at: goTo } },
      did: 'went to another step',
      messages: [],
    };
    return { change: moved, outcome: draw };
  });
  return drawn(reached);
};

export const finishLater: ActionHandler = async (data, turn) => {
  const press = addressPress.safeParse(data);
  if (!press.success) return unreadable();
  const reached = await changePlr<Draw>(press.data, 'fill in review', turn, ({ review }) =>
    unchanged((now) =>
      review.state === 'draft'
        ? draftCard(now, review, turn.house, 'Saved. You can go on at any time.')
        : currentCard(now, turn.house),
    ),
  );
  return drawn(reached);
};

/** "Return this PLR". */
export const giveBackReview: ActionHandler = async (data, turn) => {
  const press = returnPress.safeParse(data);
  if (!press.success) return unreadable();
  const { house, actor } = turn;
  const reached = await changePlr<Draw>(press.data, 'fill in review', turn, (plr) => {
    const { review } = plr;
    if (review.state !== 'draft') return refused(plr, house);
    const result = returnReview(plr, review, press.data.saves, actor.id, house);
    if (!isRefusal(result)) return { change: result, outcome: (now) => currentCard(now, house) };
    const checked = result.refused === 'incomplete';
    return unchanged((now) => summaryCard(now, review, house, { notice: result.say, checked }));
  });
  return drawn(reached);
};
