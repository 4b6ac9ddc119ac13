import type { PersonId } from '../base/ids.js';
import { addDuration, dateAt, type Instant, type LocalDate } from '../base/time.js';

/**
 * What becomes of a returned PLR (docs/domain.md, 4.9). It waits to be attached to the child's electronic
 * record, is attached, and some time later its narrative is purged here, while the anonymous figures stay.
 */
export type PlrRecord = WaitingRecord | AttachedRecord | PurgedRecord;

export interface WaitingRecord {
  readonly state: 'waiting';
  readonly readyAt: Instant;
  /** When it was attached before, and then more was said; missing the first time. */
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

/** While it lasts nothing is purged, whatever else is due. The operator sets and lifts it. */
export interface LegalHold {
  readonly since: Instant;
  readonly reason: string;
}

/** Days from the attachment to the purge, unless the council says otherwise (`PLR_RETENTION_DAYS`). */
const defaultRetentionDays = 90;

export function retainedUntil(from: Instant, days = defaultRetentionDays): Instant {
  return addDuration(from, `P${days}D`);
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

/** What replaces somebody's words that are in the document for the child's record. */
export const removed = 'Removed: it is in the child’s record.';

/** What replaces words that are not. */
export const removedHere = 'Removed: the time for which it is kept is over.';
