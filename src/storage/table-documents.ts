import { emptyLog, linkOver, sha256, type LogHead } from '../audit/chain.js';
import { Fault, isRefusal, type Refusal } from '../practice/errors.js';
import type {
  Change,
  DocumentKey,
  DocumentKind,
  Documents,
  LogEntry,
  Message,
  Missing,
  ReadLog,
} from '../practice/ports.js';
import type { Clock, Instant } from '../practice/time.js';
import { RestError, TableTransaction, type TableClient } from './azure.js';
import { after, isPossible, isPossiblePartition, rowKeys } from './keys.js';
import { fromColumns, toColumns } from './state-columns.js';
import { isDuplicate, isMissing, isStale } from './table.js';
import { waitingRows } from './outbox-rows.js';

/** A document as its row has it, with what the next save needs to know. */
interface Held<State> {
  readonly state: State;
  readonly etag: string;
  readonly head: LogHead;
  /** Of the state as it lies in the row. */
  readonly stateHash: string;
  readonly dueAt: Instant | undefined;
}

const maxAttempts = 6;
const maxRemembered = 5_000;
/** Two rows each, and a transaction holds 100. */
const maxNotedTogether = 49;
const missing: Missing = {
  refused: 'missing',
  say: 'There is nothing here under that reference for you. Say "my reviews" to see what is yours.',
};

export interface TableDocumentsOptions {
  readonly table: TableClient;
  readonly clock: Clock;
  /** Told after a save that left messages to send or something due at once: wakes delivery and schedule. */
  /** Called before a save that leaves something due or unsent: the partition must be in the sweep by then. */
  readonly keepSwept?: (partition: string) => Promise<void>;
  readonly onSaved?: (saved: { partition: string; messages: number; dueAt: Instant | undefined }) => void;
}

/**
 * Documents in Azure Tables. A save is one transaction in one partition: the document's row (by its
 * ETag), a link of its log, its due row, and every message it causes (docs/decisions/0001).
 */
export class TableDocuments implements Documents, ReadLog {
  private readonly table: TableClient;
  private readonly clock: Clock;
  private readonly keepSwept: NonNullable<TableDocumentsOptions['keepSwept']>;
  private readonly onSaved: NonNullable<TableDocumentsOptions['onSaved']>;
  /** The last state written or read here, so that a step costs one conditional write. Never trusted for a refusal. */
  private readonly remembered = new Map<string, Held<unknown>>();
  /** The last change asked for of each document that is being changed. */
  private readonly lines = new Map<string, Promise<unknown>>();

  constructor({
    table,
    clock,
    keepSwept = () => Promise.resolve(),
    onSaved = () => {},
  }: TableDocumentsOptions) {
    this.table = table;
    this.clock = clock;
    this.keepSwept = keepSwept;
    this.onSaved = onSaved;
  }

  async read<State>(kind: DocumentKind<State>, key: DocumentKey): Promise<State | undefined> {
    return (await this.load(kind, key))?.state;
  }

  async list<State>(kind: DocumentKind<State>, partition: string): Promise<State[]> {
    const states: State[] = [];
    for await (const row of this.rows(partition, rowKeys.documents(kind.kind)))
      states.push(held(kind, row).state);
    return states;
  }

  async listFigures<Figures>(kind: DocumentKind<unknown>, partition: string): Promise<Figures[]> {
    const figures: Figures[] = [];
    for await (const row of this.rows(partition, rowKeys.documents(kind.kind), ['figures'])) {
      if (typeof row['figures'] === 'string') figures.push(JSON.parse(row['figures']) as Figures);
    }
    return figures;
  }

  async create<State>(
    kind: DocumentKind<State>,
    key: DocumentKey,
    change: Change<State>,
    by: LogEntry['by'],
  ): Promise<boolean> {
    try {
      await this.save(kind, key, undefined, change, by);
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  async createAll<State>(
    kind: DocumentKind<State>,
    entries: readonly { readonly key: DocumentKey; readonly change: Change<State> }[],
    by: LogEntry['by'],
  ): Promise<{ created: number; existing: number }> {
    let created = 0;
    for (const batch of batches(entries)) {
      if (await this.createBatch(kind, batch, by)) created += batch.length;
      // Some of this batch are there, from a run that was cut short: go through it one by one.
      else for (const { key, change } of batch) if (await this.create(kind, key, change, by)) created += 1;
    }
    return { created, existing: entries.length - created };
  }

  change<State, R extends Refusal>(
    kind: DocumentKind<State>,
    key: DocumentKey,
    by: LogEntry['by'],
    decide: (state: State) => Change<State> | R,
  ): Promise<State | R | Missing> {
    return this.inLine(key, () => this.changeNow(kind, key, by, decide));
  }

  /** Changes of one document made in this process wait for each other: at once, they would only be stale. */
  private inLine<T>(key: DocumentKey, run: () => Promise<T>): Promise<T> {
    const name = nameOf(key);
    const turn = (this.lines.get(name) ?? Promise.resolve()).then(run, run);
    const leave = () => {
      if (this.lines.get(name) === turn) this.lines.delete(name);
    };
    this.lines.set(name, turn);
    turn.then(leave, leave);
    return turn;
  }

  private async changeNow<State, R extends Refusal>(
    kind: DocumentKind<State>,
    key: DocumentKey,
    by: LogEntry['by'],
    decide: (state: State) => Change<State> | R,
  ): Promise<State | R | Missing> {
    for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
      const known = attempt === 1 ? this.recall<State>(key) : undefined;
      const document = known ?? (await this.load(kind, key));
      if (document === undefined) return missing;
      const change = decide(document.state);
      if (isRefusal(change)) {
        if (known === undefined) return change;
        continue;
      }
      try {
        return await this.save(kind, key, document, change, by);
      } catch (error) {
        this.remembered.delete(nameOf(key));
        if (!isStale(error) && !isMissing(error)) throw error;
      }
    }
    throw new Fault('always-stale', 'A document was saved by others at every attempt.', { ...key });
  }

  async noteRead(
    kind: DocumentKind<unknown>,
    keys: readonly DocumentKey[],
    by: LogEntry['by'],
    did: string,
  ): Promise<void> {
    for (const group of groupsOfOnePartition(keys)) {
      if (await this.noteTogether(kind, group, by, did)) continue;
      for (const key of group) await this.inLine(key, () => this.noteOne(kind, key, by, did));
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
    const transaction = new TableTransaction();
    const noted: { key: DocumentKey; held: Held<unknown>; head: LogHead }[] = [];
    for (const key of keys) {
      const held = this.recall(key) ?? (await this.load(kind, key));
      if (held === undefined) continue;
      const link = linkOver(held.head, key, { at: this.clock.now(), by, did }, held.stateHash);
      const head = { sequence: link.sequence, hash: link.hash };
      const { partition: partitionKey } = key;
      const columns = { rowKey: rowKeys.document(key), logSequence: head.sequence, logHash: head.hash };
      transaction.updateEntity({ partitionKey, ...columns }, 'Merge', { etag: held.etag });
      transaction.createEntity({ partitionKey, rowKey: rowKeys.log(key, link.sequence), ...link });
      noted.push({ key, held, head });
    }
    if (noted.length === 0) return true;
    try {
      const etags = await this.send(transaction);
      noted.forEach(({ key, held, head }, index) =>
        this.remember(key, { ...held, head, etag: etags[2 * index] ?? '' }),
      );
      return true;
    } catch (error) {
      for (const { key } of noted) this.remembered.delete(nameOf(key));
      if (!isStale(error) && !isMissing(error) && !isDuplicate(error)) throw error;
      return false;
    }
  }

  private recall<State>(key: DocumentKey): Held<State> | undefined {
    return this.remembered.get(nameOf(key)) as Held<State> | undefined;
  }

  private async load<State>(kind: DocumentKind<State>, key: DocumentKey): Promise<Held<State> | undefined> {
    if (!isPossible(key)) return undefined;
    try {
      const document = held(kind, await this.table.getEntity(key.partition, rowKeys.document(key)));
      this.remember(key, document);
      return document;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  private async save<State>(
    kind: DocumentKind<State>,
    key: DocumentKey,
    before: Held<State> | undefined,
    change: Change<State>,
    by: LogEntry['by'],
  ): Promise<State> {
    const plan = this.plan(kind, key, before, change, by);
    if (change.messages.length > 0 || plan.dueAt !== undefined) await this.keepSwept(key.partition);
    const responses = await this.submit(plan.transaction, change.messages, key.partition);
    const etag = responses[0];
    if (etag === undefined)
      throw new Fault('no-etag', 'Storage answered a save without an ETag.', { ...key });
    const { head, stateHash, dueAt } = plan;
    this.remember(key, { state: change.state, etag, head, stateHash, dueAt });
    this.onSaved({ partition: key.partition, messages: change.messages.length, dueAt: plan.dueAt });
    return change.state;
  }

  private plan<State>(
    kind: DocumentKind<State>,
    key: DocumentKey,
    before: Held<State> | undefined,
    change: Change<State>,
    by: LogEntry['by'],
  ) {
    const json = JSON.stringify(change.state);
    const stateHash = sha256(json);
    const entry = { at: this.clock.now(), by, did: change.did };
    const link = linkOver(before?.head ?? emptyLog, key, entry, stateHash);
    const dueAt = kind.dueAt?.(change.state);
    const figures = kind.figures?.(change.state);
    const row = {
      partitionKey: key.partition,
      rowKey: rowKeys.document(key),
      schemaVersion: kind.schemaVersion,
      logSequence: link.sequence,
      logHash: link.hash,
      dueAt: dueAt ?? '',
      ...(figures === undefined ? {} : { figures: JSON.stringify(figures) }),
      ...toColumns(json),
    };
    const transaction = new TableTransaction();
    if (before === undefined) transaction.createEntity(row);
    else transaction.updateEntity(row, 'Replace', { etag: before.etag });
    transaction.createEntity({
      partitionKey: key.partition,
      rowKey: rowKeys.log(key, link.sequence),
      ...link,
    });
    if (before?.dueAt !== dueAt) {
      if (before?.dueAt !== undefined)
        transaction.deleteEntity(key.partition, rowKeys.due(before.dueAt, key));
      if (dueAt !== undefined) {
        transaction.createEntity({
          partitionKey: key.partition,
          rowKey: rowKeys.due(dueAt, key),
          kind: key.kind,
          id: key.id,
        });
      }
    }
    return { transaction, dueAt, stateHash, head: { sequence: link.sequence, hash: link.hash } };
  }

  /** Adds the messages and submits. A message that was announced before is left out: its key says it is the same. */
  private async submit(
    base: TableTransaction,
    messages: readonly Message[],
    partition: string,
  ): Promise<(string | undefined)[]> {
    const now = this.clock.now();
    try {
      return await this.send(withMessages(base, messages, partition, now));
    } catch (error) {
      if (!isDuplicate(error) || messages.length === 0) throw error;
      const fresh: Message[] = [];
      for (const message of messages)
        if (!(await this.exists(partition, rowKeys.message(message.key)))) fresh.push(message);
      if (fresh.length === messages.length) throw error;
      return this.send(withMessages(base, fresh, partition, now));
    }
  }

  private async send(transaction: TableTransaction): Promise<(string | undefined)[]> {
    if (transaction.actions.length > 100)
      throw new Fault('too-many-rows', 'A change needs more than 100 rows.');
    const { subResponses } = await this.table.submitTransaction(transaction.actions);
    const failed = subResponses.find(({ status }) => status >= 400);
    if (failed !== undefined)
      throw new RestError('A transaction was refused.', { statusCode: failed.status });
    return subResponses.map(({ etag }) => etag);
  }

  private async createBatch<State>(
    kind: DocumentKind<State>,
    batch: readonly { readonly key: DocumentKey; readonly change: Change<State> }[],
    by: LogEntry['by'],
  ): Promise<boolean> {
    const all = new TableTransaction();
    for (const { key, change } of batch) {
      const { transaction } = this.plan(kind, key, undefined, change, by);
      all.actions.push(
        ...withMessages(transaction, change.messages, key.partition, this.clock.now()).actions,
      );
    }
    try {
      await this.send(all);
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
    const messages = batch.reduce((sum, { change }) => sum + change.messages.length, 0);
    const partition = batch[0]?.key.partition;
    if (partition !== undefined) this.onSaved({ partition, messages, dueAt: undefined });
    return true;
  }

  private async exists(partition: string, rowKey: string): Promise<boolean> {
    try {
      await this.table.getEntity(partition, rowKey, { queryOptions: { select: ['RowKey'] } });
      return true;
    } catch (error) {
      if (isMissing(error)) return false;
      throw error;
    }
  }

  private remember(key: DocumentKey, document: Held<unknown>): void {
    const name = nameOf(key);
    this.remembered.delete(name);
    this.remembered.set(name, document);
    if (this.remembered.size > maxRemembered) {
      const oldest = this.remembered.keys().next();
      if (oldest.done !== true) this.remembered.delete(oldest.value);
    }
  }

  private rows(partition: string, prefix: string, select?: string[]) {
    if (!isPossiblePartition(partition)) return [];
    return this.table.listEntities<Record<string, unknown>>({
      queryOptions: {
        filter: `PartitionKey eq '${partition}' and RowKey ge '${prefix}' and RowKey lt '${after(prefix)}'`,
        ...(select === undefined ? {} : { select }),
      },
    });
  }
}

function nameOf(key: DocumentKey): string {
  return `${key.partition}/${key.kind}/${key.id}`;
}

function held<State>(kind: DocumentKind<State>, row: Record<string, unknown>): Held<State> {
  const { etag, schemaVersion, logSequence, logHash, dueAt } = row;
  if (
    typeof etag !== 'string' ||
    typeof schemaVersion !== 'number' ||
    typeof logSequence !== 'number' ||
    typeof logHash !== 'string'
  ) {
    throw new Fault('bad-row', 'A document row lacks a column.', {
      kind: kind.kind,
      row: String(row['rowKey']),
    });
  }
  const text = fromColumns(row);
  const json: unknown = JSON.parse(text);
  const state = schemaVersion === kind.schemaVersion ? (json as State) : upgraded(kind, json, schemaVersion);
  return {
    state,
    etag,
    head: { sequence: logSequence, hash: logHash },
    stateHash: sha256(text),
    dueAt: typeof dueAt === 'string' && dueAt !== '' ? (dueAt as Instant) : undefined,
  };
}

function upgraded<State>(kind: DocumentKind<State>, json: unknown, from: number): State {
  if (kind.upgrade === undefined || from > kind.schemaVersion) {
    throw new Fault(
      'unknown-schema',
      'A row was written by a version of the product that this one does not know.',
      {
        kind: kind.kind,
        schemaVersion: String(from),
      },
    );
  }
  return kind.upgrade(json, from);
}

function withMessages(
  base: TableTransaction,
  messages: readonly Message[],
  partition: string,
  now: Instant,
): TableTransaction {
  const transaction = new TableTransaction([...base.actions]);
  for (const message of messages) {
    for (const row of waitingRows(message, partition, now)) transaction.createEntity(row);
  }
  return transaction;
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

/** Groups that surely fit into one transaction of 100 rows: document, log, due and two rows a message. */
function batches<Entry extends { readonly change: Change<unknown> }>(entries: readonly Entry[]): Entry[][] {
  const all: Entry[][] = [];
  let rows = 0;
  for (const entry of entries) {
    const needed = 3 + 2 * entry.change.messages.length;
    const last = all.at(-1);
    if (last === undefined || rows + needed > 100) {
      all.push([entry]);
      rows = needed;
    } else {
      last.push(entry);
      rows += needed;
    }
  }
  return all;
}
