import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createFoundation, type Foundation } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { azuritePorts } from '../../src/local/azurite.js';
import { localPortUses } from '../../src/local/local-ports.js';
import {
  startLocalBot,
  startLocalRun,
  type LocalPorts,
  type LocalRunOptions,
} from '../../src/local/local-run.js';
import { freePort, takenPorts } from '../../src/local/ports.js';
import { ProcessGroup, type Child } from '../../src/local/processes.js';
import type { House } from '../../src/practice/house.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What `npm start` starts, on ports and in a folder of its own, beside one that may be running. */
export interface LocalMonth {
  readonly foundation: Foundation;
  /** The address of a persona's Playground: `manager`, `link-reviewer`, `team-manager`, `qa-lead`. */
  url(persona: string): string;
  personId(persona: string): string;
  house(): Promise<House>;
  /** `plr …`, as an operator runs it beside the bot. */
  plr(...words: readonly string[]): Promise<string>;
  /** kill -9 of the bot, then another over the same storage. */
  killAndRestartBot(): Promise<void>;
  stop(): Promise<void>;
}

export async function startLocalMonth(): Promise<LocalMonth> {
  const folder = await mkdtemp(join(tmpdir(), 'plr-month-'));
  const group = new ProcessGroup(join(folder, 'logs'));
  const options: LocalRunOptions = {
    ports: await freeLocalPorts(),
    dataFolder: folder,
    botScript: join(root, 'dist', 'main.js'),
    say: () => {},
  };
  const run = await startLocalRun(group, options);
  const environment = { PLR_MODE: 'local', AZURE_STORAGE_CONNECTION_STRING: run.connectionString };
  const foundation = await createFoundation(readConfig(environment), { log: () => {} });
  const persona = (key: string) => {
    const found = run.personas.find((one) => one.key === key);
    if (found === undefined) throw new Error(`There is no persona ${key}.`);
    return found;
  };
  let bot: Child = run.bot;
  return {
    foundation,
    url: (key) => persona(key).url,
    personId: (key) => persona(key).person.id,
    house: async () => {
      const house = await foundation.refresh();
      if (house === undefined) throw new Error('There is no council.');
      return house;
    },
    plr: async (...words) => {
      const env = { ...process.env, ...environment };
      const { stdout } = await promisify(execFile)(
        process.execPath,
        [join(root, 'dist/cli/plr.js'), ...words],
        {
          env,
        },
      );
      return stdout.trim();
    },
    killAndRestartBot: async () => {
      process.kill(bot.pid, 'SIGKILL');
      await bot.ended;
      bot = await startLocalBot(group, options, run.connectionString);
    },
    stop: async () => {
      await group.stopAll();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Found by trying: storage and the Playgrounds want several ports in a row. */
async function freeLocalPorts(): Promise<LocalPorts> {
  for (;;) {
    const ports = {
      bot: await freePort(),
      azurite: azuritePorts(Math.min(await freePort(), 65_000)),
      firstPlayground: Math.min(await freePort(), 65_000),
    };
    const uses = localPortUses(ports);
    const apart = new Set(uses.map(({ port }) => port)).size === uses.length;
    if (apart && (await takenPorts(uses)).length === 0) return ports;
  }
}
