import { createFoundation, type Foundation } from '../../src/app.js';
import type { StorageNames } from '../../src/storage/table.js';
import { instant, toEpochMilliseconds } from '../../src/practice/time.js';
import { startAzurite } from '../stand-ins/azurite.js';

/** One process's storage, clock and council, without Teams: as the command line has them. */
export async function aFoundation(
  names: StorageNames,
  options: { readonly at?: string; readonly onStorageRequest?: (method: string) => void } = {},
): Promise<Foundation> {
  const { connectionString } = await startAzurite();
  const now = toEpochMilliseconds(instant(options.at ?? '2022-04-01T08:00:00Z'));
  return createFoundation(
    {
      mode: 'local',
      host: '127.0.0.1',
      port: 0,
      bot: { id: '', tenantId: '', type: 'SingleTenant', password: '' },
      storage: { by: 'connection-string', connectionString },
      teamsServiceUrl: 'http://127.0.0.1:1/',
      teamsMaxRps: 40,
      timeZone: 'Europe/London',
    },
    {
      log: () => {},
      names,
      realNowMs: () => now,
      ...(options.onStorageRequest === undefined ? {} : { onStorageRequest: options.onStorageRequest }),
    },
  );
}
