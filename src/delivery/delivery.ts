import type { CardContent, Superseded } from '../practice/feature.js';
import type { Ended, Message } from '../practice/ports.js';
import { addDuration, fromEpochMilliseconds, type Clock, type Instant } from '../practice/time.js';
import type { Lane, Outbox, Waiting, Whereabouts } from './outbox.js';
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
  /** After so many attempts a message is set aside and shown; an alert never is. Default 12. */
  readonly maxAttempts?: number;
  /** Messages taken together. Default 20. */
  readonly batchSize?: number;
}

/**
 * Takes what waits, renders it as the state is now, sends it at Teams' pace, and records its named end.
 * Safe on many replicas: a message is sent under a claim, and a claim is a conditional write.
 */
export class Delivery {
  private readonly options: Required<DeliveryOptions>;
  /** Sent, but storage was away when it was to be recorded: it must not be sent again from here. */
  private readonly unrecorded = new Map<string, Whereabouts>();

  constructor(options: DeliveryOptions) {
    this.options = { leaseMs: 60_000, maxAttempts: 12, batchSize: 20, ...options };
  }

  /** Sends all of a lane that can be sent now; returns how many messages came to an end. */
  async drain(lane: Lane): Promise<number> {
    let ended = 0;
    for (;;) {
      const batch = await this.nextBatch(lane);
      if (batch.length === 0) return ended;
      const results = await Promise.all(batch.map((message) => this.deliver(message)));
      ended += results.filter(Boolean).length;
    }
  }

  /** The most urgent that wait anywhere, claimed. */
  private async nextBatch(lane: Lane): Promise<Waiting[]> {
    const { outbox, activePartitions, batchSize, leaseMs } = this.options;
    const partitions = await activePartitions();
    const found = await Promise.all(partitions.map((partition) => this.ready(partition, lane)));
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

  private async ready(partition: string, lane: Lane): Promise<Waiting[]> {
    const realNow = fromEpochMilliseconds(this.options.realNowMs());
    const now = this.options.clock.now();
    const waiting = await this.options.outbox.waiting(partition, lane, 500);
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
      const sentBefore = this.unrecorded.get(nameOf(waiting));
      if (sentBefore !== undefined) return await this.recordSent(waiting, sentBefore);
      const content = await this.options.present(message);
      if ('superseded' in content)
        return await this.end(waiting, { state: 'superseded', reason: content.superseded });
      if ('setAside' in content)
        return await this.end(waiting, { state: 'setAside', reason: content.setAside });
      const attempt = await this.attempt(waiting, content);
      if ('superseded' in attempt)
        return await this.end(waiting, { state: 'superseded', reason: attempt.superseded });
      if ('sent' in attempt) return await this.recordSent(waiting, attempt.sent);
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

  private async attempt(waiting: Waiting, content: CardContent): Promise<Attempt | Superseded> {
    const { messenger, outbox, pace } = this.options;
    const { message, partition } = waiting;
    await pace.take(message.urgency);
    // Teams held everyone for longer than the claim lasts: another worker may have it by now.
    if (this.isClaimLost(waiting)) return { again: 'the claim ran out while everyone waited' };
    if (message.redraws === undefined) return messenger.send(message.to, content);
    const where = await outbox.whereabouts(partition, message.redraws);
    if (where === 'queued') return { superseded: 'its card is still to be sent, and will show this' };
    if (where === 'sending') return { again: 'the card to redraw is on its way' };
    if (where === undefined) return { undeliverable: 'the card to redraw was not delivered' };
    return messenger.redraw(where, content);
  }

  private isClaimLost({ heldUntil }: Waiting): boolean {
    return heldUntil !== undefined && heldUntil <= fromEpochMilliseconds(this.options.realNowMs());
  }

  private async recordSent(waiting: Waiting, where: Whereabouts): Promise<boolean> {
    this.unrecorded.set(nameOf(waiting), where);
    const ended = await this.end(waiting, { state: 'delivered', where });
    this.unrecorded.delete(nameOf(waiting));
    return ended;
  }

  private async end(waiting: Waiting, end: Unstamped): Promise<boolean> {
    const at = this.options.clock.now();
    if (end.state === 'delivered') await this.options.ended(waiting.message, 'delivered', '');
    if (end.state === 'undeliverable' || end.state === 'setAside')
      await this.options.ended(waiting.message, end.state, end.reason);
    return this.options.outbox.finish(waiting, { ...end, at });
  }

  private async retry(waiting: Waiting, reason: string): Promise<boolean> {
    const isAlert = waiting.message.urgency === 'alert';
    if (waiting.attempts >= this.options.maxAttempts && !isAlert)
      return this.end(waiting, { state: 'setAside', reason });
    const waitMs = Math.min(backoffMs(waiting.attempts), isAlert ? 30_000 : 300_000);
    await this.options.outbox.postpone(waiting, this.realTimeIn(waitMs), reason);
    return false;
  }

  private realTimeIn(ms: number): Instant {
    return addDuration(fromEpochMilliseconds(this.options.realNowMs()), `PT${Math.ceil(ms / 1000)}S`);
  }
}

type Unstamped =
  | { readonly state: 'delivered'; readonly where: Whereabouts }
  | { readonly state: 'undeliverable' | 'superseded' | 'setAside'; readonly reason: string };

/** 2, 4, 8 … seconds; at most five minutes, and half a minute for an alert. */
function backoffMs(attempts: number): number {
  return 1_000 * 2 ** Math.min(attempts, 10);
}

function nameOf({ partition, message }: Waiting): string {
  return `${partition}/${message.key}`;
}

/** Row keys begin with urgency and time, so they sort across partitions too. */
function byUrgency(a: Waiting, b: Waiting): number {
  return a.rowKey < b.rowKey ? -1 : a.rowKey > b.rowKey ? 1 : 0;
}
