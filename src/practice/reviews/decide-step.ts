import type { AlertReason } from '../plr/alert-reason.js';
import { raiseAlert, tellsAnew } from '../alerts/decide-raising.js';
import { tellOfChangedConcern } from '../alerts/decide-news.js';
import type { ConcernNews } from '../plr/alert.js';
import type { CouncilContext } from '../council/council-context.js';
import type { PersonId } from '../base/ids.js';
import type { Plr } from '../plr/plr.js';
import type { Change, Message } from '../plr/ports.js';
import { fnv1a32 } from '../base/keyed-order.js';
import { readDate, type Instant } from '../base/time.js';
import { dangers, raises, waitingIn, withWaiting, type WaitingAlert } from '../forms/dangers.js';
import { answeredField, storedField } from '../forms/draft.js';
import type { Field, Step } from '../forms/form-steps.js';
import type { DraftReview, TypedField, Unconfirmed } from '../plr/review.js';
import { began, begunNow, clockOf, ended, settledCards, took } from './part.js';

/** What one press on a step's card brings. */
export interface StepPress {
  readonly step: Step;
  /** The draft's `saves` when the card was drawn. */
  readonly saves: number;
  /** `fingerprint` of what each field shown had when the card was drawn. */
  readonly before: ReadonlyMap<string, number>;
  /** What each field shown says; empty when nothing was typed. */
  readonly typed: ReadonlyMap<string, string>;
  /** Fields that the card showed twice, because another device had saved them. */
  readonly shownTwice: ReadonlySet<string>;
  /** For those: which of the two is kept. */
  readonly keep: ReadonlyMap<string, 'mine' | 'saved'>;
  /** The person has been told that this tells the team. */
  readonly confirmed: boolean;
  /** Where the person wants to go: a step, or the summary. */
  readonly goTo: string;
}

/** Something typed that was not saved, and stays in the card. */
export interface HeldBack {
  readonly field: string;
  readonly typed: string;
  readonly because: 'too-long' | 'not-a-choice' | 'not-a-date' | 'saved-elsewhere' | 'tells-the-team';
}

export interface SavedStep {
  readonly draft: DraftReview;
  readonly heldBack: readonly HeldBack[];
  /** Nothing when this was saved before, as when Teams posts a press twice. */
  readonly change: Change<Plr> | undefined;
}

/**
 * Saves what a step's card brings, field by field: what cannot be saved now is held back, and the rest is
 * saved. An Inadequate or immediate concern is held back until it is confirmed, and then raises the alert in
 * the same transaction (docs/domain.md, 4.3). It is also saved that it waits to be confirmed.
 */
export function saveStep(
  plr: Plr,
  draft: DraftReview,
  press: StepPress,
  by: PersonId,
  council: CouncilContext,
): SavedStep {
  const heldBack: HeldBack[] = [];
  const save = draft.saves + 1;
  const fresh: Record<string, TypedField> = {};
  for (const field of press.step.fields) {
    const typed = press.typed.get(field.id);
    if (typed === undefined || !isNews(field, typed, draft, press)) continue;
    const because = whyHeldBack(field, typed, plr, draft, press);
    if (because === undefined) fresh[field.id] = { text: typed, save };
    else heldBack.push({ field: field.id, typed, because });
  }
  const at = heldBack.length > 0 ? press.step.id : press.goTo;
  const isOld = press.saves < draft.saves;
  const waits = waitingAfter(draft, fresh, heldBack, () => begunNow(by, save, council));
  const isNew = Object.keys(fresh).length > 0 || waits !== draft;
  if (!isNew && (isOld || at === draft.at)) return { draft, heldBack, change: undefined };
  const typed = { ...draft.typed, ...fresh };
  const saved = { ...waits, typed, at, saves: save, savedAt: council.now };
  const over = waitingIn(draft).filter(({ danger }) => saved[danger.kept] === undefined);
  const setAnew = Object.entries(fresh).flatMap(([field, { text }]) => raises(field, text) ?? []);
  const after = over.reduce((now, one) => ended(now, one, { end: howEnded(one, saved), by }, council), plr);
  const clock = over.map(({ begun }) => clockOf(begun, council.now)).sort()[0];
  const raised = withAlert({ ...after, review: saved }, saved, by, council, { setAnew, at: clock });
  const news = concernNews(draft, saved, plr, raised.plr);
  const told = news === undefined ? raised : tellOfChangedConcern(raised.plr, news, by, council);
  const settled = over.flatMap(({ begun }) => settledCards(plr, begun));
  const did = whatWasDone(draft, saved, over, press.step);
  const messages = told === raised ? raised.messages : [...raised.messages, ...told.messages];
  const change = { state: told.plr, did, messages: [...messages, ...settled] };
  return { draft: saved, heldBack, change };
}

/** What a save changes of a concern that the team was told of before it. */
function concernNews(before: DraftReview, after: DraftReview, was: Plr, now: Plr): ConcernNews | undefined {
  if (was.alert?.reasons.length !== now.alert?.reasons.length) return undefined;
  const [immediate, what] = ['concern.immediate', 'concern.what'];
  if (storedField(before, immediate).text !== 'yes') return undefined;
  if (storedField(after, immediate).text !== 'yes') return 'denied';
  return storedField(before, what).text === storedField(after, what).text ? undefined : 'reworded';
}

/** An alert begins with an answer that is not confirmed; it ends with the answer that is saved, whichever. */
function waitingAfter(
  draft: DraftReview,
  fresh: Readonly<Record<string, TypedField>>,
  heldBack: readonly HeldBack[],
  begun: () => Unconfirmed,
): DraftReview {
  return dangers.reduce((now, danger) => {
    if (fresh[danger.field] !== undefined) return withWaiting(now, danger, undefined);
    const asks = heldBack.some(
      ({ field, because }) => field === danger.field && because === 'tells-the-team',
    );
    return asks ? withWaiting(now, danger, now[danger.kept] ?? begun()) : now;
  }, draft);
}

function howEnded({ danger }: WaitingAlert, after: DraftReview): 'confirmed' | 'taken-back' {
  return storedField(after, danger.field).text === danger.answer ? 'confirmed' : 'taken-back';
}

function whatWasDone(
  before: DraftReview,
  after: DraftReview,
  over: readonly WaitingAlert[],
  { id }: Step,
): string {
  const begun = dangers.find(({ kept }) => before[kept] === undefined && after[kept] !== undefined);
  if (begun !== undefined) return began[begun.because];
  const back = over.find((one) => howEnded(one, after) === 'taken-back');
  return back === undefined ? `saved step ${id}` : took(back.danger);
}

/** Distinguishes a field that was left as it was from one that was changed, without carrying its text twice. */
export const fingerprint = fnv1a32;

/**
 * False for what was saved already, what was left as an old card had it, and what the person gave up for the
 * other version. A yes that is not confirmed is not saved.
 */
function isNews(field: Field, typed: string, draft: DraftReview, press: StepPress): boolean {
  const stored = answeredField(draft, field.id);
  if (typed === stored.text) return waitingIn(draft).some(({ danger }) => danger.field === field.id);
  if (stored.save > press.saves && press.before.get(field.id) === fingerprint(typed)) return false;
  return !(press.keep.get(field.id) === 'saved' && stored.save <= press.saves);
}

function whyHeldBack(
  field: Field,
  typed: string,
  plr: Plr,
  draft: DraftReview,
  press: StepPress,
): HeldBack['because'] | undefined {
  const stored = answeredField(draft, field.id);
  const savedSince = stored.text !== typed && stored.save > press.saves;
  const undecided = press.shownTwice.has(field.id) && press.keep.get(field.id) !== 'mine';
  const asksBack = tellsTheTeam(field.id, typed, plr);
  // It is kept and asked about again, because if it were shown beside another answer it would be lost with its card.
  if (savedSince || undecided) return asksBack ? 'tells-the-team' : 'saved-elsewhere';
  if (field.kind === 'text' && typed.length > field.maxLength) return 'too-long';
  if (field.kind === 'date' && typed !== '' && readDate(typed) === undefined) return 'not-a-date';
  if (field.kind === 'choice' && typed !== '' && !field.choices.some(({ value }) => value === typed))
    return 'not-a-choice';
  return asksBack && !press.confirmed ? 'tells-the-team' : undefined;
}

/** Asks for confirmation whenever somebody would be told, so not when the team knows and is still acting on it. */
export function tellsTheTeam(field: string, text: string, { alert }: Plr): boolean {
  const because = raises(field, text);
  return because !== undefined && tellsAnew(alert, because);
}

/**
 * Raises every alert that the answers so far call for and that is not there yet, and tells of a second reason
 * too. `setAnew`: reasons that this save sets and that were not set before; `at`: when the clock began, if earlier.
 */
export function withAlert(
  plr: Plr,
  draft: DraftReview,
  by: PersonId,
  council: CouncilContext,
  { setAnew = [], at = council.now }: { setAnew?: readonly AlertReason[]; at?: Instant | undefined } = {},
): { plr: Plr; messages: readonly Message[] } {
  let raised: { plr: Plr; messages: readonly Message[] } = { plr, messages: [] };
  for (const { field, answer, because } of dangers) {
    if (storedField(draft, field).text !== answer) continue;
    const next = raiseAlert(raised.plr, because, by, council, { isSetAnew: setAnew.includes(because), at });
    raised = { plr: next.plr, messages: [...raised.messages, ...next.messages] };
  }
  return raised;
}
