import { assertNever, isRefusal } from '../base/errors.js';
import type { CardContent } from '../surface/feature.js';
import { noticeCard } from '../surface/help.js';
import type { House } from '../council/house.js';
import type { Plr } from '../plr/plr.js';
import type { Decided, NotYours } from './change-plr.js';
import { problemsOf } from '../forms/check-review.js';
import { waitingIn } from '../forms/dangers.js';
import { stepsOfDraft, summary } from '../forms/draft.js';
import { heldBackCard } from './held-back-card.js';
import { assignmentCard, closedCard } from './review-cards.js';
import type { DraftReview } from '../plr/review.js';
import { stepCard } from './step-card.js';
import { returnedCard, summaryCard } from './summary-card.js';

/** A card made from the PLR as it is once everything is saved. */
export type Draw = (plr: Plr) => CardContent;

/** The card that is right for the PLR as it stands: of a draft, first of all what waits to be confirmed. */
export function currentCard(plr: Plr, house: House, notice = ''): CardContent {
  const { review } = plr;
  switch (review.state) {
    case 'assigned':
      return assignmentCard(plr, house, notice);
    case 'draft':
      return cardAt(plr, review, waitingIn(review)[0]?.danger.step ?? review.at, house, notice);
    case 'returned':
      return returnedCard(plr, review, house, notice);
    case 'exempt':
    case 'redrawn':
    case 'withdrawn':
      return closedCard(plr, review, house);
    default:
      return assertNever(review);
  }
}

/** A part of the form, or the summary when `at` is none of them. */
export function cardAt(
  plr: Plr,
  draft: DraftReview,
  at: string,
  house: House,
  notice = '',
  checking = false,
): CardContent {
  const step = stepsOfDraft(draft, house).find(({ id }) => id === at);
  if (step === undefined) return summaryCard(plr, draft, house, { notice, checked: checking });
  const waiting = waitingIn(draft).find(({ danger }) => danger.step === step.id);
  if (waiting !== undefined) {
    const { field, answer } = waiting.danger;
    const heldBack = [{ field, typed: answer, because: 'tells-the-team' }] as const;
    return heldBackCard(
      plr,
      draft,
      step,
      { heldBack, goingTo: checking ? summary : '', checking, notice },
      house,
    );
  }
  return stepCard(plr, draft, step, house, {
    notice,
    ...(checking ? { problems: problemsOf(draft, house) } : {}),
  });
}

/** Returned or closed already, or not begun: shows the card as it is, and says that nothing was changed. */
export function refused(plr: Plr, house: House): Decided<Draw> {
  const notice =
    plr.review.state === 'returned'
      ? 'This PLR was returned already, so nothing was changed.'
      : 'Please start the review first. Nothing was changed.';
  return unchanged((now) => currentCard(now, house, notice));
}

/** Nothing is saved: only a card is shown. */
export function unchanged(outcome: Draw): Decided<Draw> {
  return { change: undefined, outcome };
}

/** The answer to a press. */
export function drawn(reached: { readonly plr: Plr; readonly outcome: Draw } | NotYours): CardContent {
  return isRefusal(reached)
    ? noticeCard('This is not one of your PLRs', reached.say)
    : reached.outcome(reached.plr);
}

/** The answer to a press that none of our cards can make. */
export function unreadable(): CardContent {
  return noticeCard(
    'This card cannot be read',
    'Nothing was changed. Say "my reviews" to get a fresh card of your review.',
  );
}
