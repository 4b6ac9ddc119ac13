import { recipientOf } from '../plr/recipient.js';
import { may } from '../plr/plr-access.js';
import type { ActionHandler, CardContent, Presenter, Superseded } from '../surface/feature.js';
import type { House } from '../council/house.js';
import type { Plr } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import type { Message } from '../plr/ports.js';
import { currentCard, drawn, refused, unchanged, unreadable, type Draw } from './answer-press.js';
import { changePlr } from './change-plr.js';
import { noConcernPress } from '../forms/read-press.js';
import { closedCard, draftCard } from './review-cards.js';
import { isClosed } from '../plr/review.js';
import { reminderKey, takeBack, unconfirmedIn } from './unconfirmed-concern.js';
import {
  settledInWords,
  standInCard,
  standInSettledCard,
  unconfirmedCard,
} from './unconfirmed-concern-cards.js';

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

/** Somebody who stands in for an absent manager has no form in which to answer it. */
function presenter(
  draw: (plr: Plr, message: Message, mayAnswer: boolean, house: House) => Drawn,
): Presenter<Plr> {
  return {
    kind: plrKind,
    present: (plr, message, house) => {
      const viewer = recipientOf(message, house);
      const mayAnswer = viewer !== undefined && may(viewer, 'fill in review', plr, house);
      const standsIn = viewer !== undefined && may(viewer, 'oversee alert', plr, house);
      if (!mayAnswer && !standsIn) return { superseded: 'the review is not theirs any more' };
      return draw(plr, message, mayAnswer, house);
    },
  };
}
type Drawn = CardContent | Superseded;

export const presentUnconfirmed = presenter((plr, { key }, mayAnswer, house) => {
  const { review } = plr;
  const concern = unconfirmedIn(plr);
  const isThisOne = concern?.reminded.some((_, at) => key === reminderKey(plr, concern, at + 1));
  if (concern === undefined || isThisOne !== true)
    return { superseded: 'the concern was confirmed or taken back' };
  if (!mayAnswer) return standInCard(plr, concern, house);
  return isClosed(review) ? closedCard(plr, review, house) : unconfirmedCard(plr, concern, house);
});

/** What a reminder becomes: how the concern came out, with the way on. */
export const presentSettled = presenter((plr, _message, mayAnswer, house) => {
  if (mayAnswer) return asSettled(plr, house);
  const concern = unconfirmedIn(plr);
  return concern === undefined ? standInSettledCard(plr) : standInCard(plr, concern, house);
});

function asSettled(plr: Plr, house: House): CardContent {
  const { review } = plr;
  return review.state === 'draft'
    ? draftCard(plr, review, house, settledInWords(review))
    : currentCard(plr, house);
}
