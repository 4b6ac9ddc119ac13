import type { Command } from 'commander';
import type { LedgerRow } from '../delivery/outbox.js';
import type { CycleId } from '../practice/base/ids.js';
import { cycleArgument } from './cycle-commands.js';
import { deliveriesInWords, messageStates } from './deliveries-in-words.js';
import { act, type CommandContext, type Result } from './run.js';

interface DeliveryOptions {
  readonly cycle?: CycleId;
  readonly all?: boolean;
  readonly resendFailed?: boolean;
}

/** `plr deliveries`: the ledger, every message's recipient and named state. */
export function addDeliveryCommands(program: Command): void {
  program
    .command('deliveries')
    .description('how the messages ended, and which of them need somebody')
    .option(
      '--cycle <CYCLE>',
      'only the messages of this cycle: a month as YYYY-MM, or its id',
      cycleArgument,
    )
    .option('--all', 'list every message, not only those that need somebody')
    .option('--resend-failed', 'ask Teams again now for all that has not been delivered')
    .action(async (options: DeliveryOptions, command: Command) => {
      await act(command, (context) => deliveries(context, options));
    });
}

async function deliveries({ foundation }: CommandContext, options: DeliveryOptions): Promise<Result> {
  const { outbox, registry, wakes } = foundation;
  const partitions = options.cycle === undefined ? await registry.all() : [options.cycle];
  let resent = 0;
  if (options.resendFailed === true) {
    for (const partition of partitions)
      resent +=
        (await outbox.requeue(partition, ['undeliverable', 'setAside'])) + (await outbox.release(partition));
    if (resent > 0) await wakes.wake('resend');
  }
  const rows: LedgerRow[] = [];
  for (const partition of partitions) rows.push(...(await outbox.ledger(partition)));
  const totals = Object.fromEntries(
    messageStates.map((state) => [state, rows.filter((row) => row.state === state).length]),
  );
  return {
    json: {
      totals,
      resent,
      rows: rows.map(({ key, recipient, card, about, urgent, state, reason, at }) => ({
        key,
        recipient,
        card,
        about,
        urgent,
        state,
        reason,
        at,
      })),
    },
    lines: [
      ...(options.resendFailed === true ? [`${resent} put back on the outbox`] : []),
      ...deliveriesInWords(rows, {
        now: foundation.clock.now(),
        council: foundation.council(),
        all: options.all === true,
      }),
    ],
  };
}
