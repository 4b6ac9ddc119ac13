import { assertNever, refuse, type Refusal } from '../base/errors.js';
import type { CardContent } from '../surface/feature.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Plr } from '../plr/plr.js';
import { problemsOf } from '../forms/check-review.js';
import { waitingIn } from '../forms/dangers.js';
import { stepsOfDraft, summary } from '../forms/draft.js';
import { heldBackCard } from './cards-held-back.js';
import { assignmentCard, closedCard } from './cards.js';
import { cannotBeReturned, notReturnedCard } from './cards-not-returned.js';
import type { DraftReview } from '../plr/review.js';
import { stepCard } from './cards-step.js';
import { returnedCard, summaryCard } from './cards-summary.js';

/** Makes the card from the PLR as it is once everything is saved. */
export interface Renders {
  readonly render: (plr: Plr) => CardContent;
}

/** The card that is right for the PLR as it stands: of a draft, first of all what waits to be confirmed. */
export function currentCard(plr: Plr, council: CouncilContext, notice = ''): CardContent {
  const { review } = plr;
  switch (review.state) {
    case 'assigned':
      return assignmentCard(plr, council, notice);
    case 'draft':
      return cardAt(plr, review, waitingIn(review)[0]?.danger.step ?? review.at, council, notice);
    case 'returned':
      return returnedCard(plr, review, council, notice);
    case 'exempt':
    case 'redrawn':
    case 'withdrawn':
      return closedCard(plr, review, council);
    case 'not-returned':
      return notReturnedCard(plr, review, council, notice);
    default:
      return assertNever(review);
  }
}

/** A part of the form, or the summary when `at` is none of them. */
export function cardAt(
  plr: Plr,
  draft: DraftReview,
  at: string,
  council: CouncilContext,
  notice = '',
  checking = false,
): CardContent {
  const step = stepsOfDraft(draft, council).find(({ id }) => id === at);
  if (step === undefined && plr.review.state === 'not-returned')
    return notReturnedCard(plr, plr.review, council, notice);
  if (step === undefined) return summaryCard(plr, draft, council, { notice, checked: checking });
  const said = plr.review.state === 'not-returned' ? `${cannotBeReturned} ${notice}`.trim() : notice;
  const waiting = waitingIn(draft).find(({ danger }) => danger.step === step.id);
  if (waiting !== undefined) {
    const { field, answer } = waiting.danger;
    const heldBack = [{ field, typed: answer, because: 'tells-the-team' }] as const;
    return heldBackCard(
      plr,
      draft,
      step,
      { heldBack, goingTo: checking ? summary : '', checking, notice: said },
      council,
    );
  }
  return stepCard(plr, draft, step, council, {
    notice: said,
    ...(checking ? { problems: problemsOf(draft, council) } : {}),
  });
}

/** Returned or closed already, or not begun: shows the card as it is, and says that nothing was changed. */
export function nothingToReturn(plr: Plr, council: CouncilContext): Refusal & Renders {
  return unchanged((now) => currentCard(now, council, whyNotReturned(plr)));
}

function whyNotReturned({ review: { state } }: Plr): string {
  if (state === 'not-returned') return closedSince;
  return state === 'returned'
    ? 'This PLR was returned already, so nothing was changed.'
    : 'Please start the review first. Nothing was changed.';
}

/** The answer to a return that came after the closing. */
export const closedSince =
  'This was not returned, because its cycle has closed. Nothing that you typed is lost.';

/** Nothing is saved: only a card is shown. */
export function unchanged(render: Renders['render']): Refusal & Renders {
  return { ...nothingNew, render };
}

const nothingNew = refuse('nothing-new', 'There is nothing to save.');
