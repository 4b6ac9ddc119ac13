import type { Failed } from '../delivery/failures.js';
import type { Earlier, End, Ending, Backoff, LedgerRow, Outbox, QueuedMessage } from '../delivery/outbox.js';
import type { Log } from '../log.js';
import { isUndelivered, type Message, type MessageState } from '../practice/plr/ports.js';
import type { Clock } from '../practice/base/time.js';
import { TableTransaction, type TableClient } from './azure.js';
import { rowKeys } from './keys.js';
import {
  heldColumns,
  isReadable,
  ledgerRowOf,
  lostRow,
  lostRowOf,
  messageOf,
  triedColumns,
  waitingOf,
  waitingRows,
  type Row,
} from './outbox-rows.js';
import { isMissing, isStale, entitiesOf } from './table.js';
import { submitRows } from './transaction.js';

/** Azure Tables takes no more in one transaction. */
const maxRows = 100;

export interface TableOutboxOptions {
  /** Called before anything is put back. */
  readonly keepSwept?: (partition: string) => Promise<void>;
  readonly log?: Log;
}

/** It reaches nobody, or did not when it was tried before: the standing view has a row of it. */
function isInView({ message, end }: Ending): boolean {
  return isUndelivered(end) || message.tried.refused > 0;
}

/** The outbox and the ledger in Azure Tables, in the partition of the state that caused each message. */
export class TableOutbox implements Outbox {
  private readonly table: TableClient;
  private readonly clock: Clock;
  private readonly options: Required<TableOutboxOptions>;

  constructor(table: TableClient, clock: Clock, options: TableOutboxOptions = {}) {
    this.table = table;
    this.clock = clock;
    this.options = { keepSwept: () => Promise.resolve(), log: () => {}, ...options };
  }

  async waiting(partition: string, limit: number, after?: string): Promise<QueuedMessage[]> {
    const [from, to] = [after ?? rowKeys.allWaiting(), rowKeys.afterAllWaiting()];
    const { found, unreadable } = await this.some(partition, from, to, limit);
    for (const row of unreadable) await this.setAside(partition, row);
    return found;
  }

  async urgent(partition: string, limit: number): Promise<QueuedMessage[]> {
    return (await this.some(partition, rowKeys.allWaiting(), rowKeys.firstOrdinary(), limit)).found;
  }

  async depth(partition: string): Promise<number> {
    let count = 0;
    const filter = `PartitionKey eq '${partition}' and RowKey gt '${rowKeys.allWaiting()}' and RowKey lt '${rowKeys.afterAllWaiting()}'`;
    const pages = this.table.listEntities({ queryOptions: { filter, select: ['RowKey'] } }).byPage();
    for await (const page of pages) count += page.length;
    return count;
  }

  async claim(messages: readonly QueuedMessage[]): Promise<QueuedMessage[]> {
    if (messages.length === 0) return [];
    try {
      return await this.claimTogether(messages);
    } catch (error) {
      if (!isStale(error) && !isMissing(error)) throw error;
      // Another worker has some of them: claim each one separately, and leave those to that worker.
      if (messages.length === 1) return [];
      const claimed: QueuedMessage[] = [];
      for (const message of messages) claimed.push(...(await this.claim([message])));
      return claimed;
    }
  }

  private async claimTogether(messages: readonly QueuedMessage[]): Promise<QueuedMessage[]> {
    const transaction = new TableTransaction();
    const at = this.clock.now();
    for (const { partition, rowKey, etag, message } of messages) {
      transaction.updateEntity({ partitionKey: partition, rowKey, heldUntil: '', claimed: true }, 'Merge', {
        etag,
      });
      transaction.updateEntity(
        { partitionKey: partition, rowKey: rowKeys.message(message.key), state: 'sending', at },
        'Merge',
      );
    }
    const etags = await submitRows(this.table, transaction.actions);
    return messages.map((message, index) => ({
      ...message,
      etag: etags[2 * index] ?? '',
      ledgerEtag: etags[2 * index + 1] ?? '',
      held: undefined,
      claimed: true,
    }));
  }

  /**
   * The SDK deletes unconditionally inside a transaction, so the condition is on the ledger row: its ETag must
   * be the one that this worker's own claim gave it.
   */
  async finish(ended: readonly Ending[]): Promise<boolean[]> {
    const rows = ended.reduce((sum, one) => sum + (isInView(one) ? 3 : 2), 0);
    if (rows > maxRows) {
      const half = Math.ceil(ended.length / 2);
      return [...(await this.finish(ended.slice(0, half))), ...(await this.finish(ended.slice(half)))];
    }
    const transaction = new TableTransaction();
    for (const { message: waiting, end } of ended) {
      const { partition, rowKey, ledgerEtag, message } = waiting;
      transaction.deleteEntity(partition, rowKey);
      transaction.updateEntity(
        {
          partitionKey: partition,
          rowKey: rowKeys.message(message.key),
          state: end.state,
          at: end.at,
          ...(end.state === 'delivered' ? { reason: '', ...end.where } : { reason: end.reason }),
        },
        'Merge',
        { etag: ledgerEtag },
      );
      if (isInView({ message: waiting, end }))
        transaction.upsertEntity(lostRow(message, partition, { reason: '', ...end }), 'Replace');
    }
    if (await this.held(transaction)) return ended.map(() => true);
    if (ended.length === 1) return [false];
    const each: boolean[] = [];
    for (const one of ended) each.push(...(await this.finish([one])));
    return each;
  }

  async postpone(
    { partition, rowKey, etag, ledgerEtag, message, tried }: QueuedMessage,
    held: Backoff,
    { cause, reason }: Pick<Failed, 'cause' | 'reason'>,
  ): Promise<void> {
    const transaction = new TableTransaction();
    const columns = { ...heldColumns(held), ...triedColumns(tried), claimed: false };
    transaction.updateEntity({ partitionKey: partition, rowKey, ...columns }, 'Merge', { etag });
    const line = {
      partitionKey: partition,
      rowKey: rowKeys.message(message.key),
      state: 'queued',
      reason,
      at: this.clock.now(),
      ...(cause === 'refused' ? { refused: true } : {}),
    } as const;
    transaction.updateEntity(line, 'Merge', { etag: ledgerEtag });
    if (cause === 'refused') transaction.upsertEntity(lostRow(message, partition, line), 'Replace');
    await this.held(transaction);
  }

  async explain(waiting: QueuedMessage, reason: string): Promise<QueuedMessage | undefined> {
    const { partition, ledgerEtag, message } = waiting;
    const line = { partitionKey: partition, rowKey: rowKeys.message(message.key), state: 'queued', reason };
    try {
      const { etag = '' } = await this.table.updateEntity(line, 'Merge', { etag: ledgerEtag });
      return { ...waiting, ledgerEtag: etag };
    } catch (error) {
      if (isStale(error) || isMissing(error)) return undefined;
      throw error;
    }
  }

  async release(partition: string, choose: (message: Message) => boolean = () => true): Promise<number> {
    let released = 0;
    const held = { where: `heldUntil ne ''` };
    for await (const row of entitiesOf(this.table, partition, rowKeys.allWaiting(), held)) {
      if (!isReadable(row) || !choose(messageOf(row))) continue;
      if (released === 0) await this.options.keepSwept(partition);
      const transaction = new TableTransaction();
      const { etag, rowKey } = waitingOf(partition, row);
      transaction.updateEntity({ partitionKey: partition, rowKey, heldUntil: '' }, 'Merge', { etag });
      if (await this.held(transaction)) released += 1;
    }
    return released;
  }

  async earlier(partition: string, key: string): Promise<Earlier | undefined> {
    try {
      const row = await this.table.getEntity<Row>(partition, rowKeys.message(key));
      if (row['state'] !== 'delivered') return { state: row['state'] as MessageState };
      return {
        where: {
          serviceUrl: String(row['serviceUrl']),
          conversationId: String(row['conversationId']),
          activityId: String(row['activityId']),
        },
      };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async requeue(
    partition: string,
    ended: readonly End['state'][],
    choose: (row: LedgerRow) => boolean = () => true,
  ): Promise<number> {
    let requeued = 0;
    const states = ended.map((state) => `state eq '${state}'`).join(' or ');
    for await (const row of entitiesOf(this.table, partition, rowKeys.allMessages(), {
      where: `(${states})`,
    })) {
      const line = ledgerRowOf(partition, row);
      // A delivered redraw comes back with its card, which is drawn as things are now.
      if (row['redraws'] !== '' && line.state === 'delivered') continue;
      if (!isReadable(row) || !choose(line)) continue;
      if (requeued === 0) await this.options.keepSwept(partition);
      const now = this.clock.now();
      const again = waitingRows(messageOf(row), partition, now)[1];
      const transaction = new TableTransaction();
      transaction.updateEntity(
        {
          partitionKey: partition,
          rowKey: rowKeys.message(line.key),
          state: 'queued',
          reason: '',
          at: now,
          refused: false,
        },
        'Merge',
        { etag: String(row['etag']) },
      );
      if (again !== undefined) transaction.createEntity(again);
      const ended = { state: 'queued', reason: '', at: now } as const;
      if (isUndelivered(line)) transaction.upsertEntity(lostRowOf(row, ended), 'Replace');
      if (await this.held(transaction)) requeued += 1;
    }
    return requeued;
  }

  async ledger(partition: string, keyPrefix = ''): Promise<LedgerRow[]> {
    const lines: LedgerRow[] = [];
    for await (const row of entitiesOf(this.table, partition, rowKeys.messages(keyPrefix)))
      lines.push(ledgerRowOf(partition, row));
    return lines;
  }

  /** False when somebody else has changed the row meanwhile: the claim had run out. */
  private async held(transaction: TableTransaction): Promise<boolean> {
    try {
      await submitRows(this.table, transaction.actions);
      return true;
    } catch (error) {
      if (isStale(error) || isMissing(error)) return false;
      throw error;
    }
  }

  /** A row that this version cannot read does not hold up the others. */
  private async setAside(partition: string, row: Row): Promise<void> {
    const rowKey = String(row['rowKey']);
    const reason = 'this version of the bot cannot read it';
    const transaction = new TableTransaction();
    const ended = { state: 'setAside', reason, at: this.clock.now() } as const;
    transaction.deleteEntity(partition, rowKey);
    transaction.upsertEntity({
      partitionKey: partition,
      rowKey: rowKeys.messageOf(rowKey),
      messageKey: String(row['messageKey']),
      ...ended,
    });
    transaction.upsertEntity(lostRowOf(row, ended), 'Replace');
    if (await this.held(transaction)) this.options.log('a message was set aside', { row: rowKey, reason });
  }

  private async some(partition: string, after: string, before: string, limit: number) {
    const filter = `PartitionKey eq '${partition}' and RowKey gt '${after}' and RowKey lt '${before}'`;
    const [found, unreadable]: [QueuedMessage[], Row[]] = [[], []];
    const pages = this.table.listEntities<Row>({ queryOptions: { filter } }).byPage({ maxPageSize: limit });
    for await (const page of pages) {
      found.push(...page.filter(isReadable).map((row) => waitingOf(partition, row)));
      unreadable.push(...page.filter((row) => !isReadable(row)));
      if (found.length >= limit) break;
    }
    return { found: found.slice(0, limit), unreadable };
  }
}
