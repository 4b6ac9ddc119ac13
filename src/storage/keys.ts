import type { DocumentKey } from '../practice/ports.js';
import type { Instant } from '../practice/time.js';
import { Fault } from '../practice/errors.js';

/**
 * Every key of every row, made here and nowhere else. One table; a cycle is a partition, and all that
 * one decision saves lies in it, so that it is one transaction. Row keys by their first part:
 *
 *     doc~KIND~ID              a document: state, figures, the head of its log
 *     log~KIND~ID~000001       its append-only log, hash-chained
 *     due~TIME~KIND~ID         when something is due of it by itself (at most one row a document)
 *     msg~KEY                  the ledger: a message, for ever
 *     out~URGENCY~TIME~KEY     the same message while it waits to be sent
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
  logs: (key: DocumentKey) => `log~${key.kind}~${key.id}~`,
  allLogs: () => 'log~',
  due: (at: Instant, key: DocumentKey) => checked(`due~${at}~${key.kind}~${key.id}`),
  allDue: () => 'due~',
  dueUntil: (now: Instant) => `due~${now}~\u007f`,
  message: (key: string) => checked(`msg~${key}`),
  messages: (keyPrefix: string) => checked(`msg~${keyPrefix}`),
  allMessages: () => 'msg~',
  waiting: (urgency: keyof typeof urgencies, at: Instant, key: string) =>
    checked(`out~${urgencies[urgency]}~${at}~${key}`),
  allWaiting: () => 'out~',
  afterAllWaiting: () => after('out~'),
  firstOrdinary: () => `out~${urgencies.ordinary}~`,
  /** The time in a waiting row's key: when its message was saved. */
  savedAt: (waiting: string) => waiting.split('~')[2] as Instant,
};

/** The first key after all that begin with `prefix`: `~` and all key characters sort before DEL. */
export function after(prefix: string): string {
  return `${prefix}\u007f`;
}

/**
 * Whether there can be such a document at all. Keys come from cards too, and a partition goes into a query:
 * what no key can be is not asked for.
 */
export function isPossible({ partition, kind, id }: DocumentKey): boolean {
  return isPossiblePartition(partition) && /^[A-Za-z0-9~.:_@-]{1,900}$/.test(`${kind}~${id}`);
}

export function isPossiblePartition(partition: string): boolean {
  return /^[A-Za-z0-9~.:_@-]{1,900}$/.test(partition);
}

/** Azure Tables refuses / \ # ? and control characters in keys, and keys over 1,024 characters. */
function checked(key: string): string {
  if (!/^[A-Za-z0-9~.:_@-]{1,1000}$/.test(key))
    throw new Fault('bad-row-key', 'A row key has characters that it may not have.', { key });
  return key;
}

/** Tells a document from all others, within this process. */
export function nameOf({ partition, kind, id }: DocumentKey): string {
  return `${partition}/${kind}/${id}`;
}
