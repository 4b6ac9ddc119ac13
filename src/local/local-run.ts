import { join } from 'node:path';
import { startAzurite } from './azurite.js';
import { personaKeys, type LocalPorts } from './local-ports.js';
import { startPlayground, type Playground } from './playgrounds.js';
import { prepareLocalStore, type LocalPersona } from './prepare-local-store.js';
import { answersHttp, untilReady, type Child, type ProcessGroup } from './processes.js';
import type { PersonaKey } from './sample-council.js';

export interface LocalRunOptions {
  readonly ports: LocalPorts;
  /** Kept between runs: storage, Playground settings. */
  readonly dataFolder: string;
  /** The built bot, `dist/main.js`. */
  readonly botScript: string;
  /** Who gets a Playground, in the order of their ports. Default: the four of `npm start`. */
  readonly personas?: readonly PersonaKey[];
  /** Told what is being waited for, a line at a time. */
  readonly say: (line: string) => void;
}

export interface LocalRun {
  readonly bot: Child;
  readonly connectionString: string;
  readonly personas: readonly (LocalPersona & { readonly url: string })[];
}

/** Made up, and the same for the bot and every Playground: the bot refuses other tenants. */
const localTenantId = '5a1c0000-0000-4000-8000-000000000001';

/**
 * Starts everything in the order in which it depends on the rest: storage, its contents, the bot, the
 * Playgrounds (which tell the bot of their installs, so it must be ready). Each step may be repeated over what
 * an earlier run left behind, wherever that run stopped.
 */
export async function startLocalRun(group: ProcessGroup, options: LocalRunOptions): Promise<LocalRun> {
  const { ports, dataFolder, say, personas: keys = personaKeys } = options;
  say('Starting storage');
  const folder = join(dataFolder, 'azurite');
  const { connectionString } = await startAzurite(group, { folder, ports: ports.azurite });
  say('Getting the council and this month’s cycle ready');
  const personas = await prepareLocalStore(connectionString, keys);
  say('Starting the bot');
  const bot = await startLocalBot(group, options, connectionString);
  say('Starting the Playgrounds');
  const playgrounds = await startPlaygrounds(group, options, personas);
  return {
    bot,
    connectionString,
    personas: personas.map((persona, index) => ({ ...persona, url: playgrounds[index]!.url })),
  };
}

/** The bot alone, over storage that is running, even when an earlier bot was killed. */
export async function startLocalBot(
  group: ProcessGroup,
  options: LocalRunOptions,
  storage: string,
): Promise<Child> {
  const bot = group.start({
    name: 'bot',
    script: options.botScript,
    environment: {
      HOST: '127.0.0.1',
      PORT: String(options.ports.bot),
      PLR_MODE: 'local',
      BOT_TENANT_ID: localTenantId,
      AZURE_STORAGE_CONNECTION_STRING: storage,
    },
  });
  await untilReady(bot, () => answersHttp(`http://127.0.0.1:${options.ports.bot}/readyz`, 200));
  return bot;
}

function startPlaygrounds(
  group: ProcessGroup,
  { ports, dataFolder }: LocalRunOptions,
  personas: readonly LocalPersona[],
): Promise<Playground[]> {
  return Promise.all(
    personas.map((persona, index) =>
      startPlayground(group, {
        port: ports.firstPlayground + index,
        persona,
        botEndpoint: `http://127.0.0.1:${ports.bot}/api/messages`,
        tenantId: localTenantId,
        folder: join(dataFolder, 'playgrounds'),
      }),
    ),
  );
}

/** Who is where, one line each, in columns: what they do, and the address to open. */
export function whoIsWhere(personas: LocalRun['personas']): string {
  const rows = personas.map(({ person, does, url }) => [person.name, does, url] as const);
  const width = (column: 0 | 1) => Math.max(0, ...rows.map((row) => row[column].length));
  return rows
    .map(([name, does, url]) => `  ${name.padEnd(width(0))}  ${does.padEnd(width(1))}  ${url}`)
    .join('\n');
}
