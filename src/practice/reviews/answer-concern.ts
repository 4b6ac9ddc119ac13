import { isHere } from '../council/staff.js';
import { recipientOf } from '../plr/recipient.js';
import { may } from '../plr/plr-access.js';
import type { ActionHandler, CardContent, Presenter, Superseded } from '../surface/feature.js';
import { noticeCard } from '../surface/help.js';
import type { House } from '../council/house.js';
import type { Plr } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import type { Message } from '../plr/ports.js';
import { currentCard, drawn, refused, unchanged, unreadable, type Draw } from './answer-press.js';
import { changePlr } from './change-plr.js';
import { overInWords } from './over-in-words.js';
import { waitingPress } from '../forms/read-press.js';
import { draftCard } from './review-cards.js';
import { isClosed } from '../plr/review.js';
import { draftOn, reminderKey, takeBack, tellNow, waitingOn, wentOutKey } from './unconfirmed-concern.js';
import {
  closedOverCard,
  settledInWords,
  standInCard,
  standInSettledCard,
  unconfirmedCard,
  wentOutNotice,
} from './unconfirmed-concern-cards.js';

/** An answer from a card without the form to what waits: it is taken back, or the team is told now. */
function answer(decide: typeof takeBack): ActionHandler {
  return async (data, turn) => {
    const press = waitingPress.safeParse(data);
    if (!press.success) return unreadable();
    const { house, actor } = turn;
    const reached = await changePlr<Draw>(press.data, 'fill in review', turn, (plr) => {
      if (draftOn(plr) === undefined) return refused(plr, house);
      const waiting = waitingOn(plr);
      const one = waiting.find(({ begun }) => begun.save === press.data.seen);
      const outcome: Draw = (now) => asSettled(now, house);
      if (one !== undefined) return { change: decide(plr, one, actor.id, house), outcome };
      return unchanged(waiting.length === 0 ? outcome : (now) => outOfDate(now, house));
    });
    return drawn(reached);
  };
}

/** "No, there is no concern", or "Take the grade back". */
export const takeBackConcern = answer(takeBack);
export const tellTheTeamNow = answer(tellNow);

function outOfDate(plr: Plr, house: House): CardContent {
  const { review } = plr;
  return review.state === 'draft'
    ? draftCard(plr, review, house, 'This card was out of date, so nothing was changed.')
    : currentCard(plr, house);
}

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
  const waiting = waitingOn(plr).find(({ begun }) =>
    begun.reminded.some((_, at) => key === reminderKey(plr, begun, at + 1)),
  );
  if (waiting === undefined) return { superseded: 'it was confirmed, taken back, or has gone out' };
  if (!mayAnswer) return standInCard(plr, waiting, house);
  return isClosed(review)
    ? closedOverCard(plr, review, waiting, house)
    : unconfirmedCard(plr, waiting, house);
});

/** What a reminder becomes: how the concern came out, with the way on. */
export const presentSettled = presenter((plr, _message, mayAnswer, house) => {
  if (mayAnswer) return asSettled(plr, house);
  const [waiting] = waitingOn(plr);
  return waiting === undefined ? standInSettledCard(plr) : standInCard(plr, waiting, house);
});

/** For whoever began it, while they are here, whatever became of the review. */
export const presentWentOut: Presenter<Plr> = {
  kind: plrKind,
  present: (plr, message, house) => {
    const viewer = recipientOf(message, house);
    const one = plr.begun?.find(
      ({ end, ...begun }) => end === 'by-itself' && message.key === wentOutKey(plr, begun),
    );
    if (one === undefined) return { superseded: 'it has not gone out' };
    return viewer !== undefined && isHere(viewer.id, house)
      ? wentOutNotice(plr, one, house)
      : { superseded: 'they have left' };
  },
};

function asSettled(plr: Plr, house: House): CardContent {
  const { review } = plr;
  const notice = settledInWords(plr, house);
  if (review.state === 'draft') return draftCard(plr, review, house, notice);
  return notice === '' || !isClosed(review)
    ? currentCard(plr, house)
    : noticeCard('This PLR is closed', `${overInWords(plr, review, house)} ${notice}`);
}
