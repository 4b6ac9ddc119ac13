import { createApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { features } from '../../src/features.js';
import { dieAt, isMoment } from './die-at.js';
import { noteFeature } from './note-feature.js';

/** The whole bot as a process of its own, to be killed and paused; it writes what it logs a line each. */
const say = (event: string, ids: Record<string, string | number>) =>
  process.stdout.write(`${JSON.stringify({ event, ...ids })}\n`);

const { CLOCK_AHEAD_MS, FEATURES, DIE_AT, DIE_ABOUT = '' } = process.env;
const aheadMs = Number(CLOCK_AHEAD_MS ?? 0);
const app = await createApp(readConfig(process.env), {
  log: say,
  features: FEATURES === 'all' ? features : [noteFeature],
  realNowMs: () => Date.now() + aheadMs,
  tickEveryMs: 500,
  pollEveryMs: 250,
});
if (isMoment(DIE_AT)) dieAt(DIE_AT, DIE_ABOUT, app.foundation);
say('listening', { port: await app.start() });
