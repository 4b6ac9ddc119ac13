import { hoursInWords, ladderOf } from '../council/ladder.js';
import { joins } from '../alerts/decide-raising.js';
import type { CardContent } from '../surface/feature.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Plr } from '../plr/plr.js';
import { timeOfDay } from '../council/words.js';
import { problemsOf } from '../forms/check-review.js';
import { raises, waitingIn } from '../forms/dangers.js';
import type { Step } from '../forms/form-steps.js';
import type { DraftReview } from '../plr/review.js';
import type { HeldBack } from './decide-step.js';
import { stepCard } from './cards-step.js';
import { goesOutAt } from './part.js';

export interface HeldBackOnCard {
  readonly heldBack: readonly HeldBack[];
  /** Where a confirmed save goes on to; empty to stay. */
  readonly goingTo: string;
  readonly checking: boolean;
  /** A plain sentence before those about what is held back. */
  readonly notice?: string;
}

/** A step that still has what could not be saved, or waits to be confirmed, in it. */
export function heldBackCard(
  plr: Plr,
  draft: DraftReview,
  step: Step,
  { heldBack, goingTo, checking, notice = '' }: HeldBackOnCard,
  council: CouncilContext,
): CardContent {
  const tells = heldBack.some(({ because }) => because === 'tells-the-team');
  const why = tells
    ? `Nobody is told yet. ${goesOutInWords(draft, heldBack, council)}${whomItTells(plr, heldBack, council)} What else you typed is saved. Press “Save and tell the team now”, or change your answer.`
    : 'Not all of this could be saved. What you typed is still here: please look at the marked answers.';
  return stepCard(plr, draft, step, council, {
    notice: `${notice} ${why}`.trim(),
    heldBack,
    goingTo,
    ...(checking ? { problems: problemsOf(draft, council) } : {}),
  });
}

function goesOutInWords(
  draft: DraftReview,
  heldBack: readonly HeldBack[],
  { timeZone }: CouncilContext,
): string {
  const waiting = waitingIn(draft).find(({ danger }) => heldBack.some(({ field }) => field === danger.field));
  if (waiting === undefined) return '';
  return `It goes out by itself at ${timeOfDay(goesOutAt(waiting.begun), timeZone)} unless you take it back. `;
}

/**
 * Asks for confirmation in plain words, for a second reason too: what it adds to the existing alert, or that it
 * raises it afresh (docs/domain.md, 4.3).
 */
function whomItTells({ alert }: Plr, heldBack: readonly HeldBack[], council: CouncilContext): string {
  if (alert === undefined)
    return 'Saving it tells the team at once: the social worker, the Team Manager, the QA lead and, without a detail, the team’s channel.';
  const reasons = heldBack.flatMap(({ field, typed }) => raises(field, typed) ?? []);
  if (!reasons.every((because) => joins(alert, because)))
    return `Saving it tells the team at once, and raises the alert again: everyone is told afresh, and a new ${hoursInWords(ladderOf(council), 'begin', 'begins')}.`;
  const clock =
    alert.state === 'raised' ? `, and its ${hoursInWords(alert.ladder, 'run on', 'runs on')}` : '';
  return `Saving it tells the team at once of a second reason. It joins the alert that is open: everyone who has it is told${clock}.`;
}
