import type { Command } from 'commander';
import type { LedgerRow } from '../delivery/outbox.js';
import type { MessageState } from '../practice/ports.js';
import { act, type CommandContext, type Result } from './run.js';

const states: readonly MessageState[] = [
  'queued',
  'sending',
  'delivered',
  'undeliverable',
  'superseded',
  'setAside',
];

/** `plr deliveries`: the ledger, every message's recipient and named state. */
export function addDeliveryCommands(program: Command): void {
  program
    .command('deliveries')
    .description('every message, to whom, and how it ended')
    .option('--cycle <YYYY-MM>', 'only the messages of this cycle')
    .option('--resend-failed', 'put what was undeliverable or set aside back on the outbox')
    .action(async (options: { cycle?: string; resendFailed?: boolean }, command: Command) => {
      await act(command, (context) => deliveries(context, options));
    });
}

async function deliveries(
  { foundation }: CommandContext,
  options: { cycle?: string; resendFailed?: boolean },
): Promise<Result> {
  const { outbox, registry, wakes } = foundation;
  const partitions = options.cycle === undefined ? await registry.all() : [options.cycle];
  let resent = 0;
  if (options.resendFailed === true) {
    for (const partition of partitions)
      resent += await outbox.requeue(partition, ['undeliverable', 'setAside']);
    if (resent > 0) await wakes.wake('resend');
  }
  const rows: LedgerRow[] = [];
  for (const partition of partitions) rows.push(...(await outbox.ledger(partition)));
  const totals = Object.fromEntries(
    states.map((state) => [state, rows.filter((row) => row.state === state).length]),
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
      ...rows
        .filter(({ state }) => state !== 'delivered')
        .map(({ key, recipient, state, reason }) =>
          [state.padEnd(13), key, 'to', recipient, reason].join(' ').trim(),
        ),
      states.map((state) => `${state} ${totals[state]}`).join(', '),
      ...(options.resendFailed === true ? [`${resent} put back on the outbox`] : []),
    ],
  };
}
