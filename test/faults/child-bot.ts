import { createApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { endOnSignal } from '../../src/lifecycle/end-on-signal.js';
import { features } from '../../src/features.js';
import { dieAt, isMoment } from './die-at.js';
import { tellOfLease } from './lease-requests.js';
import { noteFeature } from './note-feature.js';

/** The whole bot as a process of its own, to be killed and paused; it writes what it logs a line each. */
const say = (event: string, ids: Record<string, string | number>) =>
  process.stdout.write(`${JSON.stringify({ event, ...ids })}\n`);

const { CLOCK_AHEAD_MS, FEATURES, DIE_AT, DIE_ABOUT = '' } = process.env;

// The wall clock of this process, for whoever reads it; another process can move it.
const machineNow = Date.now;
let aheadMs = Number(CLOCK_AHEAD_MS ?? 0);
Date.now = () => machineNow() + aheadMs;

// What the product waits for longer than it waits for storage: another process can say that it is over.
const timeout = AbortSignal.timeout.bind(AbortSignal);
let longWaits = new AbortController();
AbortSignal.timeout = (ms) => (ms > 10_000 ? AbortSignal.any([timeout(ms), longWaits.signal]) : timeout(ms));

process.on('message', (told: 'long waits are over' | number) => {
  if (typeof told === 'number') aheadMs += told;
  else {
    longWaits.abort();
    longWaits = new AbortController();
  }
  say('done as told', {});
});

const app = await createApp(readConfig(process.env), {
  log: say,
  features: FEATURES === 'all' ? [...features, noteFeature] : [noteFeature],
  tickEveryMs: 500,
  pollEveryMs: 250,
});
tellOfLease(app.foundation, say);
endOnSignal(() => app.stop(), { late: () => say('did not stop in time', {}) });
if (isMoment(DIE_AT)) dieAt(DIE_AT, DIE_ABOUT, app.foundation);
say('listening', { port: await app.start() });
