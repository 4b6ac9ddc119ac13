import { recipientOf } from '../plr/recipient.js';
import type { CardContent, Feature, Presenter } from '../surface/feature.js';
import { readPress, plrFor } from '../surface/press.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Person } from '../council/organisation.js';
import { addressPress } from '../forms/read-press.js';
import { personName } from '../council/words.js';
import { may } from '../plr/plr-access.js';
import { isOpen, type Plr } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import { moderatedNews, newsCard, returnedNews, sharedReview } from './cards.js';
import { sharingPart } from './part.js';

function toReader(draw: (plr: Plr, viewer: Person, council: CouncilContext) => CardContent): Presenter<Plr> {
  return {
    kind: plrKind,
    present: (plr, message, council) => {
      const viewer = recipientOf(message, council);
      return viewer !== undefined && may(viewer, 'read shared review', plr, council)
        ? draw(plr, viewer, council)
        : { superseded: 'it is not about their practice any more' };
    },
  };
}

const assessed: Presenter<Plr> = {
  kind: plrKind,
  present: (plr, _message, council) =>
    isOpen(plr) && plr.selfAssessment !== undefined
      ? newsCard(plr, {
          title: 'The self-assessment is written',
          text: `${personName(plr.practitionerId, council)} has written theirs for ${plr.ref}. Read it together when you talk.`,
          button: 'Open the review',
          verb: 'review.open',
        })
      : { superseded: 'the review is closed' },
};

const readShared = readPress({
  ...plrFor('read shared review'),
  reads: addressPress,
  show: (plr, _given, { actor, council }) =>
    plr.review.state === 'returned' ? sharedReview(plr, plr.review, actor, council) : undefined,
});

export const sharingFeature: Feature = {
  plrPart: sharingPart,
  verbs: { 'sharing.read': readShared },
  presenters: {
    'review-shared': toReader(returnedNews),
    'review-moderated': toReader(moderatedNews),
    'self-assessment-written': assessed,
  },
};
