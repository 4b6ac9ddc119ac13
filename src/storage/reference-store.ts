import type { TableClient } from './azure.js';
import type { CycleId, PlrRef } from '../practice/base/ids.js';
import { partitions } from './keys.js';
import { isDuplicate, isMissing } from './table.js';

/** Which cycle a PLR reference belongs to. It is reserved here before it is used, so no two PLRs share one. */
export class ReferenceStore {
  private readonly table: TableClient;

  constructor(table: TableClient) {
    this.table = table;
  }

  /** Reserves each reference for its owner; returns those that already have another owner. */
  async reserve(cycleId: CycleId, wanted: ReadonlyMap<PlrRef, string>): Promise<PlrRef[]> {
    const taken: PlrRef[] = [];
    const all = [...wanted];
    for (let from = 0; from < all.length; from += 100) {
      const batch = all.slice(from, from + 100);
      try {
        await this.table.submitTransaction(
          batch.map(([ref, owner]) => ['create', this.row(ref, cycleId, owner)]),
        );
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        for (const [ref, owner] of batch) if (!(await this.reserveOne(ref, cycleId, owner))) taken.push(ref);
      }
    }
    return taken;
  }

  async cycleOf(ref: PlrRef): Promise<CycleId | undefined> {
    return (await this.find(ref))?.cycleId;
  }

  private async reserveOne(ref: PlrRef, cycleId: CycleId, owner: string): Promise<boolean> {
    try {
      await this.table.createEntity(this.row(ref, cycleId, owner));
      return true;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      const found = await this.find(ref);
      return found?.cycleId === cycleId && found.owner === owner;
    }
  }

  private async find(ref: PlrRef): Promise<{ cycleId: CycleId; owner: string } | undefined> {
    try {
      const row = await this.table.getEntity<Record<string, unknown>>(partitions.references, ref);
      return { cycleId: String(row['cycleId']) as CycleId, owner: String(row['owner']) };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  private row(ref: PlrRef, cycleId: CycleId, owner: string) {
    return { partitionKey: partitions.references, rowKey: ref, cycleId, owner };
  }
}
