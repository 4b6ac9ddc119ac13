import type { CardContent } from '../surface/feature.js';
import { noticeCard } from '../surface/help.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Plr } from '../plr/plr.js';
import { givenBack, textsIn } from '../council/words.js';
import { currentCard } from './cards-answer.js';
import { dangerOf, raises } from '../forms/dangers.js';
import { formOf, storedField } from '../forms/draft.js';
import { longText, stepsOf, type Field } from '../forms/form-steps.js';
import { answersOf, beforeIn, type SavePress } from '../forms/read-press.js';
import { overInWords } from './words.js';
import type { ClosedReview, ReturnedReview } from '../plr/review.js';
import { fingerprint, tellsTheTeam } from './decide-step.js';
import { waitingOn } from './part.js';
import { ringTheTeam, unconfirmedInWords } from './cards-unconfirmed.js';

/** What a press on a form becomes once its PLR was returned or closed: nothing is saved, and what was typed is given back. */
export function tooLateCard(
  plr: Plr,
  review: ReturnedReview | ClosedReview,
  press: SavePress,
  council: CouncilContext,
): CardContent {
  const news = newsIn(review, press, council);
  const known = new Set(textsIn(review));
  const texts = news.filter(({ field, typed }) => field.kind === 'text' && !known.has(typed.trim()));
  const wrote = givenBack(
    texts.map(({ typed }) => typed),
    2 * longText,
  );
  const over = overInWords(plr, review, council);
  const tells = news.some(
    ({ field, typed }) => tellsTheTeam(field.id, typed, plr) && !isSaid(review, field.id),
  );
  const waiting = waitingOn(plr).map((one) => unconfirmedInWords(one, council));
  if (tells || waiting.length > 0)
    return noticeCard(
      'Nobody has been told',
      [over, 'This was not saved.', ...waiting, ringTheTeam(plr, council)].join(' '),
      wrote,
    );
  if (wrote === '')
    return currentCard(plr, council, 'This PLR was returned already, so nothing was changed.');
  return noticeCard('This was not saved', `${over} Its answers cannot be changed any more.`, wrote);
}

/** What was answered since the card was drawn. */
function newsIn(
  review: ReturnedReview | ClosedReview,
  press: SavePress,
  council: CouncilContext,
): { readonly field: Field; readonly typed: string }[] {
  const answered = review.state === 'returned' ? review : review.draft;
  const form = answered === undefined ? council.forms.current : formOf(answered, council);
  const step = stepsOf(form).find(({ id }) => id === press.step);
  if (step === undefined) return [];
  const [answers, before] = [answersOf(press, step), beforeIn(press, step)];
  return step.fields
    .map((field) => ({ field, typed: answers.get(field.id) ?? '' }))
    .filter(({ field, typed }) => typed !== '' && before.get(field.id) !== fingerprint(typed));
}

/** Whether the PLR says so already: then the team has been told, and this is an old card. */
function isSaid(review: ReturnedReview | ClosedReview, field: string): boolean {
  if (review.state !== 'returned')
    return review.draft !== undefined && raises(field, storedField(review.draft, field).text) !== undefined;
  const { concern, overall } = review.answers;
  return dangerOf(field)?.because === 'immediate-concern'
    ? concern?.immediate === true
    : overall?.grade === 'inadequate';
}
