import type { Feature, Presenter } from '../surface/feature.js';
import type { Plr } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import { openSelfAssessment, saveOwnAssessment, selfAssessmentCard } from './assess-yourself.js';
import { currentCard } from './answer-press.js';
import { finishLater, giveBackReview, goToStep, openReview } from './fill-in-review.js';
import { myReviews } from './my-reviews.js';
import { presentSettled, presentUnconfirmed, takeBackConcern } from './answer-concern.js';
import { assignmentCard, draftCard } from './review-cards.js';
import { saveReviewStep } from './save-review-step.js';
import { settledCard, unconfirmedConcernPart } from './unconfirmed-concern.js';

const assignment: Presenter<Plr> = {
  kind: plrKind,
  present: (plr, _message, house) => {
    const { review } = plr;
    if (review.state === 'assigned') return assignmentCard(plr, house);
    if (review.state === 'draft') return draftCard(plr, review, house);
    return { superseded: `the review is ${review.state}` };
  },
};

/** Takes the place of the assignment when the review is returned. */
const returned: Presenter<Plr> = {
  kind: plrKind,
  present: (plr, _message, house) => currentCard(plr, house),
};

const selfAssessment: Presenter<Plr> = {
  kind: plrKind,
  present: (plr, _message, house) => selfAssessmentCard(plr, house, { opensForm: true }),
};

export const reviewFeature: Feature = {
  plrPart: unconfirmedConcernPart,
  verbs: {
    'review.open': openReview,
    'review.save': saveReviewStep,
    'review.go': goToStep,
    'review.later': finishLater,
    'review.no-concern': takeBackConcern,
    'review.return': giveBackReview,
    'review.self-assessment': openSelfAssessment,
    'review.assess-yourself': saveOwnAssessment,
  },
  lists: ['my reviews'],
  commands: [myReviews],
  presenters: {
    assignment,
    returned,
    'self-assessment': selfAssessment,
    'unconfirmed-concern': presentUnconfirmed,
    [settledCard]: presentSettled,
  },
};
