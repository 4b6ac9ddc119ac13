import type { Command } from 'commander';
import type { ImportProblem } from '../imports/read-csv.js';
import { readOrganisation } from '../imports/read-organisation.js';
import { rosterEffects } from '../practice/process/follow-roster.js';
import type { RosterEffect } from '../practice/process/roster-effects.js';
import { compareRosters } from '../practice/council/compare-rosters.js';
import { keepFormer } from '../practice/council/keep-former.js';
import { dateAt } from '../practice/base/time.js';
import { act, Refused, type CommandContext, type Result } from './run.js';

/** `plr import`: all or nothing, and safe to repeat. */
export function addImportCommands(program: Command): Command {
  const imports = program.command('import').description('bring in the council’s own files');
  imports
    .command('org')
    .argument('<folder>', 'where services.csv, teams.csv, people.csv and cases.csv are')
    .description('services, teams, people and cases')
    .action(async (folder: string, _options: unknown, command: Command) => {
      await act(command, (context) => importOrganisation(context, folder));
    });
  return imports;
}

async function importOrganisation({ config, foundation }: CommandContext, folder: string): Promise<Result> {
  const read = await readOrganisation(folder);
  if ('errors' in read) return refuseImport(read.errors);
  const { rosters, wakes, clock } = foundation;
  const before = await rosters.current();
  const { counts } = compareRosters(before?.roster, read.roster);
  if (counts.added + counts.changed + counts.ended > 0) {
    const next = keepFormer(before?.roster, read.roster, dateAt(clock.now(), config.timeZone));
    if (!(await rosters.replace(next))) {
      throw new Refused(
        'Somebody else imported at the same moment. Nothing of yours was imported: run it again.',
      );
    }
    await wakes.wake('roster');
  }
  const { added, changed, unchanged, ended } = counts;
  const effects = await effectsOnOpenCycles(foundation);
  return {
    json: { ...counts, warnings: read.warnings, effects: countOf(effects), changes: effects },
    lines: [
      ...read.warnings.map(({ file, column, reason }) => `${file} ${column}: ${reason}`),
      `added ${added}, changed ${changed}, unchanged ${unchanged}, ended ${ended}`,
      ...effects.map(({ cycle, sentence }) => `${cycle}: ${sentence}`),
    ],
  };
}

/** @throws Refused always, with everything that has to be corrected. */
export function refuseImport(errors: readonly ImportProblem[]): never {
  const lines = errors.map(({ file, line, column, reason }) => `${file}:${line} ${column}: ${reason}`);
  throw new Refused(
    `Nothing was imported. Mend ${errors.length === 1 ? 'this' : `these ${errors.length}`} and import again:\n${lines.join('\n')}`,
    { errors },
  );
}

/**
 * What the roster now means for the reviews that are open. The bot carries it out, whichever process did the
 * import.
 */
async function effectsOnOpenCycles({ refresh, services }: CommandContext['foundation']) {
  const council = await refresh();
  if (council === undefined) return [];
  const found = await rosterEffects(services, council);
  return found.flatMap(({ cycle, effects }) =>
    effects.map(({ is, ref, managerId, sentence }) => ({ cycle: cycle.id, is, ref, managerId, sentence })),
  );
}

function countOf(effects: readonly { readonly is: RosterEffect['is'] }[]) {
  const count = (is: RosterEffect['is']) => effects.filter((one) => one.is === is).length;
  return {
    rerouted: count('rerouted'),
    managersLeft: count('manager-left'),
    casesClosed: count('case-closed'),
    ownTeam: count('own-team'),
    joined: count('joined'),
    alertsFollowed: count('alert-followed'),
  };
}
