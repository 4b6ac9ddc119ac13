import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Command } from 'commander';
import { readHistory, type HistoryRead } from '../imports/read-history.js';
import { historyCounts, keepHistory, planHistory } from '../practice/reporting/keep-history.js';
import { refuseImport } from './import-commands.js';
import { progressBar, type ProgressBar } from './progress-bar.js';
import { act, Refused, type CommandContext, type Result } from './run.js';

/** `plr import history`: past PLRs become part of the record. */
export function addHistoryCommand(imports: Command): void {
  imports
    .command('history')
    .argument('<file.csv>', 'the spreadsheet, saved as CSV')
    .description(
      'past PLRs from a spreadsheet; the file is the whole record of each month it names, and safe to import again',
    )
    .action(async (file: string, _options: unknown, command: Command) => {
      await act(command, async (context) => {
        const bar = progressBar();
        try {
          return await importHistory(context, file, bar);
        } finally {
          bar.end();
        }
      });
    });
}

async function importHistory(
  { foundation }: CommandContext,
  path: string,
  bar: ProgressBar,
): Promise<Result> {
  const { services, registry } = foundation;
  const { figures, warnings, lines } = await readFrom(path, bar);
  const plan = await planHistory(figures, services, (done, of) => bar.show('Comparing months', done, of));
  const twice = plan.alreadyBots.map((ref) => ({
    ...{ file: basename(path), line: lines.get(ref) ?? 1, column: 'plr_ref' },
    reason: `${ref} was done through the bot, and would be counted twice`,
  }));
  if (twice.length > 0) refuseImport(twice);
  for (const { cycleId } of plan.cycles) await registry.enlist(cycleId);
  const counts = historyCounts(plan);
  const { added, changed, unchanged, ended } = counts;
  await keepHistory(plan, services, (done, of) => bar.show('Importing months', done, of));
  return {
    json: { ...counts, warnings },
    lines: [...warnings, `added ${added}, changed ${changed}, unchanged ${unchanged}, ended ${ended}`],
  };
}

type Read = Extract<HistoryRead, { is: 'read' }>;

async function readFrom(path: string, bar: ProgressBar): Promise<Read> {
  try {
    const file = await open(path);
    const isFile = (await file.stat()).isFile();
    await file.close();
    if (!isFile) throw new Error('a folder');
  } catch {
    throw new Refused(`${path} cannot be read. Is it there, and a CSV file?`, {
      errors: [{ file: basename(path), line: 1, column: '', reason: 'the file cannot be read' }],
    });
  }
  const read = await readHistory(basename(path), createReadStream(path), (rows) =>
    bar.show('Rows read', rows),
  );
  if (read.is === 'read') return read;
  return refuseImport(read.problems);
}
