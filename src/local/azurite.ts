import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { freePort, type PortUse } from './ports.js';
import { answersHttp, ProcessGroup, untilReady } from './processes.js';

export interface AzuritePorts {
  readonly blob: number;
  readonly queue: number;
  readonly table: number;
}

export interface Azurite {
  /** With explicit endpoints, so that it holds for any ports. */
  readonly connectionString: string;
  readonly ports: AzuritePorts;
}

export type AzuriteOptions =
  /** Data in files: what a stop wrote down is there at the next start. */
  | { readonly folder: string; readonly ports: AzuritePorts }
  /** Nothing kept, on free ports: for tests. */
  | { readonly inMemory: true };

// Azurite's only account; both are printed in its documentation and open nothing else.
const account = 'devstoreaccount1';
const accountKey = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/** Azurite's usual ports, 10000 to 10002, or three in a row from `PLR_AZURITE_PORT`. */
export function azuritePorts(first = 10_000): AzuritePorts {
  return { blob: first, queue: first + 1, table: first + 2 };
}

export function azuritePortUses(ports: AzuritePorts): PortUse[] {
  return (['blob', 'queue', 'table'] as const).map((service) => ({
    port: ports[service],
    usedFor: `storage (Azurite, ${service}s)`,
    variable: 'PLR_AZURITE_PORT',
    elsewhere: ports.blob + 100,
  }));
}

/**
 * Starts Azurite in the group and returns when its three services answer.
 *
 * It keeps its tables and queues in memory and writes them every 5 seconds and on SIGTERM, to a new file
 * that then takes the old one's place: a folder it was killed over is whole, at most 5 seconds old.
 */
export async function startAzurite(group: ProcessGroup, options: AzuriteOptions): Promise<Azurite> {
  const ports = 'inMemory' in options ? await threeFreePorts() : options.ports;
  if ('folder' in options) mkdirSync(options.folder, { recursive: true });
  const place = 'inMemory' in options ? ['--inMemoryPersistence'] : ['--location', options.folder];
  const child = group.start({
    name: 'azurite',
    script: join(packageFolder('azurite'), 'dist/src/azurite.js'),
    args: ['--silent', '--disableTelemetry', '--skipApiVersionCheck', ...place, ...listening(ports)],
  });
  const urls = Object.values(ports).map((port: number) => `http://127.0.0.1:${port}/`);
  await untilReady(child, async () => {
    const answered = await Promise.all(urls.map((url) => answersHttp(url)));
    return answered.every(Boolean);
  });
  return { ports, connectionString: connectionString(ports) };
}

/** Azurite by itself, for tests: in memory, on free ports, with a `stop` of its own. */
export async function startAzuriteInMemory(
  logFolder: string,
): Promise<Azurite & { stop: () => Promise<void> }> {
  const group = new ProcessGroup(logFolder);
  try {
    const azurite = await startAzurite(group, { inMemory: true });
    return { ...azurite, stop: () => group.stopAll() };
  } catch (error) {
    await group.stopAll();
    throw error;
  }
}

export function connectionString({ blob, queue, table }: AzuritePorts): string {
  const endpoint = (port: number) => `http://127.0.0.1:${port}/${account}`;
  return [
    'DefaultEndpointsProtocol=http',
    `AccountName=${account}`,
    `AccountKey=${accountKey}`,
    `BlobEndpoint=${endpoint(blob)}`,
    `QueueEndpoint=${endpoint(queue)}`,
    `TableEndpoint=${endpoint(table)}`,
  ].join(';');
}

/** Where an installed package is, wherever npm has put it. */
export function packageFolder(name: string): string {
  return dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
}

function listening(ports: AzuritePorts): string[] {
  return (['blob', 'queue', 'table'] as const).flatMap((service) => [
    `--${service}Host`,
    '127.0.0.1',
    `--${service}Port`,
    String(ports[service]),
  ]);
}

async function threeFreePorts(): Promise<AzuritePorts> {
  const [blob, queue, table] = [await freePort(), await freePort(), await freePort()];
  return { blob, queue, table };
}
