import type { Action } from '../actions/action.js';
import type { PersonId } from '../ids.js';
import type { Moderation } from '../moderation/moderation.js';
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
  /** When it was attached before more was said; none the first time. */
  readonly attachedBefore?: readonly Instant[];
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
export const defaultRetentionDays = 90;
/** Days after which a PLR goes on the record with what there is, if moderation or an action takes longer. */
export const longestWaitDays = 28;

/** When the last of it ended: the return, the alert, the moderation, each action. None while any of it is open. */
export function endedAt({ review, alert, moderation, actions }: Plr): Instant | undefined {
  if (review.state !== 'returned') return undefined;
  const ends = [
    review.returnedAt,
    ...(alert === undefined ? [] : [alert.state === 'closed' ? alert.closing.at : undefined]),
    ...(moderation === undefined ? [] : [endOfModeration(moderation)]),
    ...actions.map(endOfAction),
  ];
  return ends.includes(undefined) ? undefined : ends.sort().at(-1);
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
  if (review.state !== 'returned' || record?.state === 'waiting') return undefined;
  const ended = endedAt(plr);
  if (record !== undefined) {
    const known = record.state === 'purged' ? record.purgedAt : record.attachedAt;
    return ended !== undefined && ended > known ? ended : undefined;
  }
  if (moderation !== undefined && ended !== undefined) return review.returnedAt;
  return addDuration(review.returnedAt, `P${longestWaitDays}D`);
}

/** When the narrative goes; none while it is held, or anything of it is still open or not attached. */
export function purgeAt(plr: Plr): Instant | undefined {
  const { record, hold } = plr;
  const ended = endedAt(plr);
  if (record?.state !== 'attached' || hold !== undefined || ended === undefined) return undefined;
  return ended > record.attachedAt ? undefined : record.purgeAt;
}

export function recordFigures({ state, readyAt }: PlrRecord): {
  state: PlrRecord['state'];
  readyOn: LocalDate;
} {
  return { state, readyOn: dateAt(readyAt, 'Europe/London') };
}
