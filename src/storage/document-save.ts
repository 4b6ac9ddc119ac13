import { emptyLog, linkOver, sha256, type LogHead } from '../audit/chain.js';
import type { Change, DocumentKey, DocumentKind, LogEntry, Message } from '../practice/plr/ports.js';
import type { Instant } from '../practice/base/time.js';
import { TableTransaction } from './azure.js';
import type { StoredDocument } from './document-rows.js';
import { actedOnHash } from './columns.js';
import { rowKeys } from './keys.js';
import { toColumns } from './state-columns.js';
import { waitingRows } from './outbox-rows.js';

/** The rows of one save, without its messages, and what is to be remembered once they are there. */
export interface SavePlan {
  readonly transaction: TableTransaction;
  readonly dueAt: Instant | undefined;
  readonly stateHash: string;
  readonly actedOnHash: string;
  readonly head: LogHead;
  readonly open: string;
}

/** The document's row comes first, because storage returns the ETags in the same order. */
export function planSave<State>(
  kind: DocumentKind<State>,
  key: DocumentKey,
  before: StoredDocument<State> | undefined,
  { state, did }: Change<State>,
  { at, by, timeZone }: Pick<LogEntry, 'at' | 'by'> & { readonly timeZone: string },
): SavePlan {
  const json = JSON.stringify(state);
  const stateHash = sha256(json);
  const dueAt = kind.dueAt?.(state);
  const figures = kind.figures?.(state, timeZone);
  const { hash: open, json: openJson } = openOf(kind, state);
  const columns = {
    schemaVersion: kind.schemaVersion,
    dueAt: dueAt ?? '',
    open,
    ...(figures === undefined ? {} : { figures: JSON.stringify(figures) }),
  };
  const actedOn = actedOnHash(columns);
  const link = linkOver(before?.head ?? emptyLog, key, { at, by, did }, stateHash, actedOn);
  const head = { sequence: link.sequence, hash: link.hash };
  const row = {
    partitionKey: key.partition,
    rowKey: rowKeys.document(key),
    ...columns,
    logSequence: head.sequence,
    logHash: head.hash,
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
  if (before?.dueAt !== dueAt) moveDueRow(transaction, key, before?.dueAt, dueAt);
  if ((before?.open ?? '') !== open)
    if (openJson === undefined) transaction.deleteEntity(key.partition, rowKeys.openDocument(key));
    else transaction.upsertEntity(openRow(key, openJson), 'Replace');
  return { transaction, dueAt, stateHash, actedOnHash: actedOn, head, open };
}

/** What is open of a document, as its row has it, and the hash of that; none, and '', when nothing is. */
export function openOf<State>(kind: DocumentKind<State>, state: State): { hash: string; json?: string } {
  const open = kind.open?.(state);
  if (open === undefined) return { hash: '' };
  const json = JSON.stringify(open);
  return { hash: sha256(json), json };
}

export function openRow(key: DocumentKey, json: string) {
  const row = { partitionKey: key.partition, rowKey: rowKeys.openDocument(key), ...toColumns(json) };
  return { ...row, kind: key.kind, id: key.id };
}

function moveDueRow(
  transaction: TableTransaction,
  key: DocumentKey,
  from: Instant | undefined,
  to: Instant | undefined,
): void {
  const { partition, kind, id } = key;
  if (from !== undefined) transaction.deleteEntity(partition, rowKeys.due(from, key));
  if (to !== undefined)
    transaction.createEntity({ partitionKey: partition, rowKey: rowKeys.due(to, key), kind, id });
}

export function withMessages(
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

/** Groups that fit into one transaction of 100 rows: row, log, due and open of each document, and two a message. */
export function batches<Entry extends { readonly change: Change<unknown> }>(
  entries: readonly Entry[],
): Entry[][] {
  const all: Entry[][] = [];
  let rows = 0;
  for (const entry of entries) {
    const needed = 4 + 2 * entry.change.messages.length;
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
