import type { Command } from 'commander';
import type { Instant } from '../practice/base/time.js';
import { act, Refused, type Result } from './run.js';

/** `plr clock`: local mode only; it moves the product's clock, so that reminders, ladders and meetings can be watched. */
export function addClockCommands(program: Command): void {
  const clock = program.command('clock').description('the product’s clock (local mode only)');
  clock
    .command('show')
    .description('what time the product thinks it is')
    .action(async (_options: unknown, command: Command) => {
      await act(command, ({ foundation }) => Promise.resolve(shown(foundation.clock.now())));
    });
  clock
    .command('advance')
    .argument('<duration>', 'an ISO 8601 duration, such as P1DT2H')
    .description('move the clock ahead')
    .action(async (duration: string, _options: unknown, command: Command) => {
      await act(command, async ({ config, foundation }) => {
        if (config.mode !== 'local')
          throw new Refused('The clock is the real one in production: it cannot be moved.');
        try {
          await foundation.clock.advance(foundation.clients.table, duration);
        } catch (error) {
          if (error instanceof RangeError)
            throw new Refused(
              `"${duration}" is not a duration that the clock can move by (${error.message}). Four hours are PT4H, a day and two hours P1DT2H.`,
            );
          throw error;
        }
        await foundation.wakes.wake('clock');
        return shown(foundation.clock.now());
      });
    });
}

function shown(now: Instant): Result {
  const seconds = now.replace(/\.\d+Z$/, 'Z');
  return { json: { now: seconds }, lines: [seconds] };
}
