import { createFoundation, type Foundation } from '../../src/foundation.js';
import type { StorageNames } from '../../src/storage/table.js';
import { instant, toEpochMilliseconds } from '../../src/practice/base/time.js';
import { localConfig } from './local-config.js';
import { startAzurite } from '../stand-ins/azurite.js';

/** One process's storage, clock and council, without Teams: as the command line has them. */
export async function aFoundation(
  names: StorageNames,
  options: { readonly at?: string; readonly onStorageRequest?: (method: string) => void } = {},
): Promise<Foundation> {
  const azurite = await startAzurite();
  const now = toEpochMilliseconds(instant(options.at ?? '2022-04-01T08:00:00Z'));
  return createFoundation(localConfig(azurite), {
    names,
    realNowMs: () => now,
    ...(options.onStorageRequest === undefined ? {} : { onStorageRequest: options.onStorageRequest }),
  });
}
