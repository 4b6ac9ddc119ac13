import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { localPortUses, readLocalPorts } from './local-ports.js';
import { startLocalRun, whoIsWhere } from './local-run.js';
import { portsStillTaken, sayTaken } from './ports.js';
import { lastLines, ProcessGroup, type ProcessEnd } from './processes.js';
import { untilAskedToStop } from './stop-requests.js';

/** `npm start`: everything on one machine, until Ctrl-C. */
async function start(): Promise<number> {
  const { ports, problems } = readLocalPorts(process.env);
  if (problems.length > 0) return refuse(problems.join('\n'));
  const say = (line: string) => console.log(`${line} …`);
  const taken = await portsStillTaken(localPortUses(ports), say);
  if (taken.length > 0) return refuse(sayTaken(taken));

  const root = fileURLToPath(new URL('../../', import.meta.url));
  const dataFolder = join(root, '.data');
  const logFolder = join(dataFolder, 'logs');
  const group = new ProcessGroup(logFolder);
  const asked = untilAskedToStop(() => void group.killAll());
  const running = startLocalRun(group, {
    ports,
    dataFolder,
    botScript: join(root, 'dist', 'main.js'),
    say,
  });
  const failed = running.then(
    ({ personas }) => {
      console.log(`\nReady. Open these in a browser:\n\n${whoIsWhere(personas)}\n\nCtrl-C stops everything.`);
      return new Promise<never>(() => undefined);
    },
    (error: unknown) => sayFailure(error),
  );
  const died = group.firstDeath.then((ending) => sayDeath(ending, logFolder));
  // When a child dies while somebody waits for it, only the one who waited reports it.
  const started = running.then(() => died).catch(() => failed);
  const why = await Promise.race([asked, failed, started]);
  console.log(why.say);
  await group.stopAll();
  return why.exitCode;
}

function refuse(reason: string): number {
  console.error(reason);
  return 1;
}

function sayFailure(error: unknown): { say: string; exitCode: number } {
  const reason = error instanceof Error ? error.message : String(error);
  return { say: `\nIt could not be started. ${reason}\n\nStopping everything.`, exitCode: 1 };
}

function sayDeath({ child, how }: ProcessEnd, logFolder: string): { say: string; exitCode: number } {
  const log = join(logFolder, `${child}.log`);
  const said = `\n${child} stopped (${how}). The end of ${log}:\n${lastLines(log)}`;
  return { say: `${said}\n\nStopping everything.`, exitCode: 1 };
}

process.exit(await start());
