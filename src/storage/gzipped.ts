import { gunzipSync, gzipSync } from 'node:zlib';
import { isMissing, type StorageClients } from './table.js';

/** The contents of a blob of gzipped JSON; undefined when there is no such blob. */
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
