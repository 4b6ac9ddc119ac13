import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { Organisation, type Roster } from '../practice/council/organisation.js';
import { toEpochMilliseconds, type Instant } from '../practice/base/time.js';
import { RestError, type TableClient } from './azure.js';
import { partitions } from './keys.js';
import { isDuplicate, isMissing, isStale, type StorageClients } from './table.js';

const pointerKey = { partitionKey: partitions.settings, rowKey: 'roster' } as const;
const pointerRow = z.object({ version: z.number().int().positive(), etag: z.string() });

/**
 * The roster as a whole, by version: a blob for each version, and one row that points at the current one. An
 * import is all or nothing, because moving the pointer is the only visible step. A cycle whose issue was cut
 * short is still drawn from the roster with which it was begun.
 */
export class RosterStore {
  private readonly table: TableClient;
  private readonly container: StorageClients['container'];
  private cached: Organisation | undefined;

  constructor({ table, container }: Pick<StorageClients, 'table' | 'container'>) {
    this.table = table;
    this.container = container;
  }

  /** The roster as it is now; undefined before the first import. One small read when nothing has changed. */
  async current(): Promise<Organisation | undefined> {
    const pointer = await this.pointer();
    if (pointer === undefined) return undefined;
    if (this.cached?.version !== pointer.version) this.cached = await this.version(pointer.version);
    return this.cached;
  }

  async version(version: number): Promise<Organisation> {
    if (this.cached?.version === version) return this.cached;
    const blob = await this.container.getBlobClient(blobName(version)).downloadToBuffer();
    return new Organisation(version, JSON.parse(gunzipSync(blob).toString('utf8')) as Roster);
  }

  /** Stores a new version; false when another import came first, and then nothing is changed. */
  async replace(roster: Roster): Promise<boolean> {
    const pointer = await this.pointer();
    const version = await this.upload(roster, (pointer?.version ?? 0) + 1);
    try {
      if (pointer === undefined) await this.table.createEntity({ ...pointerKey, version });
      else await this.table.updateEntity({ ...pointerKey, version }, 'Replace', { etag: pointer.etag });
      return true;
    } catch (error) {
      if (isStale(error) || isDuplicate(error)) return false;
      throw error;
    }
  }

  /** Removes each version before the current one that was replaced before that time, except those in `except`. */
  async forget(replacedBefore: Instant, except: readonly number[]): Promise<void> {
    const current = (await this.pointer())?.version ?? 0;
    let earlier: number | undefined;
    for await (const { name, properties } of this.container.listBlobsFlat({ prefix: 'rosters/' })) {
      const version = Number(/\d+/.exec(name)?.[0]);
      if (version > current || properties.lastModified.getTime() >= toEpochMilliseconds(replacedBefore))
        return;
      if (earlier !== undefined && !except.includes(earlier))
        await this.container.getBlobClient(blobName(earlier)).deleteIfExists();
      earlier = version;
    }
  }

  /**
   * Stores it under the first version from `version` on that has no blob yet, and returns that version. A blob
   * is never overwritten: otherwise two imports at once could end with the pointer of one and the people of the
   * other.
   */
  private async upload(roster: Roster, version: number): Promise<number> {
    const body = gzipSync(JSON.stringify(roster));
    try {
      const conditions = { ifNoneMatch: '*' };
      await this.container.getBlockBlobClient(blobName(version)).uploadData(body, { conditions });
      return version;
    } catch (error) {
      if (!(error instanceof RestError) || error.statusCode !== 409) throw error;
      return this.upload(roster, version + 1);
    }
  }

  private async pointer() {
    try {
      return pointerRow.parse(await this.table.getEntity(pointerKey.partitionKey, pointerKey.rowKey));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }
}

function blobName(version: number): string {
  return `rosters/${String(version).padStart(6, '0')}.json.gz`;
}
