import { Fault, isRefusal, type Refusal } from '../practice/base/errors.js';
import type {
  Change,
  Changed,
  DocumentKey,
  DocumentKind,
  Documents,
  LogEntry,
  Message,
  Missing,
  ReadLog,
  Unchanged,
} from '../practice/plr/ports.js';
import type { Clock, Instant } from '../practice/base/time.js';
import type { TableClient, TableTransaction } from './azure.js';
import { DocumentRows, type StoredDocument } from './document-rows.js';
import { batches, planSave, withMessages } from './document-save.js';
import { KeyedMutex } from './keyed-mutex.js';
import { rowKeys } from './keys.js';
import { persist } from './persistence.js';
import { ReadNotes } from './read-notes.js';
import { Remembered } from './remembered.js';
import { SharedTransactions } from './shared-transactions.js';
import { savedOf, type Saving } from './saving.js';
import { SharedReads } from './shared-reads.js';
import { isDuplicate } from './table.js';
import { isDoubtful, submitRows } from './transaction.js';

const missing: Missing = { refused: 'missing', say: 'It is not there. Nothing was changed.' };

export interface TableDocumentsOptions {
  readonly table: TableClient;
  readonly clock: Clock;
  /** IANA name: the days in the figures are those of its wall clock. */
  readonly timeZone: string;
  /** The kinds that behave as registered, whole; any other is taken as it is given. */
  readonly kinds?: readonly DocumentKind<unknown>[];
  /** Called before a save that leaves something due or unsent: the partition must be in the sweep by then. */
  readonly keepSwept?: (partition: string) => Promise<void>;
  /** Told after a save that left messages to send or something due at once: wakes delivery and schedule. */
  readonly onSaved?: (saved: { partition: string; messages: number; dueAt: Instant | undefined }) => void;
}

/**
 * Documents in Azure Tables. A save is one transaction in one partition: the document's row (by its
 * ETag), a link of its log, its due row, and every message it causes (docs/decisions/0001).
 */
export class TableDocuments implements Documents, ReadLog {
  private readonly options: Required<TableDocumentsOptions>;
  private readonly rows: DocumentRows;
  private readonly remembered = new Remembered();
  private readonly mutex = new KeyedMutex();
  private readonly reads = new SharedReads();
  private readonly shared: SharedTransactions;
  private readonly notes: ReadNotes;

  constructor(options: TableDocumentsOptions) {
    this.options = { kinds: [], keepSwept: () => Promise.resolve(), onSaved: () => {}, ...options };
    const { table, clock } = options;
    this.rows = new DocumentRows(table);
    this.shared = new SharedTransactions(table);
    const { shared, rows, remembered, mutex } = this;
    this.notes = new ReadNotes({ shared, clock, rows, remembered, mutex });
  }

  async read<State>(kind: DocumentKind<State>, key: DocumentKey): Promise<State | undefined> {
    return (await this.load(kind, key))?.state;
  }

  list<State>(kind: DocumentKind<State>, partition: string): Promise<State[]> {
    return this.rows.list(kind, partition);
  }

  /** The lists that people ask for are made of these: many ask for the same at once. */
  async listFigures<Figures>(kind: DocumentKind<unknown>, partition: string): Promise<Figures[]> {
    const read = () => this.rows.listFigures<Figures>(kind, partition);
    return [...(await this.reads.read(`${partition}/${kind.kind}`, read))];
  }

  noteRead(...of: Parameters<ReadLog['noteRead']>): Promise<void> {
    return this.notes.noteRead(...of);
  }

  create<State>(
    kind: DocumentKind<State>,
    key: DocumentKey,
    change: Change<State>,
    by: LogEntry['by'],
  ): Promise<boolean> {
    const doubtful: Saving[] = [];
    return persist(key, async () => {
      const document = doubtful.length === 0 ? undefined : await this.load(kind, key);
      if (document !== undefined) {
        const saved = await savedOf(doubtful, key, document, this.rows);
        if (saved !== undefined) this.tell(saved);
        return saved !== undefined;
      }
      try {
        await this.save(kind, key, undefined, change, by, (saving) => void doubtful.push(saving));
        return true;
      } catch (error) {
        if (isDuplicate(error) && !isDoubtful(error)) return false;
        throw error;
      }
    });
  }

  async createAll<State>(
    kind: DocumentKind<State>,
    entries: readonly { readonly key: DocumentKey; readonly change: Change<State> }[],
    by: LogEntry['by'],
  ): Promise<{ created: number; existing: number }> {
    let created = 0;
    for (const batch of batches(entries)) {
      if (await this.createBatch(kind, batch, by)) created += batch.length;
      // Some of this batch exist already, from a run that was cut short, so it is gone through one by one.
      else for (const { key, change } of batch) if (await this.create(kind, key, change, by)) created += 1;
    }
    return { created, existing: entries.length - created };
  }

  change<State, Outcome extends Change<State> | Refusal>(
    kind: DocumentKind<State>,
    key: DocumentKey,
    by: LogEntry['by'],
    decide: (state: State) => Outcome,
  ): Promise<Changed<State, Outcome> | Unchanged<State, Outcome> | Missing> {
    const doubtful: (Saving & { readonly answer: Changed<State, Outcome> })[] = [];
    const decideOn = async (
      known?: StoredDocument<State>,
    ): Promise<Changed<State, Outcome> | Unchanged<State, Outcome> | Missing> => {
      const document = known ?? (await this.load(kind, key));
      if (document === undefined) return missing;
      const saved = await savedOf(doubtful, key, document, this.rows);
      if (saved !== undefined) {
        this.tell(saved);
        return saved.answer;
      }
      const { state: before } = document;
      const outcome = decide(before);
      if (isRefusal(outcome)) {
        const { refused, say } = outcome;
        return known === undefined ? { refused, say, before, outcome } : decideOn();
      }
      const answer = { before, after: outcome.state, outcome };
      await this.save(
        kind,
        key,
        document,
        outcome,
        by,
        (saving) => void doubtful.push({ ...saving, answer }),
      );
      return answer;
    };
    const recalled = () => (doubtful.length === 0 ? this.remembered.recall<State>(key) : undefined);
    return this.mutex.runExclusive(key, () => persist(key, () => decideOn(recalled())));
  }

  /** @throws Fault `behaviour-not-registered`: saved without it, a document would never be due again. */
  private wholeKind<State>(kind: DocumentKind<State>): DocumentKind<State> {
    if (kind.behaves === undefined) return kind;
    const whole = this.options.kinds.find((one) => one.kind === kind.kind);
    if (whole === undefined)
      throw new Fault('behaviour-not-registered', 'Nobody said what is due of this kind', {
        kind: kind.kind,
      });
    return whole as DocumentKind<State>;
  }

  private async load<State>(
    kind: DocumentKind<State>,
    key: DocumentKey,
  ): Promise<StoredDocument<State> | undefined> {
    const document = await this.rows.load(kind, key);
    if (document !== undefined) this.remembered.remember(key, document);
    return document;
  }

  /** @param doubt told of it when nobody knows whether it was saved. */
  private async save<State>(
    kind: DocumentKind<State>,
    key: DocumentKey,
    before: StoredDocument<State> | undefined,
    change: Change<State>,
    by: LogEntry['by'],
    doubt: (saving: Saving) => void,
  ): Promise<void> {
    const { state, messages } = change;
    const { partition } = key;
    const { transaction, ...plan } = planSave(this.wholeKind(kind), key, before, change, {
      at: this.options.clock.now(),
      by,
      timeZone: this.options.timeZone,
    });
    const saving = { head: plan.head, partition, messages: messages.length, dueAt: plan.dueAt };
    if (messages.length > 0 || plan.dueAt !== undefined || plan.open !== '')
      await this.options.keepSwept(partition);
    try {
      const [etag] = await this.submit(transaction, messages, partition);
      if (etag === undefined)
        throw new Fault('no-etag', 'Storage answered a save without an ETag.', { ...key });
      this.remembered.remember(key, { state, etag, ...plan });
    } catch (error) {
      this.remembered.forget(key);
      if (isDoubtful(error)) doubt(saving);
      throw error;
    }
    this.tell(saving);
  }

  private tell({ partition, messages, dueAt }: Saving): void {
    this.options.onSaved({ partition, messages, dueAt });
  }

  /**
   * Adds the messages and submits. A save with messages is a transaction of its own. A message that was
   * announced before is left out; its key shows that it is the same.
   */
  private async submit(
    base: TableTransaction,
    messages: readonly Message[],
    partition: string,
  ): Promise<(string | undefined)[]> {
    const { table, clock } = this.options;
    if (messages.length === 0) return this.shared.submit(base.actions);
    const now = clock.now();
    const send = (some: readonly Message[]) =>
      submitRows(table, withMessages(base, some, partition, now).actions);
    try {
      return await send(messages);
    } catch (error) {
      if (!isDuplicate(error) || isDoubtful(error)) throw error;
      const fresh: Message[] = [];
      for (const message of messages)
        if (!(await this.rows.exists(partition, rowKeys.message(message.key)))) fresh.push(message);
      if (fresh.length === messages.length) throw error;
      return send(fresh);
    }
  }

  private async createBatch<State>(
    kind: DocumentKind<State>,
    batch: readonly { readonly key: DocumentKey; readonly change: Change<State> }[],
    by: LogEntry['by'],
  ): Promise<boolean> {
    const { table, clock, timeZone, onSaved } = this.options;
    const actions = batch.flatMap(({ key, change }) => {
      const at = clock.now();
      const { transaction } = planSave(this.wholeKind(kind), key, undefined, change, { at, by, timeZone });
      return withMessages(transaction, change.messages, key.partition, at).actions;
    });
    try {
      await submitRows(table, actions);
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
    const messages = batch.reduce((sum, { change }) => sum + change.messages.length, 0);
    const partition = batch[0]?.key.partition;
    if (partition !== undefined) onSaved({ partition, messages, dueAt: undefined });
    return true;
  }
}
