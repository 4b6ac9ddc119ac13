import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { PortUse } from './ports.js';
import { answersHttp, untilReady, type ProcessGroup } from './processes.js';

export interface AzuritePorts {
  readonly blob: number;
  readonly queue: number;
  readonly table: number;
}

export interface Azurite {
  /** With explicit endpoints, so that it works for any ports. */
  readonly connectionString: string;
  readonly ports: AzuritePorts;
}

// Azurite's only account; both are printed in its documentation and open nothing else.
const account = 'devstoreaccount1';
const accountKey = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/**
 * What Node runs, and with what. Azurite would load Application Insights, two thirds of its start, although
 * it is told to send no telemetry: it is given nothing in its place.
 */
export const azuriteProgram = program(join(packageFolder('azurite'), 'dist/src/azurite.js'));

function program(script: string) {
  const withoutTelemetry = `
import { createRequire } from 'node:module';
const require = createRequire(${JSON.stringify(script)});
const id = require.resolve('applicationinsights');
require.cache[id] = { id, filename: id, loaded: true, exports: {} };
`;
  return {
    script,
    preload: `data:text/javascript,${encodeURIComponent(withoutTelemetry)}`,
    args: ['--silent', '--disableTelemetry', '--skipApiVersionCheck'],
  };
}

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
 * Starts Azurite in the group, with its data in `folder`, and returns when its three services answer.
 *
 * It keeps its tables and queues in memory and writes them every 5 seconds and on SIGTERM, to a new file that
 * then replaces the old one. So after a kill the folder is intact, and at most 5 seconds old.
 */
export async function startAzurite(
  group: ProcessGroup,
  { folder, ports }: { readonly folder: string; readonly ports: AzuritePorts },
): Promise<Azurite> {
  mkdirSync(folder, { recursive: true });
  const child = group.start({
    ...azuriteProgram,
    name: 'azurite',
    args: [...azuriteProgram.args, '--location', folder, ...listening(ports)],
  });
  const urls = Object.values(ports).map((port: number) => `http://127.0.0.1:${port}/`);
  await untilReady(child, async () => {
    const answered = await Promise.all(urls.map((url) => answersHttp(url)));
    return answered.every(Boolean);
  });
  return { ports, connectionString: connectionString(ports) };
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

/** The folder of an installed package, wherever npm has put it. */
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
