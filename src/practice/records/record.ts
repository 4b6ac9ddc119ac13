import type { PersonId } from '../ids.js';
import type { Plr } from '../plr.js';
import { addDuration, dateAt, type Instant, type LocalDate } from '../time.js';

/**
 * 4.9: what becomes of a returned PLR. It waits to be attached to the child's electronic record, is attached,
 * and after a time its narrative is purged here; the anonymous figures stay.
 */
export type PlrRecord = WaitingRecord | AttachedRecord | PurgedRecord;

export interface WaitingRecord {
  readonly state: 'waiting';
  readonly readyAt: Instant;
}

export interface AttachedRecord {
  readonly state: 'attached';
  readonly readyAt: Instant;
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
export const defaultRetentionDays = 90;
/** Days after which a PLR goes on the record with what there is, if moderation or an action takes longer. */
export const longestWaitDays = 28;

/** Nothing of it is still to come: no alert, no moderation and no action is open. */
export function isFinished({ review, alert, moderation, actions }: Plr): boolean {
  return (
    review.state === 'returned' &&
    (alert === undefined || alert.state === 'closed') &&
    (moderation === undefined || moderation.state === 'agreed' || moderation.state === 'settled') &&
    actions.every(({ state }) => state === 'verified' || state === 'cannot-be-done')
  );
}

/**
 * When it may go on the record: as soon as it is finished and moderated. One without a moderation waits the
 * longest time, since its cycle's sample may still take it.
 */
export function readyAt(plr: Plr): Instant | undefined {
  if (plr.review.state !== 'returned' || plr.record !== undefined) return undefined;
  if (plr.moderation !== undefined && isFinished(plr)) return plr.review.returnedAt;
  return addDuration(plr.review.returnedAt, `P${longestWaitDays}D`);
}

/** When the narrative goes; none while it is held, not attached, or something of it is still open. */
export function purgeAt(plr: Plr): Instant | undefined {
  const { record, hold } = plr;
  if (record?.state !== 'attached' || hold !== undefined || !isFinished(plr)) return undefined;
  return record.purgeAt;
}

export function recordFigures({ state, readyAt }: PlrRecord): {
  state: PlrRecord['state'];
  readyOn: LocalDate;
} {
  return { state, readyOn: dateAt(readyAt, 'Europe/London') };
}
