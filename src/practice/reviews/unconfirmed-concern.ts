import { may } from '../plr/plr-access.js';
import { qaLeads } from '../alerts/people-of-alert.js';
import { whoHasItToDo } from '../plr/whose-to-do.js';
import type { House } from '../council/house.js';
import type { PersonId } from '../base/ids.js';
import { isAtWork } from '../council/staff.js';
import { plrKey, type Plr } from '../plr/plr.js';
import type { PlrPart } from '../plr/plr-kind.js';
import type { Change, Message } from '../plr/ports.js';
import { addHours, type Instant } from '../base/time.js';
import { concernField } from '../forms/draft.js';
import { isClosed, type DraftReview, type UnconfirmedConcern } from '../plr/review.js';

/** Hours from the yes to the first reminder, and from the first to the last. */
const reminderHours = [0.5, 1.5] as const;

export function unconfirmedIn({ review }: Plr): UnconfirmedConcern | undefined {
  if (review.state === 'draft') return review.unconfirmed;
  return isClosed(review) ? review.draft?.unconfirmed : undefined;
}

export function withUnconfirmed(
  draft: DraftReview,
  unconfirmed: UnconfirmedConcern | undefined,
): DraftReview {
  const { unconfirmed: before, ...rest } = draft;
  if (unconfirmed === before) return draft;
  return unconfirmed === undefined ? rest : { ...rest, unconfirmed };
}

export function isLastReminder({ reminded }: UnconfirmedConcern): boolean {
  return reminded.length >= reminderHours.length;
}

/** "No, there is no concern": the answer is no, and nobody was told. */
export function takeBack(plr: Plr, draft: DraftReview, was: UnconfirmedConcern, now: Instant): Change<Plr> {
  const saves = draft.saves + 1;
  const typed = { ...draft.typed, [concernField]: { text: 'no', save: saves } };
  const review = { ...withUnconfirmed(draft, undefined), typed, saves, savedAt: now };
  return { state: { ...plr, review }, did: tookBack, messages: settledCards(plr, was) };
}

export const began = 'began an immediate concern: not confirmed, nobody told';
export const tookBack = 'took back an unconfirmed immediate concern: nobody told';

/** The card that a reminder becomes. */
export const settledCard = 'concern-settled';

/** The reminders that stand in the chat are redrawn once they are no longer true. */
export function settledCards(plr: Plr, concern: UnconfirmedConcern): Message[] {
  return concern.reminded.map(({ to }, at) => {
    const redraws = reminderKey(plr, concern, at + 1);
    const key = `${redraws}.settled`;
    return { ...about(plr), key, to: { person: to }, card: settledCard, urgency: 'answer', redraws };
  });
}

/** Reminds whoever began it, and nobody else while they are there: an accidental press must not raise an alert. */
export const unconfirmedConcernPart: PlrPart = {
  of: 'concern',
  dueAt: (plr) => {
    const concern = unconfirmedIn(plr);
    return concern === undefined ? undefined : nextReminder(plr, concern);
  },
  whenDue: (plr, now, house) => {
    const concern = unconfirmedIn(plr);
    return concern === undefined ? undefined : remind(plr, concern, now, house);
  },
};

/** Once more, at once, when the PLR is closed over it: from then on it cannot be confirmed. */
function nextReminder({ review }: Plr, { since, reminded }: UnconfirmedConcern): Instant | undefined {
  if (isClosed(review)) return reminded.some(({ at }) => at >= review.at) ? undefined : review.at;
  const hours = reminderHours[reminded.length];
  return hours === undefined ? undefined : addHours(reminded.at(-1)?.at ?? since, hours);
}

function remind(plr: Plr, concern: UnconfirmedConcern, now: Instant, house: House): Change<Plr> {
  const to = whoIsAsked(plr, concern, house);
  const after = { ...concern, reminded: [...concern.reminded, { to, at: now }] };
  const key = reminderKey(plr, concern, after.reminded.length);
  const message: Message = {
    ...about(plr),
    key,
    to: { person: to },
    card: 'unconfirmed-concern',
    urgency: 'alert',
  };
  return {
    state: withReminded(plr, after),
    did: 'reminded of an immediate concern that is not confirmed',
    messages: [...(isClosed(plr.review) ? settledCards(plr, concern) : []), message],
  };
}

/**
 * Who began it; whoever has the review to do now, if that person may not any more. When neither is there, a QA
 * lead: what was begun is not to go with whoever began it.
 */
function whoIsAsked(plr: Plr, { by }: UnconfirmedConcern, house: House): PersonId {
  const isThere = (id: PersonId) => {
    const person = house.organisation.people.get(id);
    const mayAnswer = person !== undefined && may(person, 'fill in review', plr, house);
    // An absence that has closed the PLR keeps them from this, too.
    return mayAnswer && (!isClosed(plr.review) || isAtWork(id, house));
  };
  return [by, whoHasItToDo(plr)].find(isThere) ?? qaLeads(house)[0] ?? by;
}

function withReminded(plr: Plr, unconfirmed: UnconfirmedConcern): Plr {
  const { review } = plr;
  if (review.state === 'draft') return { ...plr, review: { ...review, unconfirmed } };
  if (!isClosed(review) || review.draft === undefined) return plr;
  return { ...plr, review: { ...review, draft: { ...review.draft, unconfirmed } } };
}

export function reminderKey({ ref }: Plr, { save }: UnconfirmedConcern, number: number): string {
  return `unconfirmed-concern.${ref}.${save}.${number}`;
}

function about({ cycleId, ref }: Plr) {
  return { about: plrKey(cycleId, ref) };
}
