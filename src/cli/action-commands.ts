import { Option, type Command } from 'commander';
import { actionsCsv } from '../documents/actions-csv.js';
import { actionsWorkbook } from '../documents/actions-workbook.js';
import { trackerColumns, trackerLines, type TrackerLine } from '../practice/actions/tracker.js';
import { plrKey } from '../practice/plr/plr.js';
import { plrKind } from '../practice/plr/plr-kind.js';
import { cycleArgument } from './cycle-commands.js';
import { councilOf } from './council-of.js';
import { act, Refused, writeOut, type CommandContext, type Result } from './run.js';

export interface ActionOptions {
  readonly format?: 'csv' | 'xlsx';
  readonly out?: string;
  readonly cycle?: string;
}

/** `plr actions`: the shared tracker of every action (docs/domain.md, 4.7). */
export function addActionCommands(program: Command): void {
  program
    .command('actions')
    .description('the tracker of every action, for a spreadsheet')
    .addOption(new Option('--format <format>', 'csv or xlsx').choices(['csv', 'xlsx']))
    .option('--out <FILE>', 'write it to this file; a workbook needs one')
    .option('--cycle <CYCLE>', 'only the actions of this cycle: a month as YYYY-MM, or its id', cycleArgument)
    .addHelpText(
      'after',
      ['', 'Columns:', ...trackerColumns.map(({ title, meaning }) => `  ${title.padEnd(24)}${meaning}`)].join(
        '\n',
      ),
    )
    .action(async (options: ActionOptions, command: Command) => {
      if (options.format === 'xlsx' && options.out === undefined)
        command.error('error: a workbook needs a file: add --out actions.xlsx');
      await act(command, (context) => actions(context, options));
    });
}

export async function actions(context: CommandContext, options: ActionOptions): Promise<Result> {
  const lines = await readTracker(context, options.cycle);
  const { format = 'csv', out } = options;
  if (out === undefined) {
    return {
      json: { actions: lines },
      lines: options.format === 'csv' ? [actionsCsv(lines).trimEnd()] : short(lines),
    };
  }
  const { today } = councilOf(context);
  await writeOut(out, format === 'csv' ? actionsCsv(lines) : await actionsWorkbook(lines, today), 0o600);
  return {
    json: { out, actions: lines },
    lines: [`${lines.length} ${lines.length === 1 ? 'action' : 'actions'} written to ${out}.`],
  };
}

/**
 * All cycles, the settled ones too: a tracker that forgets what was done proves nothing. That the actions of a
 * PLR were read is put on its log.
 */
async function readTracker(context: CommandContext, cycle: string | undefined): Promise<TrackerLine[]> {
  const { services, registry } = context.foundation;
  const known = await registry.all();
  if (cycle !== undefined && !known.includes(cycle)) throw new Refused(`There is no cycle ${cycle}.`);
  const lines: TrackerLine[] = [];
  for (const partition of cycle === undefined ? known : [cycle]) {
    const plrs = await services.documents.list(plrKind, partition);
    const read = plrs.filter((plr) => plr.actions.length > 0);
    const keys = read.map(({ cycleId, ref }) => plrKey(cycleId, ref));
    await services.documents.noteRead(plrKind, keys, 'operator', 'exported its actions to the tracker');
    lines.push(...trackerLines(read, councilOf(context)));
  }
  return lines.sort((a, b) => (`${a.dueOn}${a.action}` < `${b.dueOn}${b.action}` ? -1 : 1));
}

function short(lines: readonly TrackerLine[]): string[] {
  if (lines.length === 0) return ['There are no actions.'];
  return lines.map(({ action, dueOn, rag, team }) =>
    [action.padEnd(14), dueOn, rag.padEnd(34), team].join(' '),
  );
}
