import { pino } from 'pino';
import { createApp } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { features } from '../../src/features.js';
import { noteFeature } from '../faults/note-feature.js';

/** `src/main.ts` with one feature more, whose messages are counted, and without the pace that Teams asks for. */
const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime });
const app = await createApp(
  { ...readConfig(process.env), teamsMaxRps: 100_000 },
  {
    log: (event, ids) => logger.info({ event, ...ids }),
    features: [...features, noteFeature],
    tickEveryMs: 10_000,
    pollEveryMs: 500,
  },
);
await app.start();
