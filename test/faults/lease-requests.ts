import assert from 'node:assert/strict';
import type { Foundation } from '../../src/foundation.js';
import type { Log } from '../../src/log.js';
import { leaseBlobName } from '../../src/storage/lease.js';
import type { BotProcess } from './bot-process.js';

/** The least that Azure grants, and what the product asks for (docs/decisions/0006). */
const leaseMs = 15_000;

/** Milliseconds since the machine began: the same in all its processes, whatever their wall clocks say. */
export const machineNowMs = () => Number(process.hrtime.bigint()) / 1e6;

type Ask = (this: unknown, ...how: unknown[]) => Promise<unknown>;

/** From now on this process says of each request for the lease when it began, and how storage answered. */
export function tellOfLease({ clients }: Foundation, say: Log): void {
  const lease = clients.container.getBlobClient(leaseBlobName).getBlobLeaseClient();
  const requests = Object.getPrototypeOf(lease) as Record<'acquireLease' | 'renewLease', Ask>;
  const told = async (request: () => Promise<unknown>) => {
    const beganMs = machineNowMs();
    try {
      const answer = await request();
      say('lease granted', { beganMs, answeredMs: machineNowMs() });
      return answer;
    } catch (error) {
      if ((error as { statusCode?: number }).statusCode === 409) say('lease refused', { beganMs });
      throw error;
    }
  };
  for (const name of ['acquireLease', 'renewLease'] as const) {
    const ask = requests[name];
    requests[name] = function (...how) {
      return told(() => ask.apply(this, how));
    };
  }
}

function timesOf({ lines }: BotProcess, event: string, which: 'beganMs' | 'answeredMs'): number[] {
  return lines.filter((line) => line.event === event).map((line) => Number(line[which]));
}

export function hasLed(bot: BotProcess): boolean {
  return bot.times('lease granted') > 0;
}

/** It kept asking while the lease was another's, and had it the first time that it asked after `freeAtMs`. */
export function assertLedAtFirstLookAfter(freeAtMs: number, bot: BotProcess): void {
  const looks = timesOf(bot, 'lease refused', 'beganMs');
  assert.ok(looks.length >= 2, `it looked ${looks.length} times before it led`);
  const inVain = looks.filter((at) => at > freeAtMs);
  assert.deepEqual(inVain, [], 'it asked after the lease was free, and did not lead');
  assert.ok(hasLed(bot));
}

/** Of a leader that is gone: the next led no earlier than its lease ran out, and at the first look after that. */
export function assertReplacedWithinLease(gone: BotProcess, next: BotProcess): void {
  const renewedMs = timesOf(gone, 'lease granted', 'beganMs').findLast((at) => at <= gone.goneAtMs);
  const [ledMs = -Infinity] = timesOf(next, 'lease granted', 'answeredMs');
  assert.ok(renewedMs !== undefined && ledMs >= renewedMs + leaseMs, 'it led before the lease had run out');
  assertLedAtFirstLookAfter(gone.goneAtMs + leaseMs, next);
}
