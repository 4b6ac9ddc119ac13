import { hoursInWords, ladderOf } from '../alerts/ladder.js';
import { joins } from '../alerts/raise-alert.js';
import { assertNever } from '../errors.js';
import type { ActionHandler, CardContent, Turn } from '../feature.js';
import type { House } from '../house.js';
import type { Plr } from '../plr.js';
import { cardAt, currentCard, drawn, refused, unchanged, unreadable, type Draw } from './answer-press.js';
import { changePlr, type Decided } from './change-plr.js';
import { problemsOf } from './check-review.js';
import { draftOf, stepsOfDraft, summary } from './draft.js';
import type { Step } from './form-steps.js';
import { beforeIn, keptIn, savePress, typedIn, type SavePress } from './read-press.js';
import { draftCard } from './review-cards.js';
import type { DraftReview } from './review.js';
import { raises, saveStep, type SavedStep } from './save-step.js';
import { stepCard } from './step-card.js';

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
    ? `Nobody is told yet. ${whomItTells(plr, heldBack, house)} What else you typed is saved. Press “Save and tell the team now”, or change your answer.`
    : 'Not all of this could be saved. What you typed is still here: please look at the marked answers.';
  const problems = press.checking ? { problems: problemsOf(draft, house) } : {};
  return stepCard(plr, draft, step, house, { notice, heldBack, goingTo: target, ...problems });
}

/** 4.3: asked back in plain words, for a second reason too: what it adds to the alert there is, or that it raises it afresh. */
function whomItTells({ alert }: Plr, heldBack: SavedStep['heldBack'], house: House): string {
  if (alert === undefined)
    return 'Saving it tells the team at once: the allocated social worker, their team manager and the Quality Assurance lead.';
  const reasons = heldBack.flatMap(({ field, typed }) => raises(field, typed) ?? []);
  if (!reasons.every((because) => joins(alert, because)))
    return `Saving it tells the team at once, and raises the alert again: everyone is told afresh, and a new ${hoursInWords(ladderOf(house), 'begin', 'begins')}.`;
  const clock =
    alert.state === 'raised' ? `, and its ${hoursInWords(alert.ladder, 'run on', 'runs on')}` : '';
  return `Saving it tells the team at once of a second reason. It joins the alert that is open: everyone who has it is told${clock}.`;
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
