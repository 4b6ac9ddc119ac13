import type { TableClient } from './azure.js';
import type { Partitions } from '../practice/plr/ports.js';
import { partitions, rowKeys } from './keys.js';
import { isDuplicate, isMissing, entitiesOf } from './table.js';

/**
 * The rule by which `open` rows are made. Raised whenever the `open` of a kind gives more, or something else, than
 * before: the rows of every partition are then made again (docs/decisions/0017).
 */
export const openRule = 2;

interface Known {
  readonly name: string;
  readonly active: boolean;
  /** Its rows of what is open are made by today's rule. */
  readonly mended: boolean;
}

/**
 * Which partitions there are and which still have something due, unsent or open. A partition is activated before
 * anything is written into it, so a crash in between leaves at most an idle partition in the sweep.
 */
export class PartitionRegistry implements Partitions {
  private readonly table: TableClient;
  private known: readonly Known[] | undefined;
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
      !(await this.hasAny(partition, rowKeys.allWaiting())) &&
      !(await this.hasAny(partition, rowKeys.openDocuments())) &&
      !(await this.toMend()).includes(partition);
    await this.set(partition, !isEmpty);
    return isEmpty;
  }

  /**
   * Brings a settled partition back before something is due, unsent or open in it. No round trip for one that is
   * swept.
   */
  async keepSwept(partition: string): Promise<void> {
    if (this.known?.some(({ name, active }) => active && name === partition) !== true)
      await this.activate(partition);
  }

  /** Makes a partition known without putting it into the sweep; one that is in it stays there. */
  async enlist(partition: string): Promise<void> {
    await this.add(partition, false);
  }

  /** Partitions whose rows of what is open were made by an older rule, or by none. */
  async toMend(): Promise<string[]> {
    return (await this.rows()).filter(({ mended }) => !mended).map(({ name }) => name);
  }

  /** @param isMended false when its rows are in doubt, as after a restore. */
  async mended(partition: string, isMended = true): Promise<void> {
    const row = { partitionKey: partitions.activePartitions, rowKey: partition };
    await this.table.upsertEntity({ ...row, openRule: isMended ? openRule : 0 }, 'Merge');
    this.forget();
  }

  /** Other processes activate partitions too, so the sweep calls this before it asks. */
  forget(): void {
    this.isStale = true;
  }

  private async hasAny(partition: string, prefix: string): Promise<boolean> {
    const first = await entitiesOf(this.table, partition, prefix, { select: ['RowKey'] }).next();
    return first.done !== true;
  }

  private async set(partition: string, active: boolean): Promise<void> {
    const row = { partitionKey: partitions.activePartitions, rowKey: partition, active };
    try {
      await this.table.updateEntity(row, 'Merge');
    } catch (error) {
      if (!isMissing(error)) throw error;
      if (!(await this.add(partition, active))) await this.table.updateEntity(row, 'Merge');
    }
    this.forget();
  }

  /** There is nothing in a new one, so no rule is older. False when it is there already. */
  private async add(partition: string, active: boolean): Promise<boolean> {
    const row = { partitionKey: partitions.activePartitions, rowKey: partition };
    try {
      await this.table.createEntity({ ...row, active, openRule });
      this.forget();
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  private async rows(): Promise<readonly Known[]> {
    if (this.known !== undefined && !this.isStale) return this.known;
    const found: Known[] = [];
    const filter = `PartitionKey eq '${partitions.activePartitions}'`;
    for await (const row of this.table.listEntities<Record<string, unknown>>({ queryOptions: { filter } }))
      found.push({
        name: String(row['rowKey']),
        active: row['active'] === true,
        mended: row['openRule'] === openRule,
      });
    this.isStale = false;
    this.known = found.sort((a, b) => (a.name < b.name ? 1 : -1));
    return this.known;
  }
}
