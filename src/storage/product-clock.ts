import type { TableClient } from './azure.js';
import { z } from 'zod';
import {
  addDuration,
  fromEpochMilliseconds,
  toEpochMilliseconds,
  type Clock,
  type Instant,
} from '../practice/base/time.js';
import { partitions } from './keys.js';
import { isMissing } from './table.js';

const clockKey = { partitionKey: partitions.settings, rowKey: 'clock' } as const;
const clockRow = z.object({ aheadMs: z.number().nonnegative() });

/**
 * The product's clock. In production it is the real one. In local mode it runs ahead by a stored
 * amount, so that reminders, ladders and meetings can be watched (`plr clock advance`).
 */
export class ProductClock implements Clock {
  private readonly realNowMs: () => number;
  private aheadMs = 0;

  constructor(realNowMs: () => number) {
    this.realNowMs = realNowMs;
  }

  now(): Instant {
    return fromEpochMilliseconds(this.realNowMs() + this.aheadMs);
  }

  /** Reads how far ahead the clock is set; local mode calls it at each tick. */
  async refresh(table: TableClient): Promise<void> {
    try {
      // A double that is a whole number comes back as an integer; both are fine.
      this.aheadMs = clockRow.parse(await table.getEntity(clockKey.partitionKey, clockKey.rowKey)).aheadMs;
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }

  /** @throws RangeError for a duration that is not ISO 8601, or that goes back. */
  async advance(table: TableClient, duration: string): Promise<void> {
    await this.refresh(table);
    const from = this.now();
    const movedMs = toEpochMilliseconds(addDuration(from, duration)) - toEpochMilliseconds(from);
    if (movedMs < 0) throw new RangeError('The clock only goes forward.');
    this.aheadMs += movedMs;
    await table.upsertEntity({ ...clockKey, aheadMs: this.aheadMs }, 'Replace');
  }
}
