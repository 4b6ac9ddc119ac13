import type { Command } from 'commander';
import { productVersion, type Config } from '../config.js';
import { Fault } from '../practice/base/errors.js';
import { fromEpochMilliseconds } from '../practice/base/time.js';
import { archiveAt } from '../storage/backup/archive.js';
import { backUp } from '../storage/backup/back-up.js';
import { restore } from '../storage/backup/restore.js';
import { connectStorage, defaultStorageNames } from '../storage/table.js';
import { progressBar, type ProgressBar } from './progress-bar.js';
import { actOnConfig, Refused, type Result } from './run.js';

const whereItLies = 'a folder, or https://ACCOUNT.blob.core.windows.net/CONTAINER/FOLDER';

/** `plr store`: everything the bot keeps, as files, and back (docs/decisions/0007). */
export function addStoreCommands(program: Command): void {
  const store = program.command('store').description('everything the bot keeps');
  store
    .command('backup')
    .argument('<where>', `${whereItLies}; with a / at its end, a new folder in it, named for the time`)
    .description('write all of it to files, while the bot runs; keep them as safe as the store itself')
    .action(async (where: string, _options: unknown, command: Command) => {
      await actOnConfig(command, (config) => withBar((bar) => backup(config, where, bar)));
    });
  store
    .command('restore')
    .argument('<where>', whereItLies)
    .description('bring a backup into an empty store, while no bot runs; cut short, run it again')
    .action(async (where: string, _options: unknown, command: Command) => {
      await actOnConfig(command, (config) => withBar((bar) => bringBack(config, where, bar)));
    });
}

async function backup(config: Config, where: string, bar: ProgressBar): Promise<Result> {
  const clients = connectStorage(config.storage, defaultStorageNames, { isPatient: true });
  await clients.prepare();
  const now = fromEpochMilliseconds(Date.now());
  const archive = archiveAt(
    config.storage,
    where.endsWith('/') ? `${where}${now.replaceAll(/:|\.\d+/g, '')}` : where,
  );
  const kept = await backUp({
    clients,
    archive,
    now,
    product: productVersion(),
    progress: (what, done) => bar.show(what, done),
  });
  return {
    json: { place: archive.place, madeAt: now, ...kept },
    lines: [
      `${kept.rows} rows of ${kept.partitions} partitions and ${kept.blobs} files are in ${archive.place}.`,
      'They hold everything that the bot does: keep them encrypted, and for the operators alone.',
    ],
  };
}

async function bringBack(config: Config, where: string, bar: ProgressBar): Promise<Result> {
  const archive = archiveAt(config.storage, where);
  const done = await restore({
    clients: connectStorage(config.storage, defaultStorageNames, { isPatient: true }),
    archive,
    progress: (what, count, of) => bar.show(what, count, of),
  });
  return {
    json: { place: archive.place, ...done },
    lines: [
      `The backup of ${done.madeAt} is restored: ${done.rows} rows and ${done.blobs} files.`,
      `${done.alertsWaiting} alert messages wait to be sent, perhaps again.`,
      `${done.setAside} other messages that waited then are set aside: look at "plr deliveries", then "plr deliveries --resend-failed" sends them.`,
      'Now run "plr audit verify", and start the bot.',
    ],
  };
}

async function withBar(run: (bar: ProgressBar) => Promise<Result>): Promise<Result> {
  const bar = progressBar();
  try {
    return await run(bar);
  } catch (error) {
    throw error instanceof Fault ? new Refused(error.message) : error;
  } finally {
    bar.end();
  }
}
