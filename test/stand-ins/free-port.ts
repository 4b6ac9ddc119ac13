import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

const [lowest, shares, inAShare] = [20_000, 8, 1_500];
/** Processes that test side by side take ports from different shares. */
const firstOfShare = lowest + (Number(process.env['MOCHA_WORKER_ID'] ?? 0) % shares) * inAShare;
/** Some want the next ones too. */
const inARow = 10;
const given = new Set<number>();

/**
 * A free port on the loopback address, given once. It lies below those that a system gives to outgoing connections
 * (Linux: from 32,768), one of which would now and then have it before it is used.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = firstOfShare + randomInt(inAShare - inARow);
    if (given.has(port)) continue;
    given.add(port);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
