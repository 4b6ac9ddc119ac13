import { causes, longestMs, longestOfAlertsMs, type Cause, type Tried } from '../delivery/failures.js';
import type { Backoff, LedgerRow, QueuedMessage } from '../delivery/outbox.js';
import { Fault } from '../practice/base/errors.js';
import type { PersonId } from '../practice/base/ids.js';
import {
  isUndelivered,
  type DocumentKey,
  type LostMessage,
  type Message,
  type MessageState,
  type Recipient,
  type Urgency,
} from '../practice/plr/ports.js';
import type { CardName, MessageReason } from '../practice/plr/message-reasons.js';
import { reasonInKey } from '../practice/plr/reasons-in-keys.js';
import type { Instant } from '../practice/base/time.js';
import { rowKeys } from './keys.js';

/** An entity of the table, as read. */
export type Row = Record<string, unknown>;

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** What the rows of a message say of it. */
function messageColumns(message: Message, partition: string) {
  return {
    partitionKey: partition,
    messageKey: message.key,
    ...recipientColumns(message.to),
    card: message.card,
    why: message.reason === undefined ? '' : JSON.stringify(message.reason),
    aboutPartition: message.about.partition,
    aboutKind: message.about.kind,
    aboutId: message.about.id,
    urgency: message.urgency,
    redraws: message.redraws ?? '',
    notBefore: message.notBefore ?? '',
  };
}

/** The two rows of a new message: its line in the ledger, and the one that waits to be sent. */
export function waitingRows(message: Message, partition: string, now: Instant) {
  const columns = messageColumns(message, partition);
  return [
    { ...columns, rowKey: rowKeys.message(message.key), state: 'queued', reason: '', at: now },
    {
      ...columns,
      rowKey: rowKeys.waiting(message.urgency, now, message.key),
      attempts: 0,
      heldUntil: '',
      claimed: false,
    },
  ];
}

/** How a message stands, as far as it is known. */
type Ended = Pick<LostMessage, 'state' | 'reason' | 'at' | 'refused'>;

/** The row of a message in the standing view: it counts while its state is that of a message that reached nobody. */
export function lostRow(message: Message, partition: string, { state, reason, at, refused = false }: Ended) {
  const rowKey = rowKeys.openMessage(message.key);
  return { ...messageColumns(message, partition), rowKey, state, reason, at, refused };
}

/** Of the ledger's own row, which this version may not be able to read. */
export function lostRowOf(row: Row, ended: Ended) {
  const kept = Object.entries(row).filter(([name]) => columnsKept.includes(name));
  const rowKey = rowKeys.openMessage(textOf(row['messageKey']));
  return { ...Object.fromEntries(kept), partitionKey: String(row['partitionKey']), rowKey, ...ended };
}

const columnsKept = [
  ...['messageKey', 'recipientKind', 'recipientId', 'card', 'urgency'],
  ...['aboutPartition', 'aboutKind', 'aboutId'],
];

/** A message that reached nobody; undefined when that is no longer so. */
export function lostMessageOf(partition: string, row: Row): LostMessage | undefined {
  const line = ledgerRowOf(partition, row);
  if (!isUndelivered(line)) return undefined;
  return {
    ...line,
    document: {
      partition: textOf(row['aboutPartition']),
      kind: textOf(row['aboutKind']),
      id: textOf(row['aboutId']),
    },
  };
}

function recipientColumns(to: Recipient): { recipientKind: string; recipientId: string } {
  if ('person' in to) return { recipientKind: 'person', recipientId: to.person };
  if (to.channel === 'board') return { recipientKind: 'board', recipientId: '' };
  return { recipientKind: to.channel, recipientId: to.team };
}

const urgencies: readonly unknown[] = ['alert', 'answer', 'ordinary'] satisfies Urgency[];

/** A row written by a later version may have something that this one does not know. */
export function isReadable(row: Row): boolean {
  return recipientOf(row) !== undefined && urgencies.includes(row['urgency']);
}

function recipientOf(row: Row): Recipient | undefined {
  const id = String(row['recipientId']);
  switch (row['recipientKind']) {
    case 'person':
      return { person: id } as Recipient;
    case 'alert':
    case 'meeting':
      return { channel: row['recipientKind'], team: id } as Recipient;
    case 'board':
      return { channel: 'board' };
    default:
      return undefined;
  }
}

/** @throws when it is not readable. */
export function messageOf(row: Row): Message {
  const to = recipientOf(row);
  if (to === undefined)
    throw new Fault('bad-row', 'A message has a recipient of an unknown kind.', {
      row: String(row['rowKey']),
    });
  const redraws = textOf(row['redraws']);
  const notBefore = textOf(row['notBefore']);
  const about: DocumentKey = {
    partition: String(row['aboutPartition']),
    kind: String(row['aboutKind']),
    id: String(row['aboutId']),
  };
  return {
    key: String(row['messageKey']),
    to,
    ...reasonOf(row, to),
    about,
    urgency: row['urgency'] as Urgency,
    ...(redraws === '' ? {} : { redraws }),
    ...(notBefore === '' ? {} : { notBefore: notBefore as Instant }),
  };
}

/** Rows from before messages said why have no such column. */
function reasonOf(row: Row, to: Recipient): MessageReason {
  const card = String(row['card']) as CardName;
  const why = row['why'];
  if (typeof why === 'string')
    return (why === '' ? { card } : { card, reason: JSON.parse(why) as unknown }) as MessageReason;
  const person = 'person' in to ? to.person : '';
  return reasonInKey(card, {
    key: String(row['messageKey']),
    partition: String(row['aboutPartition']),
    person,
  });
}

/** `attempts` is what rows of before had for every cause: it was mostly Teams that was away. */
const triedColumn: Readonly<Record<Cause, string>> = {
  away: 'attempts',
  unclear: 'triedUnclear',
  refused: 'triedRefused',
  card: 'triedCard',
  storage: 'triedStorage',
};

export function triedColumns(tried: Tried): Record<string, number> {
  return Object.fromEntries(causes.map((cause) => [triedColumn[cause], tried[cause]]));
}

function triedOf(row: Row): Tried {
  const count = (cause: Cause) => Number(row[triedColumn[cause]] ?? 0);
  return {
    away: count('away'),
    unclear: count('unclear'),
    refused: count('refused'),
    card: count('card'),
    storage: count('storage'),
  };
}

export function heldColumns({ until, forMs }: Backoff): Record<string, string | number> {
  return { heldUntil: until, heldForMs: forMs };
}

/** Rows of before say until when, and not for how long: no longer than anything was held then. */
function heldOf(row: Row): Backoff | undefined {
  const until = textOf(row['heldUntil']);
  if (until === '') return undefined;
  const longest = row['urgency'] === 'alert' ? longestOfAlertsMs : longestMs;
  return { until: until as Instant, forMs: Number(row['heldForMs'] ?? longest) };
}

export function waitingOf(partition: string, row: Row): QueuedMessage {
  const rowKey = String(row['rowKey']);
  return {
    partition,
    rowKey,
    etag: String(row['etag']),
    ledgerEtag: '',
    message: messageOf(row),
    tried: triedOf(row),
    savedAt: rowKeys.savedAt(rowKey),
    held: heldOf(row),
    claimed: row['claimed'] === true,
  };
}

/** A recipient that cannot be read counts as a person whom no roster knows, because the ledger shows every row. */
export function ledgerRowOf(partition: string, row: Row): LedgerRow {
  const nobody = { person: `${textOf(row['recipientKind'])} ${textOf(row['recipientId'])}` as PersonId };
  const to = recipientOf(row) ?? nobody;
  const notBefore = textOf(row['notBefore']);
  return {
    key: String(row['messageKey']),
    partition,
    to,
    recipient:
      'person' in to ? to.person : to.channel === 'board' ? 'board' : `${to.channel} channel of ${to.team}`,
    card: String(row['card']),
    about: String(row['aboutId']),
    urgent: row['urgency'] === 'alert',
    state: row['state'] as MessageState,
    reason: textOf(row['reason']),
    at: row['at'] as Instant,
    ...(row['refused'] === true ? { refused: true } : {}),
    ...(notBefore === '' ? {} : { notBefore: notBefore as Instant }),
  };
}
