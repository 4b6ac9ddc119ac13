import type { CardContent } from '../surface/feature.js';
import type { CouncilContext } from '../council/council-context.js';
import { dateInWords, personName } from '../council/words.js';
import { dangerStep, dangerTitle } from '../forms/dangers.js';
import { stepsOfDraft } from '../forms/draft.js';
import type { Plr } from '../plr/plr.js';
import type { DraftReview, NotReturnedReview } from '../plr/review.js';
import { draftCard } from './cards.js';
import { closedOverCard, ringTheTeam } from './cards-unconfirmed.js';
import { waitingOn } from './part.js';
import { overInWords } from './words.js';

/** Above each part of the form that is opened once its cycle has closed. */
export const cannotBeReturned =
  'This cycle has closed, so this review can no longer be returned. What you type is kept, and a concern still tells the team.';

/** Its cycle closed before it was returned: what was typed is kept, and a concern can still be raised. */
export function notReturnedCard(
  plr: Plr,
  review: NotReturnedReview,
  council: CouncilContext,
  notice = '',
): CardContent {
  const [waiting] = waitingOn(plr);
  if (waiting !== undefined) return closedOverCard(plr, review, waiting, council);
  const { draft, purgedAt } = review;
  const isKept = draft !== undefined && purgedAt === undefined;
  const kept = isKept ? ' What you typed is kept.' : '';
  return {
    template: 'review/not-returned',
    summary: 'A Practice Learning Review was not returned',
    data: {
      notice,
      hasNotice: notice !== '',
      text: `${overInWords(plr, review, council)} It can no longer be returned.${kept} If it should still be done, ask the QA Service to open the cycle again.`,
      danger: `${ringTheTeam(plr, council)} Then press “${dangerTitle}”.`,
      facts: [
        { title: 'Reference', value: plr.ref },
        { title: 'With', value: personName(plr.practitionerId, council) },
        { title: 'Was due', value: dateInWords(plr.dueOn) },
      ],
      buttons: [
        ...(isKept ? [toPart(plr, 'See what you wrote', partOf(draft, council))] : []),
        toPart(plr, dangerTitle, dangerStep, 'destructive'),
      ],
    },
  };
}

/** Where it was left; the first part, where that was the page on which it would have been returned. */
function partOf(draft: DraftReview, council: CouncilContext): string {
  const steps = stepsOfDraft(draft, council);
  return (steps.find(({ id }) => id === draft.at) ?? steps[0])?.id ?? draft.at;
}

function toPart(
  { cycleId: cycle, ref }: Plr,
  title: string,
  goTo: string,
  style: 'default' | 'destructive' = 'default',
) {
  return { title, style, verb: 'review.go', data: { cycle, ref, goTo } };
}

/** What stands in the chat for a review that was begun. */
export function leftCard(plr: Plr, draft: DraftReview, council: CouncilContext, notice = ''): CardContent {
  const { review } = plr;
  return review.state === 'not-returned'
    ? notReturnedCard(plr, review, council, notice)
    : draftCard(plr, draft, council, notice);
}
