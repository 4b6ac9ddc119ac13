import type { Command } from 'commander';
import { readOrganisation } from '../imports/read-organisation.js';
import { compareRosters } from '../practice/organisation/compare-rosters.js';
import { act, Refused, type CommandContext, type Result } from './program.js';

/** `plr import`: all or nothing, and safe to repeat. */
export function addImportCommands(program: Command): void {
  const imports = program.command('import').description('bring in the council’s own files');
  imports
    .command('org')
    .argument('<folder>', 'where services.csv, teams.csv, people.csv and cases.csv are')
    .description('services, teams, people and cases')
    .action(async (folder: string, _options: unknown, command: Command) => {
      await act(command, (context) => importOrganisation(context, folder));
    });
}

async function importOrganisation({ foundation }: CommandContext, folder: string): Promise<Result> {
  const read = await readOrganisation(folder);
  if ('errors' in read) {
    const lines = read.errors.map(({ file, line, column, reason }) => `${file}:${line} ${column}: ${reason}`);
    throw new Refused(`Nothing was imported. Mend these ${read.errors.length} and import again:\n${lines.join('\n')}`, { errors: read.errors });
  }
  const { rosters, wakes } = foundation;
  const before = await rosters.current();
  const compared = compareRosters(before?.roster, read.roster);
  if (compared.added + compared.changed + compared.ended > 0 && !(await rosters.replace(compared.roster))) {
    throw new Refused('Somebody else imported at the same moment. Nothing of yours was imported: run it again.');
  }
  await wakes.wake('roster');
  const { added, changed, unchanged, ended } = compared;
  return {
    json: { added, changed, unchanged, ended, warnings: read.warnings },
    lines: [...read.warnings.map(String), `added ${added}, changed ${changed}, unchanged ${unchanged}, ended ${ended}`],
  };
}
