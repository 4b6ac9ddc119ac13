import type { LedgerLine, Message } from '../practice/ports.js';
import type { Instant } from '../practice/time.js';

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

/** A message in its waiting row, with what only storage knows of it. */
export interface Waiting {
  readonly partition: string;
  readonly rowKey: string;
  readonly etag: string;
  /** The ledger row's ETag as this worker's claim left it; empty before a claim. */
  readonly ledgerEtag: string;
  readonly message: Message;
  readonly attempts: number;
  /** Not to be touched by others before: a claim's lease, a backoff, or the message's own time. */
  readonly heldUntil: Instant | undefined;
}

export interface LedgerRow extends LedgerLine {
  readonly partition: string;
  /** The recipient in words: a person's id, or `alert channel of TEAM`. */
  readonly recipient: string;
  readonly urgent: boolean;
}

/** Alerts have a lane of their own: nothing that hangs or queues in the other holds them up. */
export const lanes = ['alerts', 'others'] as const;
export type Lane = (typeof lanes)[number];

/** What delivery asks of storage. Every call that changes a row is conditional on its ETag. */
export interface Outbox {
  /** What waits in a partition: its alerts; or answers, then the rest. Oldest first. */
  waiting(partition: string, lane: Lane, limit: number): Promise<Waiting[]>;
  /** Takes up to 50 messages of one partition until `leaseUntil`; those that another worker took first are left out. */
  claim(messages: readonly Waiting[], leaseUntil: Instant): Promise<Waiting[]>;
  /** Records the named end and takes the message off the outbox; false when the claim was lost meanwhile. */
  finish(message: Waiting, end: End): Promise<boolean>;
  /** Puts a claimed message back until a time (a backoff, a throttle). */
  postpone(message: Waiting, until: Instant, reason: string): Promise<void>;
  /** Where an earlier message was delivered; or that it still is to be; undefined when it never came there. */
  whereabouts(partition: string, key: string): Promise<Whereabouts | 'queued' | 'sending' | undefined>;
  /** Puts messages that ended (undeliverable, set aside, delivered) and are chosen back on the outbox; returns how many. */
  requeue(partition: string, choose: (row: LedgerRow) => boolean): Promise<number>;
  /** All messages of a partition, or those whose key begins so. */
  ledger(partition: string, keyPrefix?: string): Promise<LedgerRow[]>;
}
