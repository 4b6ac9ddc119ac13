import { assertNever, type Refusal } from '../base/errors.js';
import type { CardContent, Turn } from '../surface/feature.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Plr } from '../plr/plr.js';
import type { Change } from '../plr/ports.js';
import { cardAt, currentCard, unchanged, type Renders } from './cards-answer.js';
import { reviewPress } from './handlers.js';
import { dangerStep, waitingIn } from '../forms/dangers.js';
import { draftOf, stepsOfDraft, storedField, summary } from '../forms/draft.js';
import type { Field, Step } from '../forms/form-steps.js';
import { heldBackCard } from './cards-held-back.js';
import {
  answersOf,
  beforeIn,
  fieldsOn,
  inputsOfStep,
  isButtonAlone,
  keptIn,
  savePress,
  type SavePress,
} from '../forms/read-press.js';
import { leftCard } from './cards-not-returned.js';
import { formAfterClosing, keptAfterClosing } from './decide-not-returned.js';
import { saveStep, type SavedStep } from './decide-step.js';
import { settledCard } from './part.js';
import { tooLateCard } from './cards-too-late.js';
import { settledInWords } from './cards-unconfirmed.js';
import type { DraftReview } from '../plr/review.js';

/** The step as it is saved. */
const showStep = reviewPress(savePress, (plr, press, { council }) => {
  const at = placeOf(plr, press, council);
  if ('render' in at) return at;
  return unchanged((now) => cardAt(now, at.draft, at.step.id, council, '', press.checking));
});

/** Saves a step and shows where the person wants to go. */
export const saveReviewStep = reviewPress(savePress, decideSave, { inputs: inputsOfStep, again: showStep });

interface Place {
  readonly draft: DraftReview;
  readonly step: Step;
  readonly steps: readonly Step[];
}

/** The step that a press comes from; else that it is too late for it, or not in this form. */
function placeOf(plr: Plr, press: SavePress, council: CouncilContext): Place | (Refusal & Renders) {
  const { review } = plr;
  if (review.state !== 'assigned' && review.state !== 'draft' && review.state !== 'not-returned')
    return unchanged(() => tooLateCard(plr, review, press, council));
  const draft =
    review.state === 'not-returned' ? formAfterClosing(review, council) : draftOf(review, council);
  const steps = stepsOfDraft(draft, council);
  const step = steps.find(({ id }) => id === press.step);
  return step === undefined
    ? unchanged((now) => currentCard(now, council, notInForm))
    : { draft, step, steps };
}

const notInForm = 'That part is not in your form, so nothing was changed. This is where you are.';

function decideSave(plr: Plr, press: SavePress, { actor, council }: Turn): (Change<Plr> | Refusal) & Renders {
  const at = placeOf(plr, press, council);
  if ('render' in at) return at;
  const { draft, step, steps } = at;
  const target = targetOf(press, step, steps);
  const saved = saveStep(
    plr,
    draft,
    {
      step,
      saves: press.saves,
      before: beforeIn(press, step),
      typed: answersOf(press, step),
      shownTwice: new Set(press.twice),
      keep: keptIn(press, step),
      confirmed: press.confirmed === true,
      goTo: target ?? step.id,
    },
    actor.id,
    council,
  );
  const render: Renders['render'] = (now) => cardAfter(now, saved, press, target, council);
  if (saved.change === undefined) return unchanged(render);
  const { review } = plr;
  const kept =
    review.state === 'not-returned' ? keptAfterClosing(review, saved.change, council) : saved.change;
  return { ...kept, render };
}

function cardAfter(
  plr: Plr,
  saved: SavedStep,
  press: SavePress,
  target: string | undefined,
  council: CouncilContext,
): CardContent {
  const { draft, heldBack, change } = saved;
  if (heldBack.length > 0) {
    if (leavesUnconfirmed(saved, press)) return leftCard(plr, draft, council);
    const step = stepsOfDraft(draft, council).find(({ id }) => id === press.step) as Step;
    const held = { heldBack, goingTo: target ?? press.step, checking: press.checking };
    return heldBackCard(plr, draft, step, held, council);
  }
  // This card may be a reminder that is redrawn now, so a form on it would be lost with what is typed in it.
  if (change?.messages.some(({ card }) => card === settledCard) === true)
    return leftCard(plr, draft, council, settledInWords(plr, council));
  const from = stepsOfDraft(draft, council).find(({ id }) => id === press.step) as Step;
  const kept = keptInWords(emptyYetKept(press, from, draft));
  if (press.then === 'later')
    return leftCard(plr, draft, council, `Saved. You can go on at any time. ${kept}`.trim());
  if (isButtonAlone(press, from))
    return cardAt(plr, draft, press.step, council, toldByTheButton, press.checking);
  if (target === undefined)
    return cardAt(plr, draft, press.step, council, 'Saved. Choose the part to go to, then press Go.');
  const notice = `${noticeOf(plr, saved, press, council)} ${kept}`.trim();
  return cardAt(plr, draft, target, council, notice, press.then === 'check');
}

/** Texts that are saved, and did not come: emptied perhaps, but an empty one comes no more than one that was lost. */
function emptyYetKept(press: SavePress, step: Step, draft: DraftReview): string[] {
  const came = answersOf(press, step);
  const isKept = ({ id, kind }: Field) =>
    kind === 'text' && !came.has(id) && storedField(draft, id).text !== '';
  return fieldsOn(press, step)
    .filter(isKept)
    .map(({ label }) => label);
}

function keptInWords(labels: readonly string[]): string {
  if (labels.length === 0) return '';
  return `This came back empty and is kept as it was saved: “${labels.join('”, “')}”. To remove a text, go back and type a space in its place.`;
}

const toldByTheButton =
  'Saved. The team is being told now. What else you typed did not arrive: please look at it again here.';

function noticeOf(
  plr: Plr,
  { change }: SavedStep,
  { confirmed, then }: SavePress,
  council: CouncilContext,
): string {
  if (confirmed === true && plr.alert !== undefined)
    return change?.messages.some(({ card }) => card === 'alert') === true
      ? 'Saved. The team is being told now.'
      : 'The team has been told already.';
  return then === 'no-concern' ? settledInWords(plr, council) : '';
}

/** They have read that nobody is told and leave anyway, so their card says it first. */
function leavesUnconfirmed({ draft, heldBack }: SavedStep, { then, step, saves }: SavePress): boolean {
  const waiting = waitingIn(draft).find(({ danger }) => danger.step === step);
  if (then !== 'later' || waiting === undefined || saves < waiting.begun.save) return false;
  return heldBack.every(({ because }) => because === 'tells-the-team');
}

/** Undefined when they pressed Go without choosing a part that exists. */
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
    case 'danger':
      return known(dangerStep);
    case 'confirmed':
    case 'no-concern':
      return known(press.goTo) ?? known(press.onTo) ?? step.id;
    default:
      return assertNever(press.then);
  }
}
