import type { TableClient } from './azure.js';
import type { Due, DueRows } from '../schedule/schedule.js';
import type { Instant } from '../practice/base/time.js';
import { rowKeys } from './keys.js';

/** The due rows of a partition, as one range of keys: the cost depends on what is due, not on what there is. */
export class TableDueRows implements DueRows {
  private readonly table: TableClient;

  constructor(table: TableClient) {
    this.table = table;
  }

  async due(partition: string, now: Instant): Promise<Due[]> {
    const found: Due[] = [];
    const rows = this.table.listEntities<Record<string, unknown>>({
      queryOptions: {
        filter: `PartitionKey eq '${partition}' and RowKey ge '${rowKeys.allDue()}' and RowKey le '${rowKeys.dueUntil(now)}'`,
      },
    });
    for await (const row of rows) {
      const at = String(row['rowKey']).split('~')[1] as Instant;
      found.push({ at, key: { partition, kind: String(row['kind']), id: String(row['id']) } });
    }
    return found;
  }
}
