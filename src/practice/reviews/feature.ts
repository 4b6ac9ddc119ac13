import type { Feature, Presenter } from '../surface/feature.js';
import type { Plr } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import { openSelfAssessment, saveOwnAssessment, selfAssessmentCard } from './handlers-self-assessment.js';
import { currentCard } from './cards-answer.js';
import { finishLater, giveBackReview, goToStep, openReview } from './handlers.js';
import { aChildIsUnsafe } from './handlers-danger.js';
import { myReviews } from './handlers-list.js';
import {
  presentSettled,
  presentUnconfirmed,
  presentWentOut,
  takeBackConcern,
  tellTheTeamNow,
} from './handlers-concern.js';
import { assignmentCard, draftCard } from './cards.js';
import { saveReviewStep } from './handlers-step.js';
import { settledCard, unconfirmedConcernPart, wentOutCard } from './part.js';

const assignment: Presenter<Plr> = {
  kind: plrKind,
  present: (plr, _message, council) => {
    const { review } = plr;
    if (review.state === 'assigned') return assignmentCard(plr, council);
    if (review.state === 'draft') return draftCard(plr, review, council);
    return { superseded: `the review is ${review.state}` };
  },
};

/** Takes the place of the assignment when the review is returned. */
const returned: Presenter<Plr> = {
  kind: plrKind,
  present: (plr, _message, council) => currentCard(plr, council),
};

const selfAssessment: Presenter<Plr> = {
  kind: plrKind,
  present: (plr, _message, council) => selfAssessmentCard(plr, council, { opensForm: true }),
};

export const reviewFeature: Feature = {
  plrPart: unconfirmedConcernPart,
  verbs: {
    'review.open': openReview,
    'review.save': saveReviewStep,
    'review.go': goToStep,
    'review.later': finishLater,
    'review.no-concern': takeBackConcern,
    'review.tell-now': tellTheTeamNow,
    'review.return': giveBackReview,
    'review.self-assessment': openSelfAssessment,
    'review.assess-yourself': saveOwnAssessment,
  },
  lists: ['my reviews'],
  commands: [myReviews, aChildIsUnsafe],
  presenters: {
    assignment,
    returned,
    'self-assessment': selfAssessment,
    'unconfirmed-concern': presentUnconfirmed,
    [settledCard]: presentSettled,
    [wentOutCard]: presentWentOut,
  },
};
