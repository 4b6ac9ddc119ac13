import { assertNever, isRefusal } from '../errors.js';
import type { ActionHandler, CardContent, Turn } from '../feature.js';
import { noticeCard } from '../help.js';
import type { House } from '../house.js';
import type { Plr } from '../plr.js';
import type { Change } from '../ports.js';
import { changePlr, type Decided, type NotYours } from './change-plr.js';
import { problemsOf } from './check-review.js';
import { draftOf, stepsOfDraft, summary } from './draft.js';
import type { Step } from './form-steps.js';
import {
  addressPress,
  beforeIn,
  goPress,
  keptIn,
  returnPress,
  savePress,
  typedIn,
  type SavePress,
} from './read-press.js';
import { returnReview } from './return-review.js';
import { assignmentCard, closedCard, draftCard } from './review-cards.js';
import type { DraftReview } from './review.js';
import { saveStep, type SavedStep } from './save-step.js';
import { stepCard } from './step-card.js';
import { returnedCard, summaryCard } from './summary-card.js';

/** A card made of the PLR as it is when all is saved. */
type Draw = (plr: Plr) => CardContent;

/** Starts the review, or goes on where it was left. */
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

/** Saves a step and shows where the person wants to go. */
export const saveReviewStep: ActionHandler = async (data, turn) => {
  const press = savePress.safeParse(data);
  if (!press.success) return unreadable();
  const reached = await changePlr<Draw>(press.data, 'fill in review', turn, (plr) =>
    decideSave(plr, press.data, turn),
  );
  return drawn(reached);
};

function decideSave(plr: Plr, press: SavePress, { actor, house }: Turn): Decided<Draw> {
  const { review } = plr;
  if (review.state !== 'assigned' && review.state !== 'draft') return refused(plr, house);
  const draft = draftOf(review, house);
  const steps = stepsOfDraft(draft, house);
  const step = steps.find(({ id }) => id === press.step);
  if (step === undefined)
    return unchanged((now) =>
      currentCard(
        now,
        house,
        'That part is not in your form, so nothing was changed. This is where you are.',
      ),
    );
  const target = targetOf(press, step, steps);
  const saved = saveStep(
    plr,
    draft,
    {
      step,
      saves: press.saves,
      before: beforeIn(press, step),
      typed: typedIn(press, step),
      shownTwice: new Set(press.twice),
      keep: keptIn(press, step),
      confirmed: press.confirmed === true,
      goTo: target ?? step.id,
    },
    actor.id,
    house,
  );
  return { change: saved.change, outcome: (now) => cardAfter(now, saved, press, target, house) };
}

function cardAfter(
  plr: Plr,
  { draft, heldBack }: SavedStep,
  press: SavePress,
  target: string | undefined,
  house: House,
): CardContent {
  if (heldBack.length > 0) return heldBackCard(plr, draft, heldBack, press, target ?? press.step, house);
  if (press.then === 'later') return draftCard(plr, draft, house, 'Saved. You can go on at any time.');
  if (target === undefined)
    return cardAt(plr, draft, press.step, house, 'Saved. Choose the part to go to, then press Go.');
  const notice =
    press.confirmed === true && plr.alert !== undefined ? 'Saved. The team is being told now.' : '';
  return cardAt(plr, draft, target, house, notice, press.then === 'check');
}

function heldBackCard(
  plr: Plr,
  draft: DraftReview,
  heldBack: SavedStep['heldBack'],
  press: SavePress,
  target: string,
  house: House,
): CardContent {
  const step = stepsOfDraft(draft, house).find(({ id }) => id === press.step) as Step;
  const tells = heldBack.some(({ because }) => because === 'tells-the-team');
  const notice = tells
    ? 'This tells the team now: the allocated social worker, their team manager and the Quality Assurance lead. What else you typed is saved. Press “Save and tell the team now”, or change your answer.'
    : 'Not all of this could be saved. What you typed is still here: please look at the marked answers.';
  const problems = press.checking ? { problems: problemsOf(draft, house) } : {};
  return stepCard(plr, draft, step, house, { notice, heldBack, goingTo: target, ...problems });
}

/** Undefined when they pressed Go and chose nothing that there is. */
function targetOf(press: SavePress, step: Step, steps: readonly Step[]): string | undefined {
  const at = steps.indexOf(step);
  const known = (id: string) => (id === summary || steps.some((one) => one.id === id) ? id : undefined);
  switch (press.then) {
    case 'next':
      return steps[at + 1]?.id ?? summary;
    case 'back':
      return steps[at - 1]?.id ?? step.id;
    case 'later':
    case 'stay':
      return step.id;
    case 'check':
      return summary;
    case 'go':
      return known(press.goTo);
    case 'confirmed':
      return known(press.goTo) ?? known(press.onTo) ?? step.id;
    default:
      return assertNever(press.then);
  }
}

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

/** The card that is right for the PLR as it stands. */
export function currentCard(plr: Plr, house: House, notice = ''): CardContent {
  const { review } = plr;
  switch (review.state) {
    case 'assigned':
      return assignmentCard(plr, house, notice);
    case 'draft':
      return cardAt(plr, review, review.at, house, notice);
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

function cardAt(
  plr: Plr,
  draft: DraftReview,
  at: string,
  house: House,
  notice = '',
  checking = false,
): CardContent {
  const step = stepsOfDraft(draft, house).find(({ id }) => id === at);
  if (step === undefined) return summaryCard(plr, draft, house, { notice, checked: checking });
  return stepCard(plr, draft, step, house, {
    notice,
    ...(checking ? { problems: problemsOf(draft, house) } : {}),
  });
}

/** Returned or closed already, or not begun: the card as it is, and that nothing was changed. */
function refused(plr: Plr, house: House): Decided<Draw> {
  const notice =
    plr.review.state === 'returned'
      ? 'This PLR was returned already, so nothing was changed.'
      : 'Please start the review first. Nothing was changed.';
  return unchanged((now) => currentCard(now, house, notice));
}

function unchanged(outcome: Draw): Decided<Draw> {
  return { change: undefined, outcome };
}

function drawn(reached: { readonly plr: Plr; readonly outcome: Draw } | NotYours): CardContent {
  return isRefusal(reached)
    ? noticeCard('This is not one of your PLRs', reached.say)
    : reached.outcome(reached.plr);
}

function unreadable(): CardContent {
  return noticeCard(
    'This card cannot be read',
    'Nothing was changed. Say "my reviews" to get a fresh card of your review.',
  );
}
