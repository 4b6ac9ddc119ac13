import type { Action } from './action.js';
import type { PersonId } from '../base/ids.js';
import type { Moderation } from './moderation.js';
import type { Plr } from './plr.js';
import { isClosed, type Review } from './review.js';
import { addDuration, dateAt, type Instant, type LocalDate } from '../base/time.js';

/**
 * 4.9: what becomes of a returned PLR. It waits to be attached to the child's electronic record, is attached,
 * and after a time its narrative is purged here; the anonymous figures stay.
 */
export type PlrRecord = WaitingRecord | AttachedRecord | PurgedRecord;

export interface WaitingRecord {
  readonly state: 'waiting';
  readonly readyAt: Instant;
  /** When it was attached before more was said; none the first time. */
  readonly attachedBefore?: readonly Instant[];
  /** Who has the card that asks for it; missing in older rows. */
  readonly told?: readonly PersonId[];
}

export interface AttachedRecord extends Omit<WaitingRecord, 'state'> {
  readonly state: 'attached';
  readonly attachedAt: Instant;
  readonly attachedBy: PersonId;
  /** Set when it is attached, by the council's rule of that day. */
  readonly purgeAt: Instant;
}

export interface PurgedRecord extends Omit<AttachedRecord, 'state'> {
  readonly state: 'purged';
  readonly purgedAt: Instant;
}

/** Nothing is purged while it lasts, whatever else is due. Set and lifted by the operator. */
export interface LegalHold {
  readonly since: Instant;
  readonly reason: string;
}

/** Days from the attachment to the purge, unless the council says otherwise (`PLR_RETENTION_DAYS`). */
const defaultRetentionDays = 90;
/** Days after which a PLR goes on the record with what there is, if moderation or an action takes longer. */
const longestWaitDays = 28;

export function retainedUntil(from: Instant, days = defaultRetentionDays): Instant {
  return addDuration(from, `P${days}D`);
}

/** Whether any of it is for the child's record: of a review that was closed, only what an alert brought about. */
export function isForTheRecord({ review, alert }: Plr): boolean {
  return review.state === 'returned' || (isClosed(review) && alert !== undefined);
}

export function isPurged({ review, record }: Plr): boolean {
  return record?.state === 'purged' || (isClosed(review) && review.purgedAt !== undefined);
}

/** When the last of it ended: the return or the closing, the alert, the moderation, each action. None while any of it is open. */
export function endedAt({ review, alert, moderation, actions }: Plr): Instant | undefined {
  const ends = [
    overAt(review),
    ...(alert === undefined ? [] : [alert.state === 'closed' ? alert.closing.at : undefined]),
    ...(moderation === undefined ? [] : [endOfModeration(moderation)]),
    ...actions.map(endOfAction),
  ];
  return ends.includes(undefined) ? undefined : ends.sort().at(-1);
}

/** When the review itself was over. */
function overAt(review: Review): Instant | undefined {
  if (review.state === 'returned') return review.returnedAt;
  return isClosed(review) ? review.at : undefined;
}

function endOfModeration(moderation: Moderation): Instant | undefined {
  if (moderation.state === 'settled') return moderation.settled.at;
  return moderation.state === 'agreed' ? moderation.agreed.at : undefined;
}

function endOfAction(action: Action): Instant | undefined {
  if (action.state === 'cannot-be-done') return action.saidAt;
  return action.state === 'verified' ? action.verifiedAt : undefined;
}

/**
 * When it may go on the record: as soon as it is finished and moderated. One without a moderation waits the
 * longest time, since its cycle's sample may still take it. Again, when it ended after it was attached: what
 * was said in between is not in the record.
 */
export function readyAt(plr: Plr): Instant | undefined {
  const { review, record, moderation } = plr;
  const over = overAt(review);
  if (over === undefined || !isForTheRecord(plr) || record?.state === 'waiting') return undefined;
  const ended = endedAt(plr);
  if (record !== undefined) {
    const known = record.state === 'purged' ? record.purgedAt : record.attachedAt;
    return ended !== undefined && ended > known ? ended : undefined;
  }
  const mayBeSampled = moderation === undefined && review.state === 'returned';
  return ended === undefined || mayBeSampled ? addDuration(over, `P${longestWaitDays}D`) : over;
}

/** When the narrative goes; none while it is held, or anything of it is still open or not attached. */
export function purgeAt(plr: Plr): Instant | undefined {
  const { review, record, hold } = plr;
  const ended = endedAt(plr);
  if (hold !== undefined || ended === undefined || isPurged(plr)) return undefined;
  if (isClosed(review) && !isForTheRecord(plr)) return review.purgeAt ?? retainedUntil(review.at);
  if (record?.state !== 'attached') return undefined;
  return ended > record.attachedAt ? undefined : record.purgeAt;
}

export function recordFigures(
  { state, readyAt }: PlrRecord,
  timeZone: string,
): {
  state: PlrRecord['state'];
  readyOn: LocalDate;
} {
  return { state, readyOn: dateAt(readyAt, timeZone) };
}

/** What stands where somebody's words were, if the document for the child's record has them. */
export const removed = 'Removed: it is in the child’s record.';

/** What stands there if it has not. */
export const removedHere = 'Removed: the time for which it is kept is over.';
