import { helpCard, noticeCard } from '../../../src/practice/surface/help.js';
import { selfAssessmentCard } from '../../../src/practice/reviews/handlers-self-assessment.js';
import { dangers } from '../../../src/practice/forms/dangers.js';
import { stepsOfDraft } from '../../../src/practice/forms/draft.js';
import { dangerCard } from '../../../src/practice/reviews/handlers-danger.js';
import { myReviewsCard } from '../../../src/practice/reviews/handlers-list.js';
import { draftCard } from '../../../src/practice/reviews/cards.js';
import { unconfirmedCard } from '../../../src/practice/reviews/cards-unconfirmed.js';
import type { DraftReview } from '../../../src/practice/plr/review.js';
import { stepCard } from '../../../src/practice/reviews/cards-step.js';
import { closedSince, currentCard } from '../../../src/practice/reviews/cards-answer.js';
import { summaryCard } from '../../../src/practice/reviews/cards-summary.js';
import type { PersonId, PlrRef } from '../../../src/practice/base/ids.js';
import { instant } from '../../../src/practice/base/time.js';
import { aContext } from '../a-context.js';
import { aReview } from '../a-plr.js';

import type { Presented } from '../presented.js';

const council = aContext();
const fromLastModeration = 'From your last moderation, to look at this time: the dates in the plan.';
const me = 'ash-manager' as PersonId;
const withSelf = {
  selfAssessment: {
    text: 'I saw her every week. I would ask school sooner.',
    savedAt: instant('2022-04-05T09:00:00Z'),
    saves: 1,
  },
};
const complete = aReview().complete().with(withSelf).build();
const gaps = aReview().complete().typing({ 'risk.grade': 'inadequate', 'risk.to-improve': '' }).build();
const draft = complete.review as DraftReview;
const gapsDraft = gaps.review as DraftReview;
const step = (id: string) => stepsOfDraft(draft, council).find((one) => one.id === id)!;
const unconfirmed = {
  by: me,
  since: instant('2022-04-06T09:05:00Z'),
  save: 2,
  goesOutAt: instant('2022-04-06T09:35:00Z'),
  reminded: [{ to: me, at: instant('2022-04-06T09:20:00Z') }],
};
const waiting = aReview()
  .with({ ref: 'PLR-9D2F6W' as PlrRef, review: { ...draft, at: 'concern', unconfirmed } })
  .build();
const returned = aReview()
  .returned()
  .with({ ref: 'PLR-4H8N2T' as PlrRef })
  .build();
export const presentedReviews: Presented = {
  'review/assignment': () =>
    draftCard(
      { ...waiting, fromLastModeration },
      waiting.review as DraftReview,
      council,
      'Saved. You can go on at any time.',
    ),
  'review/step': () =>
    stepCard(complete, draft, step('together'), council, {
      notice:
        'Not all of this could be saved. What you typed is still here: please look at the marked answers.',
      heldBack: [{ field: 'together.part', typed: 'Led the review.', because: 'saved-elsewhere' }],
    }),
  'review/summary': () =>
    summaryCard(gaps, gapsDraft, council, {
      notice: 'Some answers are missing. Nothing is lost: mend them, then return it.',
      checked: true,
    }),
  'review/returned': () =>
    currentCard(returned, council, 'This PLR was returned already, so nothing was changed.'),
  'review/not-returned': () => currentCard(aReview().complete().notReturned().build(), council, closedSince),
  'review/self-assessment': () =>
    selfAssessmentCard(complete, council, {
      notice: 'Saved. You can change it until the review is returned.',
    }),
  'review/danger': () =>
    dangerCard(council.organisation.people.get('ash-worker-first' as PersonId)!, council),
  'review/my-reviews': () => myReviewsCard([complete, returned, waiting], me, council),
  'review/unconfirmed-concern': () =>
    unconfirmedCard(waiting, { danger: dangers[0], begun: unconfirmed }, council),
  'home/help': () =>
    helpCard([
      {
        words: ['my reviews'],
        does: 'shows your reviews, when they are due, and where you left them',
      },
      { words: ['my actions'], does: 'shows the actions that are yours' },
    ]),
  'home/notice': () =>
    noticeCard(
      'This PLR is closed',
      'PLR-7K3M2Q was exempted on 5 April 2022. There is nothing for you to do.',
      'You wrote: “Visit the child at home”',
    ),
};
