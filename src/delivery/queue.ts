import { toEpochMilliseconds, type Clock } from '../practice/base/time.js';
import type { Outbox } from './outbox.js';

/** What was waiting at one look. */
export interface Queue {
  readonly depth: number;
  /** The age of the oldest alert that waits; 0 when none does. */
  readonly oldestAlertMs: number;
}

export async function lookAtQueue(
  outbox: Pick<Outbox, 'depth' | 'urgent'>,
  partitions: readonly string[],
  clock: Clock,
): Promise<Queue> {
  const now = clock.now();
  const depths = await Promise.all(partitions.map((partition) => outbox.depth(partition)));
  const oldest = await Promise.all(partitions.map((partition) => outbox.urgent(partition, 1)));
  const ages = oldest
    .flat()
    .filter(({ message }) => message.urgency === 'alert' && (message.notBefore ?? now) <= now)
    .map(({ savedAt }) => toEpochMilliseconds(now) - toEpochMilliseconds(savedAt));
  return { depth: depths.reduce((sum, depth) => sum + depth, 0), oldestAlertMs: Math.max(0, ...ages) };
}
