import type { TableClient } from './azure.js';
import type { Partitions } from '../practice/plr/ports.js';
import { partitions, rowKeys } from './keys.js';
import { isDuplicate, rowsOf } from './table.js';

/**
 * Which partitions there are and which still have something due or unsent. A partition is activated before
 * anything is written into it, so a crash in between leaves at most an idle partition in the sweep.
 */
export class PartitionRegistry implements Partitions {
  private readonly table: TableClient;
  private known: { readonly name: string; readonly active: boolean }[] | undefined;
  private isStale = true;

  constructor(table: TableClient) {
    this.table = table;
  }

  async active(): Promise<string[]> {
    return (await this.rows()).filter(({ active }) => active).map(({ name }) => name);
  }

  async all(): Promise<string[]> {
    return (await this.rows()).map(({ name }) => name);
  }

  async activate(partition: string): Promise<void> {
    await this.set(partition, true);
  }

  async settle(partition: string): Promise<boolean> {
    const isEmpty =
      !(await this.hasAny(partition, rowKeys.allDue())) &&
      !(await this.hasAny(partition, rowKeys.allWaiting()));
    await this.set(partition, !isEmpty);
    return isEmpty;
  }

  /** Brings a settled partition back before something is due or unsent in it. No round trip for one that is swept. */
  async keepSwept(partition: string): Promise<void> {
    if (this.known?.some(({ name, active }) => active && name === partition) !== true)
      await this.activate(partition);
  }

  /** Makes a partition known without putting it into the sweep; one that is in it stays there. */
  async enlist(partition: string): Promise<void> {
    try {
      await this.table.createEntity({
        partitionKey: partitions.activePartitions,
        rowKey: partition,
        active: false,
      });
      this.forget();
    } catch (error) {
      if (!isDuplicate(error)) throw error;
    }
  }

  /** Other processes activate partitions too, so the sweep calls this before it asks. */
  forget(): void {
    this.isStale = true;
  }

  private async hasAny(partition: string, prefix: string): Promise<boolean> {
    const first = await rowsOf(this.table, partition, prefix, { select: ['RowKey'] }).next();
    return first.done !== true;
  }

  private async set(partition: string, active: boolean): Promise<void> {
    await this.table.upsertEntity(
      { partitionKey: partitions.activePartitions, rowKey: partition, active },
      'Replace',
    );
    this.forget();
  }

  private async rows() {
    if (this.known !== undefined && !this.isStale) return this.known;
    const found: { name: string; active: boolean }[] = [];
    const filter = `PartitionKey eq '${partitions.activePartitions}'`;
    for await (const row of this.table.listEntities<Record<string, unknown>>({ queryOptions: { filter } })) {
      found.push({ name: String(row['rowKey']), active: row['active'] === true });
    }
    this.isStale = false;
    this.known = found.sort((a, b) => (a.name < b.name ? 1 : -1));
    return this.known;
  }
}
