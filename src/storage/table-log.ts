import type { TableClient } from './azure.js';
import { sha256, type LogLink } from '../audit/chain.js';
import type { LoggedDocument, LoggedLink } from '../audit/verify.js';
import type { DocumentKey, LogEntry } from '../practice/plr/ports.js';
import type { Instant } from '../practice/base/time.js';
import { actedOnHash } from './columns.js';
import { decoded, rowKeys } from './keys.js';
import { fromColumns } from './state-columns.js';
import { entitiesOf } from './table.js';

type Row = Record<string, unknown>;

/** The append-only log as it is in storage, for checking and exporting it. Only `TableDocuments` writes it. */
export class TableLog {
  private readonly table: TableClient;

  constructor(table: TableClient) {
    this.table = table;
  }

  /** Every document of a partition, of whatever kind. */
  async documents(partition: string): Promise<LoggedDocument[]> {
    const found: LoggedDocument[] = [];
    for await (const row of entitiesOf(this.table, partition, rowKeys.allDocuments())) {
      found.push({
        key: keyOf(partition, partsOf(row).slice(1)),
        head: { sequence: Number(row['logSequence']), hash: String(row['logHash']) },
        stateHash: sha256(fromColumns(row)),
        actedOnHash: actedOnHash(row),
      });
    }
    return found;
  }

  /** All links of a partition in the order of their keys: document by document, oldest first. */
  async *links(partition: string): AsyncGenerator<LoggedLink> {
    for await (const row of entitiesOf(this.table, partition, rowKeys.allLogs())) {
      yield {
        key: keyOf(partition, partsOf(row).slice(1, -1)),
        link: linkOf(row),
      };
    }
  }

  /** The links of one document, oldest first. */
  async of(key: DocumentKey): Promise<LogLink[]> {
    const found: LogLink[] = [];
    for await (const row of entitiesOf(this.table, key.partition, rowKeys.logs(key))) found.push(linkOf(row));
    return found;
  }
}

function partsOf(row: Row): string[] {
  return decoded(String(row['rowKey'])).split('~');
}

function keyOf(partition: string, [kind = '', ...id]: readonly string[]): DocumentKey {
  return { partition, kind, id: id.join('~') };
}

/** Read without repairing anything: a column that somebody changed must change the hash. */
function linkOf(row: Row): LogLink {
  const text = (name: string) => String(row[name]);
  return {
    at: text('at') as Instant,
    by: text('by') as LogEntry['by'],
    did: text('did'),
    sequence: Number(row['sequence']),
    previous: text('previous'),
    stateHash: text('stateHash'),
    ...(row['actedOnHash'] === undefined ? {} : { actedOnHash: text('actedOnHash') }),
    hash: text('hash'),
  };
}
