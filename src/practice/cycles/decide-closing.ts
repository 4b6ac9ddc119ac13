import { refuse, type Refusal } from '../base/errors.js';
import { addMonths, endOfDay, type Instant, type LocalDate } from '../base/time.js';
import type { CouncilContext } from '../council/council-context.js';
import { dateInWords } from '../council/words.js';
import type { ClosedCycle, Cycle, IssuedCycle } from '../plr/cycle-record.js';
import type { Plr } from '../plr/plr.js';
import type { Change, LogEntry } from '../plr/ports.js';
import type { DraftReview, NotReturnedReview } from '../plr/review.js';
import { bothRedrawn } from '../reviews/decide-not-returned.js';
import { stageOn } from './reminders.js';

/** Its PLRs follow one by one. There is nothing more to wait for, so it is counted at the latest now. */
export function closeCycle(
  cycle: Cycle,
  by: LogEntry['by'],
  closedAt: Instant,
): Change<Cycle> | Refusal<'still-issuing' | 'closed-already'> {
  if (cycle.state === 'issuing')
    return refuse('still-issuing', 'This cycle is still being issued. Try again in a few minutes.');
  if (cycle.state === 'closed') return refuse('closed-already', 'This cycle is closed already.');
  const { closesAt, ...kept } = cycle;
  const state: ClosedCycle = {
    ...kept,
    state: 'closed',
    countedAt: cycle.countedAt ?? closedAt,
    closedAt,
    closedBy: by,
    isUnfinished: true,
  };
  return {
    state,
    did: closesAt === closedAt ? 'closed the cycle by its rule' : 'closed the cycle',
    messages: [],
  };
}

export interface Reopen {
  readonly by: LogEntry['by'];
  readonly reason: string;
  readonly until: LocalDate;
}

/** Longer than this is a slip of the pen, and a cycle that never closes. */
const longestMonths = 6;

export type NotReopened = Refusal<'not-closed' | 'no-reason' | 'wrong-day'>;

export function reopenCycle(
  cycle: Cycle,
  { by, reason, until }: Reopen,
  council: CouncilContext,
): Change<Cycle> | NotReopened {
  if (cycle.state !== 'closed') return refuse('not-closed', 'This cycle is not closed. Nothing was changed.');
  if (reason.trim() === '') return refuse('no-reason', 'Say why it is opened again.');
  const latest = addMonths(council.today, longestMonths);
  if (until < council.today || until > latest)
    return refuse(
      'wrong-day',
      `Give a day from ${dateInWords(council.today)} to ${dateInWords(latest)} on which it closes again.`,
    );
  const { closedAt, closedBy, reopenings = [], ...kept } = cycle;
  const closedBefore = { closedAt, closedBy };
  const reopening = { at: council.now, by, reason: reason.trim(), until, closedBefore };
  const state: IssuedCycle = {
    ...kept,
    state: 'issued',
    closesAt: endOfDay(until, council.timeZone),
    reopenings: [...reopenings, reopening],
    isUnfinished: true,
  };
  return { state, did: `opened the cycle again until ${until}`, messages: [] };
}

/** All of its PLRs have followed this closing or opening. */
export function finishClosing(
  now: Cycle,
  followed: IssuedCycle | ClosedCycle,
): Change<Cycle> | Refusal<'finished-already'> {
  const finished = refuse('finished-already', 'Another process finished it, or it was turned again since.');
  if (now.state === 'issuing' || timesTurned(now) !== timesTurned(followed)) return finished;
  const { isUnfinished, ...state } = now;
  if (isUnfinished === undefined) return finished;
  return { state, did: now.state === 'closed' ? 'ended its reviews' : 'opened its reviews', messages: [] };
}

/** How often it was closed and opened again so far. */
export function timesTurned({ state, reopenings = [] }: IssuedCycle | ClosedCycle): number {
  return 2 * reopenings.length + (state === 'closed' ? 1 : 0);
}

/** Its cycle is open again: the review goes on where it was left, and its reminders with it. */
export function openReviewAgain(
  plr: Plr,
  { reopenings = [] }: Pick<IssuedCycle, 'reopenings'>,
  council: CouncilContext,
): Change<Plr> | Refusal<'not-ended'> {
  const { review, reminders = { sent: 0 } } = plr;
  if (review.state !== 'not-returned') return refuse('not-ended', 'It is open.');
  const next = { stage: stageOn(plr.dueOn, council.today, council), at: council.now };
  return {
    state: { ...plr, review: asBefore(review), reminders: { ...reminders, next } },
    did: 'was opened again with its cycle',
    messages: bothRedrawn(plr, 'assignment', `reopened.${plr.ref}.${reopenings.length}`),
  };
}

function asBefore({ draft, purgedAt }: NotReturnedReview): DraftReview | { readonly state: 'assigned' } {
  return draft === undefined || purgedAt !== undefined ? { state: 'assigned' } : draft;
}
