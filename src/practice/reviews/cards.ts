import type { CardContent } from '../surface/feature.js';
import { noticeCard } from '../surface/help.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Plr } from '../plr/plr.js';
import { cohortInWords, dateInWords, personName, teamName } from '../council/words.js';
import { waitingIn } from '../forms/dangers.js';
import { stepsOfDraft } from '../forms/draft.js';
import { overInWords } from './words.js';
import type { ClosedReview, DraftReview } from '../plr/review.js';
import { waitingOn } from './part.js';
import { closedOverCard, waitingButtons, unconfirmedInWords, type Button } from './cards-unconfirmed.js';

/** The card that brings a manager their PLR: which, with whom, by when, and one button to start. */
export function assignmentCard(plr: Plr, council: CouncilContext, notice = ''): CardContent {
  return invitation(plr, council, {
    notice,
    title: 'Your Practice Learning Review',
    where: [],
    buttons: [begin(plr, 'Start the review')],
  });
}

/** A draft that was left: how far it has got, and one button to go on. What waits to be confirmed comes first. */
export function draftCard(plr: Plr, draft: DraftReview, council: CouncilContext, notice = ''): CardContent {
  const waiting = waitingIn(draft);
  const [first] = waiting;
  return invitation(plr, council, {
    title: 'Your Practice Learning Review, begun',
    where: [{ title: 'You are at', value: whereInWords(draft, council) }],
    ...(first === undefined
      ? { notice, buttons: [begin(plr, 'Go on with the review')] }
      : {
          notice: [...waiting.map((one) => unconfirmedInWords(one, council)), notice].join(' ').trim(),
          noticeStyle: 'attention',
          buttons: waitingButtons(plr, first),
        }),
  });
}

function begin({ cycleId: cycle, ref }: Plr, title: string): Button {
  return { title, style: 'positive', verb: 'review.open', data: { cycle, ref } };
}

/** Not once the QA Service completes it, because then its manager has nothing left to do. */
function askForChange({ cycleId: cycle, ref, qaCompletes }: Plr): Button[] {
  return qaCompletes === undefined
    ? [{ title: 'Ask for a change', style: 'default', verb: 'change.ask', data: { cycle, ref } }]
    : [];
}

/** `5 of 14, Recording` */
export function whereInWords(draft: DraftReview, council: CouncilContext): string {
  const steps = stepsOfDraft(draft, council);
  const at = steps.findIndex(({ id }) => id === draft.at);
  return at < 0 ? 'check and return' : `${at + 1} of ${steps.length}, ${steps[at]?.title}`;
}

interface Invitation {
  readonly title: string;
  readonly notice: string;
  readonly noticeStyle?: 'good' | 'attention';
  readonly where: readonly { readonly title: string; readonly value: string }[];
  readonly buttons: readonly Button[];
}

function invitation(
  plr: Plr,
  council: CouncilContext,
  { title, notice, noticeStyle = 'good', where, buttons }: Invitation,
): CardContent {
  return {
    template: 'review/assignment',
    summary: 'You have a Practice Learning Review to do',
    data: {
      notice,
      hasNotice: notice !== '',
      noticeStyle,
      title,
      buttons: [...buttons, ...askForChange(plr)],
      people: `Please review one child’s case together with ${personName(plr.practitionerId, council)} (${teamName(plr.teamId, council)}). It takes about an hour. Each part is saved as you go, so you can stop at any time.`,
      hasLine: plr.fromLastModeration !== undefined,
      line: plr.fromLastModeration ?? '',
      facts: [
        { title: 'Reference', value: plr.ref },
        { title: 'Case', value: plr.caseRef },
        { title: 'Cohort', value: cohortInWords(plr.cohort) },
        { title: 'Due', value: dateInWords(plr.dueOn) },
        ...where,
      ],
    },
  };
}

/** Exempted, re-drawn or withdrawn (docs/domain.md, 4.1): there is nothing left to do. */
export function closedCard(plr: Plr, review: ClosedReview, council: CouncilContext): CardContent {
  const [waiting] = waitingOn(plr);
  if (waiting !== undefined) return closedOverCard(plr, review, waiting, council);
  const over = overInWords(plr, review, council);
  return noticeCard('This PLR is closed', `${over} There is nothing for you to do, and nothing was changed.`);
}
