import assert from 'node:assert/strict';
import type { Foundation } from '../../src/foundation.js';
import type { Log } from '../../src/log.js';
import { leaseBlobName } from '../../src/storage/lease.js';
import type { BotProcess, Line } from './bot-process.js';

/** The least that Azure grants, and what the product asks for (docs/decisions/0006). */
const leaseMs = 15_000;

/** The machine's own time in ms, whatever a process takes the time for. */
export const machineNowMs = () => performance.timeOrigin + performance.now();

type Ask = (this: unknown, ...how: unknown[]) => Promise<unknown>;

/** From now on this process says of each request for the lease when it began, and how storage answered. */
export function tellOfLease({ clients }: Foundation, say: Log): void {
  const lease = clients.container.getBlobClient(leaseBlobName).getBlobLeaseClient();
  const requests = Object.getPrototypeOf(lease) as Record<'acquireLease' | 'renewLease', Ask>;
  const told = async (request: () => Promise<unknown>) => {
    const beganMs = machineNowMs();
    try {
      const answer = await request();
      say('lease granted', { beganMs });
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

const granted = ({ lines }: BotProcess) =>
  lines.filter(({ event }) => event === 'lease granted').map(beganMs);
const refused = ({ lines }: BotProcess) =>
  lines.filter(({ event }) => event === 'lease refused').map(beganMs);
const beganMs = (line: Line) => Number(line['beganMs']);

export function hasLed(bot: BotProcess): boolean {
  return granted(bot).length > 0;
}

/** It kept asking while the lease was another's, and had it the first time that it asked after `freeAtMs`. */
export function assertLedAtFirstLookAfter(freeAtMs: number, bot: BotProcess): void {
  const looks = refused(bot);
  assert.ok(looks.length >= 3, `it looked only ${looks.length} times before it led`);
  assert.deepEqual(
    looks.filter((at) => at > freeAtMs),
    [],
    'it asked after the lease was free, and did not lead',
  );
  assert.ok(hasLed(bot));
}

/** Of a leader that is gone: the next led no earlier than its lease ran out, and at the first look after that. */
export function assertReplacedWithinLease(gone: BotProcess, next: BotProcess): void {
  const lastRenewedMs = granted(gone).findLast((at) => at <= gone.goneAtMs) ?? Infinity;
  const [ledMs = -Infinity] = granted(next);
  assert.ok(ledMs >= lastRenewedMs + leaseMs, `${leaseMs - (ledMs - lastRenewedMs)} ms before it ran out`);
  assertLedAtFirstLookAfter(gone.goneAtMs + leaseMs, next);
}
