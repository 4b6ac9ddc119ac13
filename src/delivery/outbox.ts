import type { LedgerLine, Message, MessageState } from '../practice/plr/ports.js';
import type { Instant } from '../practice/base/time.js';
import type { Failed, Tried } from './failures.js';

/** Where a delivered card is, so that it can be redrawn in place. */
export interface Whereabouts {
  readonly serviceUrl: string;
  readonly conversationId: string;
  readonly activityId: string;
}

export type End =
  | { readonly state: 'delivered'; readonly at: Instant; readonly where: Whereabouts }
  | {
      readonly state: 'undeliverable' | 'superseded' | 'setAside';
      readonly at: Instant;
      readonly reason: string;
    };

/**
 * A backoff. How long it was meant to be is kept beside its end: by a clock that was ahead when it was written, or that
 * went back since, it would last for days.
 */
export interface Backoff {
  readonly until: Instant;
  readonly forMs: number;
}

/** A message that waits to be sent, with what only storage knows of it. */
export interface QueuedMessage {
  readonly partition: string;
  readonly rowKey: string;
  readonly etag: string;
  /** The ledger row's ETag as this worker's claim left it; empty before a claim. */
  readonly ledgerEtag: string;
  readonly message: Message;
  /** How often it has failed, by cause. */
  readonly tried: Tried;
  /** When the message was saved, by the product's clock. */
  readonly savedAt: Instant;
  /** Not to be tried before; none when it may go at once. */
  readonly held: Backoff | undefined;
  /** A worker has claimed it and not ended it. When that worker is gone, it may be claimed again at once. */
  readonly claimed: boolean;
}

/** What became of an earlier message: where its card is, or why it has none. */
export type Earlier = { readonly where: Whereabouts } | { readonly state: MessageState };

export interface LedgerRow extends LedgerLine {
  readonly partition: string;
  /** The recipient in words: a person's id, or `alert channel of TEAM`. */
  readonly recipient: string;
  readonly urgent: boolean;
  /** Not to be sent before this time. */
  readonly notBefore?: Instant;
}

export interface Ending {
  readonly message: QueuedMessage;
  readonly end: End;
}

/** What delivery asks of storage. Every call that changes a row is conditional on its ETag. */
export interface Outbox {
  /** What waits in a partition: alerts first, then answers, then the rest, oldest first; `after` a row key, to read on. */
  waiting(partition: string, limit: number, after?: string): Promise<QueuedMessage[]>;
  /** Of what waits, the alerts and the answers to people. */
  urgent(partition: string, limit: number): Promise<QueuedMessage[]>;
  /** How many wait in a partition. */
  depth(partition: string): Promise<number>;
  /** Takes up to 50 messages of one partition; those that another worker took first are left out. */
  claim(messages: readonly QueuedMessage[]): Promise<QueuedMessage[]>;
  /**
   * Records the named ends of up to 50 messages of one partition and takes them off the outbox; false
   * where the claim was lost meanwhile.
   */
  finish(ended: readonly Ending[]): Promise<boolean[]>;
  /** Puts a claimed message back until a time; `tried` of the message is what it has failed by now. */
  postpone(message: QueuedMessage, held: Backoff, failed: Pick<Failed, 'cause' | 'reason'>): Promise<void>;
  /** Says in the ledger why a claimed message waits; undefined when its claim was lost meanwhile. */
  explain(message: QueuedMessage, reason: string): Promise<QueuedMessage | undefined>;
  /** Lets what is put back go at once, all or what `choose` takes; returns how many. */
  release(partition: string, choose?: (message: Message) => boolean): Promise<number>;
  /** What became of an earlier message; undefined when there is none with this key. */
  earlier(partition: string, key: string): Promise<Earlier | undefined>;
  /** Puts messages with this end, or those of them that are chosen, back on the outbox; returns how many. */
  requeue(
    partition: string,
    ended: readonly End['state'][],
    choose?: (row: LedgerRow) => boolean,
  ): Promise<number>;
  /** All messages of a partition, or those whose key begins so. */
  ledger(partition: string, keyPrefix?: string): Promise<LedgerRow[]>;
}
