import type { Feature } from '../feature.js';
import type { Plr } from '../plr.js';
import { plrKind } from '../plr-kind.js';
import type { Presenter } from '../feature.js';
import { assignmentCard } from './review-cards.js';

const assignment: Presenter<Plr> = {
  kind: plrKind,
  present: (plr, _message, house) =>
    plr.review.state === 'assigned' || plr.review.state === 'draft'
      ? assignmentCard(plr, house)
      : { superseded: `the review is ${plr.review.state}` },
};

export const reviewFeature: Feature = {
  presenters: { assignment },
};
