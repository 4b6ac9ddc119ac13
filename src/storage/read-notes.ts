import { linkOver, type LogHead } from '../audit/chain.js';
import type { DocumentKey, DocumentKind, LogEntry, ReadLog } from '../practice/plr/ports.js';
import type { Clock } from '../practice/base/time.js';
import { TableTransaction } from './azure.js';
import type { DocumentRows, StoredDocument } from './document-rows.js';
import type { KeyedMutex } from './keyed-mutex.js';
import { documentName, rowKeys } from './keys.js';
import { persist } from './persistence.js';
import type { Remembered } from './remembered.js';
import type { SharedTransactions } from './shared-transactions.js';

/** Two rows each, and a transaction holds 100. */
const maxNotedTogether = 49;

export interface ReadNotesOptions {
  readonly shared: SharedTransactions;
  readonly clock: Clock;
  readonly rows: DocumentRows;
  readonly remembered: Remembered;
  readonly mutex: KeyedMutex;
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
    for (const group of groupsOfOnePartition(keys))
      await this.options.mutex.runExclusiveInAll(group, () => this.noteGroup(kind, group, by, did));
  }

  /** What was not noted together, since another replica saved one of them in between, is noted one by one. */
  private async noteGroup(
    kind: DocumentKind<unknown>,
    group: readonly DocumentKey[],
    by: LogEntry['by'],
    did: string,
  ): Promise<void> {
    try {
      await this.noteTogether(kind, group, by, did);
    } catch {
      // Each finds out for itself what was wrong, and says so if it lasts. A lookup that is noted twice does no harm.
      await Promise.all(group.map((key) => persist(key, () => this.noteTogether(kind, [key], by, did))));
    }
  }

  private async noteTogether(
    kind: DocumentKind<unknown>,
    keys: readonly DocumentKey[],
    by: LogEntry['by'],
    did: string,
  ): Promise<void> {
    const { shared, clock, remembered } = this.options;
    const transaction = new TableTransaction();
    const noted: { key: DocumentKey; held: StoredDocument<unknown>; head: LogHead }[] = [];
    const all = await Promise.all(
      keys.map(async (key) => ({
        key,
        held: remembered.recall(key) ?? (await this.options.rows.load(kind, key)),
      })),
    );
    for (const { key, held } of all) {
      if (held === undefined) continue;
      const link = linkOver(held.head, key, { at: clock.now(), by, did }, held.stateHash, held.actedOnHash);
      const head = { sequence: link.sequence, hash: link.hash };
      const { partition: partitionKey } = key;
      const columns = { rowKey: rowKeys.document(key), logSequence: head.sequence, logHash: head.hash };
      transaction.updateEntity({ partitionKey, ...columns }, 'Merge', { etag: held.etag });
      transaction.createEntity({ partitionKey, rowKey: rowKeys.log(key, link.sequence), ...link });
      noted.push({ key, held, head });
    }
    if (noted.length === 0) return;
    try {
      const etags = await shared.submit(transaction.actions);
      noted.forEach(({ key, held, head }, index) =>
        remembered.remember(key, { ...held, head, etag: etags[2 * index] ?? '' }),
      );
    } catch (error) {
      for (const { key } of noted) remembered.forget(key);
      throw error;
    }
  }
}

function groupsOfOnePartition(keys: readonly DocumentKey[]): DocumentKey[][] {
  const groups: DocumentKey[][] = [];
  const open = new Map<string, DocumentKey[]>();
  for (const key of new Map(keys.map((one) => [documentName(one), one])).values()) {
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
