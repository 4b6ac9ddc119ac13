import { may } from '../access.js';
import type { ActionHandler, CardContent, Presenter } from '../feature.js';
import type { House } from '../house.js';
import type { Plr } from '../plr.js';
import { plrKind } from '../plr-kind.js';
import { currentCard, drawn, refused, unchanged, unreadable, type Draw } from './answer-press.js';
import { changePlr } from './change-plr.js';
import { noConcernPress } from './read-press.js';
import { closedCard, draftCard } from './review-cards.js';
import { isClosed } from './review.js';
import { reminderKey, takeBack, unconfirmedIn } from './unconfirmed-concern.js';
import { settledInWords, unconfirmedCard } from './unconfirmed-concern-cards.js';

/** "No, there is no concern", from a card without the form. */
export const takeBackConcern: ActionHandler = async (data, turn) => {
  const press = noConcernPress.safeParse(data);
  if (!press.success) return unreadable();
  const { house } = turn;
  const reached = await changePlr<Draw>(press.data, 'fill in review', turn, (plr) => {
    const { review } = plr;
    if (review.state !== 'draft') return refused(plr, house);
    const { unconfirmed } = review;
    if (unconfirmed === undefined) return unchanged((now) => asSettled(now, house));
    if (unconfirmed.save !== press.data.seen)
      return unchanged((now) =>
        draftCard(now, review, house, 'This card was out of date, so nothing was changed.'),
      );
    return {
      change: takeBack(plr, review, unconfirmed, house.now),
      outcome: (now) => asSettled(now, house),
    };
  });
  return drawn(reached);
};

/** For whoever may fill in the review today. */
function toReviewer(draw: Presenter<Plr>['present']): Presenter<Plr> {
  return {
    kind: plrKind,
    present: (plr, message, house) => {
      const { to } = message;
      const viewer = 'person' in to ? house.organisation.people.get(to.person) : undefined;
      return viewer !== undefined && may(viewer, 'fill in review', plr, house)
        ? draw(plr, message, house)
        : { superseded: 'the review is not theirs any more' };
    },
  };
}

export const presentUnconfirmed = toReviewer((plr, { key }, house) => {
  const { review } = plr;
  const concern = unconfirmedIn(plr);
  const isThisOne = concern?.reminded.some((_, at) => key === reminderKey(plr, concern, at + 1));
  if (concern === undefined || isThisOne !== true)
    return { superseded: 'the concern was confirmed or taken back' };
  return isClosed(review) ? closedCard(plr, review, house) : unconfirmedCard(plr, concern, house);
});

/** What a reminder becomes: how the concern came out, with the way on. */
export const presentSettled = toReviewer((plr, _message, house) => asSettled(plr, house));

function asSettled(plr: Plr, house: House): CardContent {
  const { review } = plr;
  return review.state === 'draft'
    ? draftCard(plr, review, house, settledInWords(review))
    : currentCard(plr, house);
}
