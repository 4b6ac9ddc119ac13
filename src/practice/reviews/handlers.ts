import type { z } from 'zod';
import { isRefusal, type Refusal } from '../base/errors.js';
import type { Screen, Turn, Verb } from '../surface/feature.js';
import { changePress, plrFor } from '../surface/press.js';
import { cycleKey, cycleKind } from '../plr/cycle-record.js';
import { isOpen, type Plr } from '../plr/plr.js';
import type { Change } from '../plr/ports.js';
import {
  cardAt,
  closedSince,
  currentCard,
  nothingToReturn,
  unchanged,
  type Renders,
} from './cards-answer.js';
import { draftOf, stepsOfDraft } from '../forms/draft.js';
import { addressPress, goPress, returnPress, type Address } from '../forms/read-press.js';
import { endUnreturned, formAfterClosing } from './decide-not-returned.js';
import { returnReview } from './decide-return.js';
import { draftCard } from './cards.js';
import { summaryCard } from './cards-summary.js';

/** A button of whoever fills the review in: the decision says which card comes next. */
export function reviewPress<Given extends Address>(
  reads: z.ZodType<Given>,
  decide: (plr: Plr, given: Given, turn: Turn) => (Change<Plr> | Refusal) & Renders,
  screen?: Screen,
): Verb {
  return changePress({
    ...plrFor('fill in review'),
    reads,
    decide,
    show: (plr, { outcome }) => outcome.render(plr),
    ...(screen === undefined ? {} : { screen }),
  });
}

/** Starts the review, or goes on from where it was left. */
export const openReview = reviewPress(addressPress, (plr, _given, { council }) => {
  const render: Renders['render'] = (now) => currentCard(now, council);
  if (plr.review.state !== 'assigned') return unchanged(render);
  const review = draftOf(plr.review, council);
  return { state: { ...plr, review }, did: 'started the review', messages: [], render };
});

/** From the summary to a part of the form. */
export const goToStep = reviewPress(goPress, (plr, { goTo, checking }, { council }) => {
  if (plr.review.state === 'not-returned') {
    const form = formAfterClosing(plr.review, council);
    return unchanged((now) => cardAt(now, form, goTo, council));
  }
  const { state } = plr.review;
  if (state !== 'draft' && state !== 'assigned') return nothingToReturn(plr, council);
  const review = draftOf(plr.review, council);
  if (!stepsOfDraft(review, council).some(({ id }) => id === goTo))
    return unchanged((now) => currentCard(now, council, 'Choose the part to go to, then press Go.'));
  const render: Renders['render'] = (now) => cardAt(now, review, goTo, council, '', checking);
  if (state === 'draft' && review.at === goTo) return unchanged(render);
  return {
    state: { ...plr, review: { ...review, at: goTo } },
    did: 'went to another step',
    messages: [],
    render,
  };
});

export const finishLater = reviewPress(addressPress, ({ review }, _given, { council }) =>
  unchanged((now) =>
    review.state === 'draft'
      ? draftCard(now, review, council, 'Saved. You can go on at any time.')
      : currentCard(now, council),
  ),
);

/** "Return this PLR". */
export const giveBackReview = changePress({
  ...plrFor('fill in review'),
  reads: returnPress,
  prepare: ({ cycle }, { documents }) => documents.read(cycleKind, cycleKey(cycle)),
  decide: (plr, { saves }, { actor, council }, cycle): (Change<Plr> | Refusal) & Renders => {
    const { review } = plr;
    // Its turn to be ended has not come yet, but returns are over.
    if (cycle?.state === 'closed' && isOpen(plr)) {
      const render: Renders['render'] = (now) => currentCard(now, council, closedSince);
      return { ...endUnreturned(plr, cycle.closedAt, council), render };
    }
    if (review.state !== 'draft') return nothingToReturn(plr, council);
    const result = returnReview(plr, review, saves, actor.id, council);
    if (!isRefusal(result)) return { ...result, render: (now) => currentCard(now, council) };
    const checked = result.refused === 'incomplete';
    return unchanged((now) => summaryCard(now, review, council, { notice: result.say, checked }));
  },
  show: (plr, { outcome }) => outcome.render(plr),
});
