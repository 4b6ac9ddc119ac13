import type { DocumentKey } from '../practice/plr/ports.js';
import type { Instant } from '../practice/base/time.js';
import { Fault } from '../practice/base/errors.js';

/**
 * Every key of every row, made here and nowhere else. One table. A cycle is a partition, and everything that
 * one decision saves is in it, so that it is one transaction. Row keys by their first part:
 *
 *     doc~KIND~ID              a document: state, figures, the head of its log
 *     log~KIND~ID~000001       its append-only log, hash-chained
 *     due~TIME~KIND~ID         when something is due of it by itself (at most one row a document)
 *     msg~KEY                  the ledger: a message, for ever
 *     open~doc~KIND~ID         what is open of a document (docs/decisions/0017)
 *     open~msg~KEY             a message that reached nobody, or once did not
 *     out~URGENCY~TIME~KEY     the same message while it waits to be sent
 *
 * Kinds, ids and keys in them are encoded: `decoded` gives them back.
 */
export const partitions = {
  /** Documents that belong to no cycle. */
  council: 'council',
  activePartitions: 'partitions',
  conversations: 'conversations',
  references: 'references',
  settings: 'settings',
} as const;

const urgencies = { alert: '0', answer: '1', ordinary: '2' } as const;

export const rowKeys = {
  document: (key: DocumentKey) => checked(`doc~${key.kind}~${key.id}`),
  documents: (kind: string) => `doc~${kind}~`,
  allDocuments: () => 'doc~',
  log: (key: DocumentKey, sequence: number) =>
    checked(`log~${key.kind}~${key.id}~${String(sequence).padStart(6, '0')}`),
  logs: (key: DocumentKey) => checked(`log~${key.kind}~${key.id}~`),
  allLogs: () => 'log~',
  due: (at: Instant, key: DocumentKey) => checked(`due~${at}~${key.kind}~${key.id}`),
  allDue: () => 'due~',
  dueUntil: (now: Instant) => `due~${now}~\u007f`,
  allOpen: () => 'open~',
  openDocument: ({ kind, id }: DocumentKey) => checked(`open~doc~${kind}~${id}`),
  openDocuments: () => 'open~doc~',
  openMessage: (key: string) => checked(`open~msg~${key}`),
  openMessages: () => 'open~msg~',
  message: (key: string) => checked(`msg~${key}`),
  /** The ledger row of a waiting one. */
  messageOf: (waiting: string) => `msg~${waiting.split('~').slice(3).join('~')}`,
  messages: (keyPrefix: string) => checked(`msg~${keyPrefix}`),
  allMessages: () => 'msg~',
  waiting: (urgency: keyof typeof urgencies, at: Instant, key: string) =>
    checked(`out~${urgencies[urgency]}~${at}~${key}`),
  allWaiting: () => 'out~',
  afterAllWaiting: () => endOfPrefix('out~'),
  firstOrdinary: () => `out~${urgencies.ordinary}~`,
  /** The time in a waiting row's key: when its message was saved. */
  savedAt: (waiting: string) => waiting.split('~')[2] as Instant,
};

/** The first key after all that begin with `prefix`: `~` and all key characters sort before DEL. */
export function endOfPrefix(prefix: string): string {
  return `${prefix}\u007f`;
}

/**
 * Whether such a document can exist at all. Keys also come from cards, and a partition goes into a query, so
 * what cannot be a key is not asked for.
 */
export function isPossible({ partition, kind, id }: DocumentKey): boolean {
  return isPossiblePartition(partition) && encoded(`${kind}~${id}`).length <= 900;
}

export function isPossiblePartition(partition: string): boolean {
  return /^[A-Za-z0-9~.:_@-]{1,900}$/.test(partition);
}

/** A key encoded, with the ids of people and teams in it. Azure Tables refuses keys over 1,024 characters. */
function checked(key: string): string {
  const row = encoded(key);
  if (row.length > 1000) throw new Fault('bad-row-key', 'A row key is longer than it may be.', { key });
  return row;
}

/**
 * Azure Tables refuses / \ # ? and control characters in keys, and a quotation mark would end a query: what an
 * id has besides plain letters, as in O'Neill, is written as `=27=`. The encoding of a key begins with the
 * encoding of whatever the key begins with.
 */
function encoded(key: string): string {
  return key.replace(/[^A-Za-z0-9~.:_@-]/gu, (one) => `=${one.codePointAt(0)?.toString(16)}=`);
}

/** The opposite of `rowKey`. */
export function decoded(rowKey: string): string {
  return rowKey.replace(/=([0-9a-f]+)=/g, (_all, code: string) => String.fromCodePoint(parseInt(code, 16)));
}

/** One name for each document, for maps within this process. */
export function documentName({ partition, kind, id }: DocumentKey): string {
  return `${partition}/${kind}/${id}`;
}
