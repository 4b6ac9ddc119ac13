import { pino } from 'pino';
import { createApp } from './app.js';
import { ConfigProblems, readConfig } from './config.js';
import { endOnSignal } from './lifecycle/end-on-signal.js';
import { errorInLog } from './practice/base/errors.js';
import { exportToAzureMonitor } from './telemetry/telemetry.js';

const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime });

/** The bot alone, configured from the environment: what the container runs. */
async function run(): Promise<void> {
  const config = readConfig(process.env);
  const sendRest =
    config.applicationInsights === undefined
      ? undefined
      : await exportToAzureMonitor(config.applicationInsights);
  const app = await createApp(config, {
    log: (event, ids) => logger.info({ event, ...ids }),
    // Locally people move the clock and watch, so announcements are looked for often.
    ...(config.mode === 'local' ? { tickEveryMs: 10_000, pollEveryMs: 500 } : {}),
  });
  const port = await app.start();
  logger.info({ host: config.host, port, mode: config.mode }, 'the bot is listening');
  endOnSignal(() => app.stop(), { sendRest, late: () => logger.error('the bot did not stop in time') });
}

run().catch((error: unknown) => {
  if (error instanceof ConfigProblems) process.stderr.write(`${error.message}\n`);
  else logger.error({ error: errorInLog(error) }, 'the bot could not start');
  process.exit(1);
});
