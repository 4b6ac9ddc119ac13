import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createFoundation, type Foundation } from '../../src/foundation.js';
import { readConfig } from '../../src/config.js';
import { azuritePorts } from '../../src/local/azurite.js';
import { localPortUses, personaKeys, type LocalPorts } from '../../src/local/local-ports.js';
import { startLocalBot, startLocalRun, type LocalRunOptions } from '../../src/local/local-run.js';
import { takenPorts } from '../../src/local/ports.js';
import { freePort } from '../stand-ins/free-port.js';
import { ProcessGroup, type Child } from '../../src/local/processes.js';
import type { PersonaKey } from '../../src/local/sample-council.js';
import type { CouncilContext } from '../../src/practice/council/council-context.js';
import type { PersonId } from '../../src/practice/base/ids.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import type { Plr } from '../../src/practice/plr/plr.js';
import { monthOf, toEpochMilliseconds, type Instant } from '../../src/practice/base/time.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** What `npm start` starts, on ports and in a folder of its own, beside one that may be running. */
export interface LocalMonth {
  readonly foundation: Foundation;
  url(persona: PersonaKey): string;
  personId(persona: PersonaKey): PersonId;
  council(): Promise<CouncilContext>;
  /** What the draw gave the manager whom the other personas go with. */
  plrOfManager(): Promise<Plr>;
  /** `plr …`, as an operator runs it beside the bot. */
  plr(...words: readonly string[]): Promise<string>;
  /** Moves the bot's clock, as an operator does, to a minute after this; not at all when it is past. */
  advanceTo(at: Instant): Promise<void>;
  /** Asks twice a second, telling the bot to look at the time, until there is one. */
  found<Thing>(what: string, find: () => Promise<Thing | undefined>): Promise<Thing>;
  /** kill -9 of the bot, then another over the same storage. */
  killAndRestartBot(): Promise<void>;
  stop(): Promise<void>;
}

/** How often `found` asks, twice a second. */
const maxTries = 240;

export async function startLocalMonth(personas = personaKeys): Promise<LocalMonth> {
  const folder = await mkdtemp(join(tmpdir(), 'plr-month-'));
  const group = new ProcessGroup(join(folder, 'logs'));
  const options: LocalRunOptions = {
    ports: await freeLocalPorts(personas),
    personas,
    dataFolder: folder,
    botScript: join(root, 'dist', 'main.js'),
    say: () => {},
  };
  const stop = async () => {
    await group.stopAll();
    await rm(folder, { recursive: true, force: true });
  };
  // What was begun would keep the tests from ending.
  const run = await startLocalRun(group, options).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const environment = { PLR_MODE: 'local', AZURE_STORAGE_CONNECTION_STRING: run.connectionString };
  const foundation = await createFoundation(readConfig(environment));
  const persona = (key: PersonaKey) => {
    const found = run.personas.find((one) => one.key === key);
    if (found === undefined) throw new Error(`The ${key} has no Playground.`);
    return found;
  };
  const council = async () => {
    const found = await foundation.refresh();
    if (found === undefined) throw new Error('There is no council.');
    return found;
  };
  const plr = async (...words: readonly string[]) => {
    const env = { ...process.env, ...environment };
    const script = join(root, 'dist/cli/plr.js');
    const { stdout } = await promisify(execFile)(process.execPath, [script, ...words], { env });
    return stdout.trim();
  };
  let bot: Child = run.bot;
  return {
    foundation,
    council,
    plr,
    url: (key) => persona(key).url,
    personId: (key) => persona(key).person.id as PersonId,
    plrOfManager: async () => {
      const plrs = await foundation.services.documents.list(plrKind, monthOf((await council()).today));
      const found = plrs.find(({ managerId }) => managerId === persona('manager').person.id);
      if (found === undefined) throw new Error('The manager has no PLR.');
      return found;
    },
    advanceTo: async (at) => {
      const { now } = await council();
      const seconds = Math.ceil((toEpochMilliseconds(at) - toEpochMilliseconds(now)) / 1000);
      if (seconds > 0) await plr('clock', 'advance', `PT${seconds + 60}S`);
    },
    found: async (what, find) => {
      for (let tries = 0; tries < maxTries; tries += 1) {
        const thing = await find();
        if (thing !== undefined) return thing;
        await foundation.wakes.wake('clock');
        await delay(500);
      }
      throw new Error(`In ${maxTries / 2} seconds there was no ${what}.`);
    },
    killAndRestartBot: async () => {
      process.kill(bot.pid, 'SIGKILL');
      await bot.ended;
      bot = await startLocalBot(group, options, run.connectionString);
    },
    stop,
  };
}

/** Found by trying: storage and the Playgrounds want several ports in a row. */
async function freeLocalPorts(personas: readonly PersonaKey[]): Promise<LocalPorts> {
  for (;;) {
    const ports = {
      bot: await freePort(),
      azurite: azuritePorts(await freePort()),
      firstPlayground: await freePort(),
    };
    const uses = localPortUses(ports, personas);
    const apart = new Set(uses.map(({ port }) => port)).size === uses.length;
    if (apart && (await takenPorts(uses)).length === 0) return ports;
  }
}
