import { gunzipSync, gzipSync } from 'node:zlib';
import { isMissing, type StorageClients } from './table.js';

/** What a blob holds as gzipped JSON; undefined when there is none of that name. */
export async function readGzipped<T>(
  container: StorageClients['container'],
  name: string,
): Promise<T | undefined> {
  try {
    const body = await container.getBlobClient(name).downloadToBuffer();
    return JSON.parse(gunzipSync(body).toString('utf8')) as T;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

export function gzipped(what: object): Buffer {
  return gzipSync(JSON.stringify(what));
}
