import type { Command } from 'commander';
import { standings, whoMay } from '../practice/access.js';
import { exitCodes } from './run.js';

/** `plr roles`: the one table of who may do what, as the code has it. It needs no storage. */
export function addRolesCommands(program: Command): void {
  program
    .command('roles')
    .description('who may do what to a PLR: the table that every action is checked against')
    .action((_options: unknown, command: Command) => {
      const json = command.optsWithGlobals<{ json?: boolean }>().json === true;
      const rows = Object.entries(whoMay).map(([act, who]) => ({ act, who }));
      process.stdout.write(`${json ? JSON.stringify({ standings, rows }) : asTable(rows).join('\n')}\n`);
      process.exitCode = exitCodes.done;
    });
}

function asTable(rows: readonly { act: string; who: readonly string[] }[]): string[] {
  const width = Math.max(...rows.map(({ act }) => act.length)) + 2;
  return [
    'What they are to a PLR (by the roster of today and the PLR itself), and what they may do.',
    'Somebody who is several things may do what any of them may; a moderator who has not graded yet sees no grade.',
    'Somebody who has left may do nothing.',
    '',
    ...rows.map(({ act, who }) => `${act.padEnd(width)}${who.join(', ')}`),
  ];
}
