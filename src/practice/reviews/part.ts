import { may } from '../plr/plr-access.js';
import { qaLeadsToNotify } from '../alerts/people-of-alert.js';
import { raiseAlert } from '../alerts/decide-raising.js';
import { whoHasItToDo } from '../plr/whose-to-do.js';
import type { CouncilContext } from '../council/council-context.js';
import type { PersonId } from '../base/ids.js';
import { isAtWork, isHere } from '../council/staff.js';
import { plrKey, type Plr } from '../plr/plr.js';
import type { PlrPart } from '../plr/plr-kind.js';
import type { Change, Message } from '../plr/ports.js';
import { isPurged } from '../plr/retention.js';
import { addMinutes, earlier, halfwayBetween, type Instant } from '../base/time.js';
import { waitingIn, withWaiting, type Danger, type WaitingAlert } from '../forms/dangers.js';
import { isClosed, type BegunAlert, type DraftReview, type Unconfirmed } from '../plr/review.js';

/** An alert does not wait for its confirmation for ever (docs/domain.md, 4.3). */
const defaultConcernMinutes = 30;

/** Begins with an answer that tells the team, and is not confirmed. */
export function begunNow(by: PersonId, save: number, { now, concernMinutes }: CouncilContext): Unconfirmed {
  const goesOutAt = addMinutes(now, concernMinutes ?? defaultConcernMinutes);
  return { by, since: now, save, goesOutAt, reminded: [] };
}

export function goesOutAt(begun: Unconfirmed): Instant {
  return begun.goesOutAt ?? addMinutes(begun.since, defaultConcernMinutes);
}

/** What was written, also of a review that was closed unfinished. */
export function draftOn({ review }: Plr): DraftReview | undefined {
  if (review.state === 'draft') return review;
  return isClosed(review) ? review.draft : undefined;
}

/** What waits on a PLR; nothing once its words were removed. */
export function waitingOn(plr: Plr): WaitingAlert[] {
  const draft = draftOn(plr);
  return draft === undefined || isPurged(plr) ? [] : waitingIn(draft);
}

/** "No, there is no concern": the answer is taken back, and nobody was told. */
export function takeBack(
  plr: Plr,
  waiting: WaitingAlert,
  by: PersonId,
  council: CouncilContext,
): Change<Plr> {
  const state = withAnswer(plr, waiting, waiting.danger.takenBackAs, council.now);
  const messages = settledCards(plr, waiting.begun);
  return {
    state: ended(state, waiting, { end: 'taken-back', by }, council),
    did: took(waiting.danger),
    messages,
  };
}

/** "Tell the team now", from a card without the form. */
export function tellNow(plr: Plr, waiting: WaitingAlert, by: PersonId, council: CouncilContext): Change<Plr> {
  return tellTheTeam(plr, waiting, { end: 'confirmed', by }, council);
}

/**
 * Neither confirmed nor taken back: the team is told, and that nobody confirmed it. A danger is a danger, whatever
 * became of the PLR or of its manager meanwhile.
 */
function goOut(plr: Plr, waiting: WaitingAlert, council: CouncilContext): Change<Plr> {
  const { state, messages } = tellTheTeam(plr, waiting, { end: 'by-itself' }, council);
  const did = `${waiting.danger.because} went out by itself: not confirmed`;
  return { state, did, messages: [...messages, ...newsFor(plr, waiting.begun, council)] };
}

function tellTheTeam(plr: Plr, waiting: WaitingAlert, how: How, council: CouncilContext): Change<Plr> {
  const { danger, begun } = waiting;
  const state = ended(withAnswer(plr, waiting, danger.answer, council.now), waiting, how, council);
  const raised = raiseAlert(state, danger.because, begun.by, council, {
    isSetAnew: true,
    at: clockOf(begun, council.now),
    ...(how.end === 'by-itself' ? { unconfirmedSince: begun.since } : {}),
  });
  // A form that was opened in a reminder’s place may stand there now, with what is being typed in it.
  const isInForm = how.end === 'by-itself' && plr.review.state === 'draft';
  const settled = isInForm ? [] : settledCards(plr, begun);
  return {
    state: raised.plr,
    did: `confirmed ${danger.because}`,
    messages: [...raised.messages, ...settled],
  };
}

/** The alert’s clock runs from the confirmation, and at the latest from when it should have gone out. */
export function clockOf(begun: Unconfirmed, now: Instant): Instant {
  return earlier(goesOutAt(begun), now);
}

interface How {
  readonly end: BegunAlert['end'];
  readonly by?: PersonId;
}

/** Keeps on the PLR how one that was begun has ended. */
export function ended(
  plr: Plr,
  { danger, begun }: WaitingAlert,
  { end, by }: How,
  { now }: CouncilContext,
): Plr {
  const one: BegunAlert = {
    because: danger.because,
    by: begun.by,
    since: begun.since,
    save: begun.save,
    end,
    endedAt: now,
    ...(by === undefined ? {} : { endedBy: by }),
  };
  return { ...plr, begun: [...(plr.begun ?? []), one] };
}

function withAnswer(plr: Plr, { danger }: WaitingAlert, text: string, now: Instant): Plr {
  const draft = draftOn(plr);
  if (draft === undefined) return plr;
  const saves = draft.saves + 1;
  const typed = { ...draft.typed, [danger.field]: { text, save: saves } };
  return withDraft(plr, { ...withWaiting(draft, danger, undefined), typed, saves, savedAt: now });
}

function withDraft(plr: Plr, draft: DraftReview): Plr {
  const { review } = plr;
  if (review.state === 'draft') return { ...plr, review: draft };
  return isClosed(review) ? { ...plr, review: { ...review, draft } } : plr;
}

export const began: Readonly<Record<Danger['because'], string>> = {
  'immediate-concern': 'began an immediate concern: not confirmed, nobody told',
  inadequate: 'began an overall grade that tells the team: not confirmed, nobody told',
};
const tookBack: Readonly<Record<Danger['because'], string>> = {
  'immediate-concern': 'took back an unconfirmed immediate concern: nobody told',
  inadequate: 'took back an unconfirmed overall grade: nobody told',
};
export function took({ because }: Danger): string {
  return tookBack[because];
}

/** The card that a reminder becomes, and the one that tells whoever began it that it went out. */
export const settledCard = 'concern-settled';
export const wentOutCard = 'concern-went-out';

/** The reminders that stand in the chat are redrawn once they are no longer true. */
export function settledCards(plr: Plr, begun: Unconfirmed): Message[] {
  return begun.reminded.map(({ to }, at) => {
    const redraws = reminderKey(plr, begun, at + 1);
    const key = `${redraws}.settled`;
    return { ...about(plr), key, to: { person: to }, card: settledCard, urgency: 'answer', redraws };
  });
}

function newsFor(plr: Plr, begun: Unconfirmed, council: CouncilContext): Message[] {
  if (!isHere(begun.by, council)) return [];
  const key = wentOutKey(plr, begun);
  return [{ ...about(plr), key, to: { person: begun.by }, card: wentOutCard, urgency: 'alert' }];
}

/** What waits for its time: one reminder to whoever began it, then the alert. */
export const unconfirmedConcernPart: PlrPart = {
  of: 'concern',
  dueAt: (plr) =>
    waitingOn(plr)
      .map(({ begun }) => nextTime(plr, begun))
      .sort()[0],
  whenDue: (plr, now, council) => {
    const waiting = waitingOn(plr);
    const over = waiting.find(({ begun }) => goesOutAt(begun) <= now);
    if (over !== undefined) return goOut(plr, over, council);
    const due = waiting.find(({ begun }) => nextTime(plr, begun) <= now);
    return due === undefined ? undefined : remind(plr, due, now, council);
  },
};

function nextTime(plr: Plr, begun: Unconfirmed): Instant {
  const out = goesOutAt(begun);
  return earlier(nextReminder(plr, begun) ?? out, out);
}

/** Halfway. Once more, at once, when the PLR is closed over it, as there may be no form to answer it in from then on. */
function nextReminder({ review }: Plr, begun: Unconfirmed): Instant | undefined {
  const { since, reminded } = begun;
  if (isClosed(review) && since <= review.at)
    return reminded.some(({ at }) => at >= review.at) ? undefined : review.at;
  return reminded.length > 0 ? undefined : halfwayBetween(since, goesOutAt(begun));
}

function remind(
  plr: Plr,
  { danger, begun }: WaitingAlert,
  now: Instant,
  council: CouncilContext,
): Change<Plr> {
  const to = whoIsAsked(plr, begun, council);
  const after = { ...begun, reminded: [...begun.reminded, { to, at: now }] };
  const key = reminderKey(plr, begun, after.reminded.length);
  const message: Message = {
    ...about(plr),
    key,
    to: { person: to },
    card: 'unconfirmed-concern',
    urgency: 'alert',
  };
  const draft = draftOn(plr);
  return {
    state: draft === undefined ? plr : withDraft(plr, withWaiting(draft, danger, after)),
    did: `reminded of ${danger.because} that is not confirmed`,
    messages: [...(isClosed(plr.review) ? settledCards(plr, begun) : []), message],
  };
}

/**
 * Who began it; whoever has the review to do now, if that person may not any more. When neither is there, a QA
 * lead: what was begun is not to go with whoever began it.
 */
function whoIsAsked(plr: Plr, { by }: Unconfirmed, council: CouncilContext): PersonId {
  const isThere = (id: PersonId) => {
    const person = council.organisation.people.get(id);
    const mayAnswer = person !== undefined && may(person, 'fill in review', plr, council);
    // An absence that has closed the PLR keeps them from this, too.
    return mayAnswer && (!isClosed(plr.review) || isAtWork(id, council));
  };
  return [by, whoHasItToDo(plr)].find(isThere) ?? qaLeadsToNotify(council)[0] ?? by;
}

export function reminderKey({ ref }: Plr, { save }: Unconfirmed, number: number): string {
  return `unconfirmed-concern.${ref}.${save}.${number}`;
}

export function wentOutKey({ ref }: Plr, { save }: Pick<Unconfirmed, 'save'>): string {
  return `unconfirmed-concern.${ref}.${save}.went-out`;
}

function about({ cycleId, ref }: Plr) {
  return { about: plrKey(cycleId, ref) };
}
