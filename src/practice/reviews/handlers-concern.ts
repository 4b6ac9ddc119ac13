import { isHere } from '../council/staff.js';
import { recipientOf } from '../plr/recipient.js';
import { may } from '../plr/plr-access.js';
import type { CardContent, Presenter, Superseded, Verb } from '../surface/feature.js';
import { noticeCard } from '../surface/help.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Plr } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import type { Message } from '../plr/ports.js';
import { currentCard, nothingToReturn, unchanged, type Renders } from './cards-answer.js';
import { reviewPress } from './handlers.js';
import { overInWords } from './words.js';
import { waitingPress } from '../forms/read-press.js';
import { draftCard } from './cards.js';
import { isClosed } from '../plr/review.js';
import { draftOn, reminderKey, takeBack, tellNow, waitingOn, wentOutKey } from './part.js';
import {
  closedOverCard,
  settledInWords,
  standInCard,
  standInSettledCard,
  unconfirmedCard,
  wentOutNotice,
} from './cards-unconfirmed.js';

/** An answer from a card without the form to what waits: it is taken back, or the team is told now. */
function answer(decide: typeof takeBack): Verb {
  return reviewPress(waitingPress, (plr, { seen }, { actor, council }) => {
    if (draftOn(plr) === undefined) return nothingToReturn(plr, council);
    const waiting = waitingOn(plr);
    const one = waiting.find(({ begun }) => begun.save === seen);
    const render: Renders['render'] = (now) => asSettled(now, council);
    if (one !== undefined) return { ...decide(plr, one, actor.id, council), render };
    return unchanged(waiting.length === 0 ? render : (now) => outOfDate(now, council));
  });
}

/** "No, there is no concern", or "Take the grade back". */
export const takeBackConcern = answer(takeBack);
export const tellTheTeamNow = answer(tellNow);

function outOfDate(plr: Plr, council: CouncilContext): CardContent {
  const { review } = plr;
  return review.state === 'draft'
    ? draftCard(plr, review, council, 'This card was out of date, so nothing was changed.')
    : currentCard(plr, council);
}

/** Somebody who stands in for an absent manager has no form in which to answer it. */
function presenter(
  draw: (plr: Plr, message: Message, mayAnswer: boolean, council: CouncilContext) => Drawn,
): Presenter<Plr> {
  return {
    kind: plrKind,
    present: (plr, message, council) => {
      const viewer = recipientOf(message, council);
      const mayAnswer = viewer !== undefined && may(viewer, 'fill in review', plr, council);
      const standsIn = viewer !== undefined && may(viewer, 'oversee alert', plr, council);
      if (!mayAnswer && !standsIn) return { superseded: 'the review is not theirs any more' };
      return draw(plr, message, mayAnswer, council);
    },
  };
}
type Drawn = CardContent | Superseded;

export const presentUnconfirmed = presenter((plr, { key }, mayAnswer, council) => {
  const { review } = plr;
  const waiting = waitingOn(plr).find(({ begun }) =>
    begun.reminded.some((_, at) => key === reminderKey(plr, begun, at + 1)),
  );
  if (waiting === undefined) return { superseded: 'it was confirmed, taken back, or has gone out' };
  if (!mayAnswer) return standInCard(plr, waiting, council);
  return isClosed(review)
    ? closedOverCard(plr, review, waiting, council)
    : unconfirmedCard(plr, waiting, council);
});

/** What a reminder becomes: how the concern came out, with the way on. */
export const presentSettled = presenter((plr, _message, mayAnswer, council) => {
  if (mayAnswer) return asSettled(plr, council);
  const [waiting] = waitingOn(plr);
  return waiting === undefined ? standInSettledCard(plr) : standInCard(plr, waiting, council);
});

/** For whoever began it, while they are here, whatever became of the review. */
export const presentWentOut: Presenter<Plr> = {
  kind: plrKind,
  present: (plr, message, council) => {
    const viewer = recipientOf(message, council);
    const one = plr.begun?.find(
      ({ end, ...begun }) => end === 'by-itself' && message.key === wentOutKey(plr, begun),
    );
    if (one === undefined) return { superseded: 'it has not gone out' };
    return viewer !== undefined && isHere(viewer.id, council)
      ? wentOutNotice(plr, one, council)
      : { superseded: 'they have left' };
  },
};

function asSettled(plr: Plr, council: CouncilContext): CardContent {
  const { review } = plr;
  const notice = settledInWords(plr, council);
  if (review.state === 'draft') return draftCard(plr, review, council, notice);
  return notice === '' || !isClosed(review)
    ? currentCard(plr, council)
    : noticeCard('This PLR is closed', `${overInWords(plr, review, council)} ${notice}`);
}
