import type { Action } from './action.js';
import { type Instant, addDuration } from '../base/time.js';
import type { Moderation } from './moderation.js';
import type { Plr } from './plr.js';
import { type Review, isClosed } from './review.js';
import { retainedUntil } from './record.js';

/** Days after which a PLR goes on the record with what there is, if moderation or an action takes longer. */
const longestWaitDays = 28;

/**
 * Whether any of it belongs on the child's record. Of a review that was closed, only what an alert brought
 * about does.
 */
export function isForTheRecord({ review, alert }: Plr): boolean {
  return review.state === 'returned' || (isClosed(review) && alert !== undefined);
}

export function isPurged({ review, record }: Plr): boolean {
  return record?.state === 'purged' || (isClosed(review) && review.purgedAt !== undefined);
}

/**
 * When the last of it ended: the return or the closing, the alert, the moderation, each action. Undefined while
 * any of it is open.
 */
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
export function overAt(review: Review): Instant | undefined {
  if (review.state === 'returned') return review.returnedAt;
  return isClosed(review) ? review.at : undefined;
}

export function endOfModeration(moderation: Moderation): Instant | undefined {
  if (moderation.state === 'settled') return moderation.settled.at;
  return moderation.state === 'agreed' ? moderation.agreed.at : undefined;
}

export function endOfAction(action: Action): Instant | undefined {
  if (action.state === 'cannot-be-done') return action.saidAt;
  return action.state === 'verified' ? action.verifiedAt : undefined;
}

/**
 * When it may go on the record: as soon as it is finished and moderated. One without a moderation waits the
 * longest time, since it may still be drawn into its cycle's sample. It may go again when it ended after it was
 * attached, because what was said in between is not on the record.
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

/** When the narrative goes; undefined while it is held, or anything of it is still open or not attached. */
export function purgeAt(plr: Plr): Instant | undefined {
  const { review, record, hold } = plr;
  const ended = endedAt(plr);
  if (hold !== undefined || ended === undefined || isPurged(plr)) return undefined;
  if (isClosed(review) && !isForTheRecord(plr)) return review.purgeAt ?? retainedUntil(review.at);
  if (record?.state !== 'attached') return undefined;
  return ended > record.attachedAt ? undefined : record.purgeAt;
}
