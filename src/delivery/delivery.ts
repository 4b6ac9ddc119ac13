import type { CardContent, Superseded } from '../practice/feature.js';
import type { Ended, Message } from '../practice/ports.js';
import { addDuration, fromEpochMilliseconds, type Clock, type Instant } from '../practice/time.js';
import type { Outbox, Waiting, Whereabouts } from './outbox.js';
import type { Pace } from './pace.js';

/** How one attempt to send went, in delivery's own words: the Teams room translates Teams' answers. */
export type Attempt =
  | { readonly sent: Whereabouts }
  /** Teams will not take it, now or later: it is listed for the operator. */
  | { readonly undeliverable: string }
  /** Teams asks everyone to wait. */
  | { readonly throttledMs: number }
  /** Something passing: try again later. */
  | { readonly again: string };

/** It must not go out as it is: shown to the operator with the reason, and not tried again by itself. */
export interface SetAside {
  readonly setAside: string;
}

export interface Messenger {
  send(to: Message['to'], content: CardContent): Promise<Attempt>;
  redraw(where: Whereabouts, content: CardContent): Promise<Attempt>;
}

export interface DeliveryOptions {
  readonly outbox: Outbox;
  readonly messenger: Messenger;
  readonly pace: Pace;
  readonly activePartitions: () => Promise<string[]>;
  /** The card from the state as it is now. */
  readonly present: (message: Message) => Promise<CardContent | Superseded | SetAside>;
  /** Told of an end before it is recorded. */
  readonly ended: (message: Message, as: Ended['as'], reason: string) => Promise<void>;
  /** The product's clock, for the messages' own times. */
  readonly clock: Clock;
  /** The real clock, for leases and backoff: moving the product's clock must not break a claim. */
  readonly realNowMs: () => number;
  readonly log: (event: string, ids: Record<string, string | number>) => void;
  /** How long a claim lasts. Default 60 s. */
  readonly leaseMs?: number;
  /** After so many attempts a message is set aside and shown. Default 12. */
  readonly maxAttempts?: number;
  /** Messages taken together. Default 20: an alert waits at most for these. */
  readonly batchSize?: number;
}

/**
 * Takes what waits, renders it as the state is now, sends it at Teams' pace, and records its named end.
 * Safe on many replicas: a message is sent under a claim, and a claim is a conditional write.
 */
export class Delivery {
  private readonly options: Required<DeliveryOptions>;

  constructor(options: DeliveryOptions) {
    this.options = { leaseMs: 60_000, maxAttempts: 12, batchSize: 20, ...options };
  }

  /** Sends all that can be sent now; returns how many messages came to an end. */
  async drain(): Promise<number> {
    let ended = 0;
    for (;;) {
      const batch = await this.nextBatch();
      if (batch.length === 0) return ended;
      const results = await Promise.all(batch.map((message) => this.deliver(message)));
      ended += results.filter(Boolean).length;
    }
  }

  /** The most urgent that wait anywhere, claimed. */
  private async nextBatch(): Promise<Waiting[]> {
    const { outbox, activePartitions, batchSize, leaseMs } = this.options;
    const partitions = await activePartitions();
    const found = await Promise.all(partitions.map((partition) => this.ready(partition)));
    const chosen = found.flat().sort(byUrgency).slice(0, batchSize);
    const claimed = await Promise.all(
      partitions.map((partition) =>
        outbox.claim(
          chosen.filter((message) => message.partition === partition),
          fromEpochMilliseconds(this.options.realNowMs() + leaseMs),
        ),
      ),
    );
    return claimed.flat().sort(byUrgency);
  }

  private async ready(partition: string): Promise<Waiting[]> {
    const realNow = fromEpochMilliseconds(this.options.realNowMs());
    const now = this.options.clock.now();
    const waiting = await this.options.outbox.waiting(partition, 500);
    return waiting.filter(
      ({ heldUntil, message }) =>
        (heldUntil === undefined || heldUntil <= realNow) &&
        (message.notBefore === undefined || message.notBefore <= now),
    );
  }

  /** True when the message came to its end. */
  private async deliver(waiting: Waiting): Promise<boolean> {
    const { message, attempts } = waiting;
    try {
      const content = await this.options.present(message);
      if ('superseded' in content)
        return await this.end(waiting, { state: 'superseded', reason: content.superseded });
      if ('setAside' in content)
        return await this.end(waiting, { state: 'setAside', reason: content.setAside });
      const attempt = await this.attempt(waiting, content);
      if ('sent' in attempt) return await this.end(waiting, { state: 'delivered', where: attempt.sent });
      if ('undeliverable' in attempt)
        return await this.end(waiting, { state: 'undeliverable', reason: attempt.undeliverable });
      if ('throttledMs' in attempt) {
        this.options.pace.holdEveryone(attempt.throttledMs);
        await this.options.outbox.postpone(
          waiting,
          this.realTimeIn(attempt.throttledMs),
          'Teams asked everyone to wait',
        );
        return false;
      }
      return await this.retry(waiting, attempt.again);
    } catch (error) {
      // Storage or a presenter failed: the claim runs out or the message is put back, and it is tried again.
      this.options.log('delivery failed', { key: message.key, attempts, error: String(error) });
      return this.retry(waiting, 'something failed here; the log has it').catch(() => false);
    }
  }

  private async attempt(waiting: Waiting, content: CardContent): Promise<Attempt> {
    const { messenger, outbox, pace } = this.options;
    const { message, partition } = waiting;
    await pace.take(message.urgency);
    if (message.redraws === undefined) return messenger.send(message.to, content);
    const where = await outbox.whereabouts(partition, message.redraws);
    // The first card was never delivered: when it is, it will be drawn from the state as it is then.
    if (where === undefined) return { undeliverable: 'the card to redraw was not delivered' };
    return messenger.redraw(where, content);
  }

  private async end(waiting: Waiting, end: Unstamped): Promise<boolean> {
    const at = this.options.clock.now();
    if (end.state === 'delivered') await this.options.ended(waiting.message, 'delivered', '');
    if (end.state === 'undeliverable' || end.state === 'setAside')
      await this.options.ended(waiting.message, end.state, end.reason);
    return this.options.outbox.finish(waiting, { ...end, at });
  }

  private async retry(waiting: Waiting, reason: string): Promise<boolean> {
    if (waiting.attempts >= this.options.maxAttempts) return this.end(waiting, { state: 'setAside', reason });
    await this.options.outbox.postpone(waiting, this.realTimeIn(backoffMs(waiting.attempts)), reason);
    return false;
  }

  private realTimeIn(ms: number): Instant {
    return addDuration(fromEpochMilliseconds(this.options.realNowMs()), `PT${Math.ceil(ms / 1000)}S`);
  }
}

type Unstamped =
  | { readonly state: 'delivered'; readonly where: Whereabouts }
  | { readonly state: 'undeliverable' | 'superseded' | 'setAside'; readonly reason: string };

/** 2, 4, 8 … seconds, at most five minutes. */
function backoffMs(attempts: number): number {
  return Math.min(300_000, 1_000 * 2 ** attempts);
}

/** Row keys begin with urgency and time, so they sort across partitions too. */
function byUrgency(a: Waiting, b: Waiting): number {
  return a.rowKey < b.rowKey ? -1 : a.rowKey > b.rowKey ? 1 : 0;
}
