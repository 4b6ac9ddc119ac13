import { linkOver, type LogHead } from '../audit/chain.js';
import { Fault } from '../practice/base/errors.js';
import type { DocumentKey, DocumentKind, LogEntry, ReadLog } from '../practice/plr/ports.js';
import type { Clock } from '../practice/base/time.js';
import { TableTransaction } from './azure.js';
import type { DocumentRows, Held } from './document-rows.js';
import type { Lines } from './in-line.js';
import { nameOf, rowKeys } from './keys.js';
import type { Remembered } from './remembered.js';
import type { SharedTransactions } from './shared-transactions.js';
import { isDuplicate, isMissing, isStale } from './table.js';

const maxAttempts = 6;
/** Two rows each, and a transaction holds 100. */
const maxNotedTogether = 49;

export interface ReadNotesOptions {
  readonly shared: SharedTransactions;
  readonly clock: Clock;
  readonly rows: DocumentRows;
  readonly remembered: Remembered;
  readonly lines: Lines;
}

/** Puts on the log of documents who looked them up: a link each, and the document's row points to it. */
export class ReadNotes implements ReadLog {
  private readonly options: ReadNotesOptions;

  constructor(options: ReadNotesOptions) {
    this.options = options;
  }

  async noteRead(
    kind: DocumentKind<unknown>,
    keys: readonly DocumentKey[],
    by: LogEntry['by'],
    did: string,
  ): Promise<void> {
    for (const group of groupsOfOnePartition(keys)) {
      if (await this.noteTogether(kind, group, by, did)) continue;
      for (const key of group) await this.options.lines.inLine(key, () => this.noteOne(kind, key, by, did));
    }
  }

  private async noteOne(
    kind: DocumentKind<unknown>,
    key: DocumentKey,
    by: LogEntry['by'],
    did: string,
  ): Promise<void> {
    for (let attempt = 1; attempt <= maxAttempts; attempt += 1)
      if (await this.noteTogether(kind, [key], by, did)) return;
    throw new Fault('always-stale', 'A document was saved by others at every attempt.', { ...key });
  }

  /** False when somebody saved one of them in between. */
  private async noteTogether(
    kind: DocumentKind<unknown>,
    keys: readonly DocumentKey[],
    by: LogEntry['by'],
    did: string,
  ): Promise<boolean> {
    const { shared, clock, remembered } = this.options;
    const transaction = new TableTransaction();
    const noted: { key: DocumentKey; held: Held<unknown>; head: LogHead }[] = [];
    for (const key of keys) {
      const held = remembered.recall(key) ?? (await this.options.rows.load(kind, key));
      if (held === undefined) continue;
      const link = linkOver(held.head, key, { at: clock.now(), by, did }, held.stateHash);
      const head = { sequence: link.sequence, hash: link.hash };
      const { partition: partitionKey } = key;
      const columns = { rowKey: rowKeys.document(key), logSequence: head.sequence, logHash: head.hash };
      transaction.updateEntity({ partitionKey, ...columns }, 'Merge', { etag: held.etag });
      transaction.createEntity({ partitionKey, rowKey: rowKeys.log(key, link.sequence), ...link });
      noted.push({ key, held, head });
    }
    if (noted.length === 0) return true;
    try {
      const etags = await shared.submit(transaction.actions);
      noted.forEach(({ key, held, head }, index) =>
        remembered.remember(key, { ...held, head, etag: etags[2 * index] ?? '' }),
      );
      return true;
    } catch (error) {
      for (const { key } of noted) remembered.forget(key);
      if (!isStale(error) && !isMissing(error) && !isDuplicate(error)) throw error;
      return false;
    }
  }
}

function groupsOfOnePartition(keys: readonly DocumentKey[]): DocumentKey[][] {
  const groups: DocumentKey[][] = [];
  const open = new Map<string, DocumentKey[]>();
  for (const key of new Map(keys.map((one) => [nameOf(one), one])).values()) {
    const group = open.get(key.partition);
    if (group !== undefined && group.length < maxNotedTogether) group.push(key);
    else {
      const fresh = [key];
      open.set(key.partition, fresh);
      groups.push(fresh);
    }
  }
  return groups;
}
