import type { Command } from 'commander';
import { capacities, whoMayIn } from '../practice/council/access.js';
import { whoMay } from '../practice/plr/plr-access.js';
import { exitCodes } from './run.js';

interface Row {
  readonly act: string;
  readonly who: readonly string[];
}

/** `plr roles`: the one table of who may do what, as the code has it. It needs no storage. */
export function addRolesCommands(program: Command): void {
  program
    .command('roles')
    .description('who may do what: the table that every action is checked against')
    .action((_options: unknown, command: Command) => {
      const json = command.optsWithGlobals<{ json?: boolean }>().json === true;
      const [rows, partRows] = [rowsOf(whoMay), rowsOf(whoMayIn)];
      const said = json
        ? JSON.stringify({ standings: capacities, rows, partRows })
        : inWords(rows, partRows).join('\n');
      process.stdout.write(`${said}\n`);
      process.exitCode = exitCodes.done;
    });
}

function rowsOf(table: Readonly<Record<string, readonly string[]>>): Row[] {
  return Object.entries(table).map(([act, who]) => ({ act, who }));
}

function inWords(rows: readonly Row[], partRows: readonly Row[]): string[] {
  const width = Math.max(...[...rows, ...partRows].map(({ act }) => act.length)) + 2;
  const lines = (table: readonly Row[]) =>
    table.map(({ act, who }) => `${act.padEnd(width)}${who.join(', ')}`);
  return [
    'What people are, by the roster of today and the PLR itself, and what they may do.',
    'Somebody who is several things may do what any of them may; a moderator who has not graded yet sees no grade.',
    'Somebody who has left or not started may do nothing.',
    '',
    'TO A PLR',
    ...lines(rows),
    '',
    'IN A SERVICE, A TEAM OR THE WHOLE COUNCIL',
    'A link reviewer or manager in their own service or team alone; the QA lead and business support everywhere.',
    'Those with "any-" have the role, whichever service or team they are of, and list what is their own.',
    ...lines(partRows),
  ];
}
