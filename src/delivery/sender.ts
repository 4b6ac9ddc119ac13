import type { Log } from '../log.js';
import { errorInLog } from '../practice/base/errors.js';
import type { CardContent, Superseded } from '../practice/surface/feature.js';
import type { Ended, Message, MessageState } from '../practice/plr/ports.js';
import { fromEpochMilliseconds, type Clock } from '../practice/base/time.js';
import { backoffMs, endOf, undrawn, unread, type Failed } from './failures.js';
import type { Attempt, Messenger } from './messenger.js';
import type { Ending, Outbox, QueuedMessage, Whereabouts } from './outbox.js';
import type { Pace } from './pace.js';
import { Recorder } from './recorder.js';
import { messageName, recipientName } from './waiting-line.js';

/** It must not go out as it is: shown to the operator with the reason, and not tried again by itself. */
export interface SetAside {
  readonly setAside: string;
}

/** What is counted as it happens. */
export type Counted = 'sent' | 'throttled' | 'undeliverable' | 'superseded' | 'setAside';

export interface SenderOptions {
  readonly outbox: Outbox;
  readonly messenger: Messenger;
  readonly pace: Pace;
  /** The card from the state as it is now. */
  readonly present: (message: Message) => Promise<CardContent | Superseded | SetAside>;
  /** Whether it is tried until it arrives or is no longer true: what belongs to an open alert. */
  readonly mustArrive: (message: Message) => Promise<boolean>;
  /** Whether storage failed, and not the card. */
  readonly isOfStorage: (error: unknown) => boolean;
  /** Told of an end before it is recorded, and of a refusal before it is tried again. */
  readonly ended: (message: Message, as: Ended['as'], reason: string) => Promise<void>;
  /** Whether this process still leads, asked before each request to Teams. */
  readonly mayStillSend: () => boolean;
  /** The product's clock, for the messages' own times. */
  readonly clock: Clock;
  /** The real clock, for backoff: moving the product's clock must not bring retries forward. */
  readonly realNowMs: () => number;
  /** 0 to 1, for the jitter of backoff. */
  readonly random: () => number;
  readonly log: Log;
  readonly count: (what: Counted) => void;
}

type Unstamped =
  | { readonly state: 'delivered'; readonly where: Whereabouts }
  | { readonly state: 'undeliverable' | 'superseded' | 'setAside'; readonly reason: string };

/** A message that keeps its claim and its turn: Teams asked everyone to wait. */
export interface Waits {
  readonly waits: QueuedMessage;
}

/** So often Teams is too busy for one message while it takes others: then it is not Teams that is away. */
const busyForThisOne = 5;
const latelyMs = 60_000;

/** Carries one claimed message to its end, or puts it back. */
export class Sender {
  private readonly options: SenderOptions;
  private readonly recorder: Recorder;
  /** When Teams last took something. */
  private tookAtMs = -Infinity;
  /** Claims whose ledger row is being told that Teams asked them to wait. */
  private readonly explaining = new Map<string, Explaining>();

  constructor(options: SenderOptions) {
    this.options = options;
    this.recorder = new Recorder(options.outbox);
  }

  /**
   * The message's end, not yet recorded; `waits` when Teams asked everyone to, and its turn is still its own;
   * undefined when it was put back, or left to the next leader.
   * @throws when storage does not answer: nothing was sent.
   */
  async carryOut(waiting: QueuedMessage, hasLaterRedraw: boolean): Promise<Ending | Waits | undefined> {
    const mine = await this.explained(waiting);
    if (mine === undefined) return undefined;
    if (hasLaterRedraw) return this.superseded(mine, 'a later change of the same card is on its way');
    const attempt = await this.attempt(mine);
    if ('stopped' in attempt) return this.options.mayStillSend() ? { waits: mine } : undefined;
    if ('state' in attempt) return this.ending(mine, attempt);
    if ('failed' in attempt) return this.putBack(mine, attempt.failed);
    if ('throttledMs' in attempt) return this.throttled(mine, attempt.throttledMs);
    this.tookAtMs = this.options.realNowMs();
    return this.ending(mine, { state: 'delivered', where: attempt.sent });
  }

  /** It goes back to its place at once, before what came later; the ledger hears of it meanwhile. */
  private throttled(waiting: QueuedMessage, ms: number): Waits {
    this.options.count('throttled');
    this.options.pace.holdEveryone(ms);
    const row = this.options.outbox.explain(waiting, '429 Teams asked to wait');
    // Thrown where it is waited for, when its turn comes.
    row.catch(() => undefined);
    this.explaining.set(messageName(waiting), { etag: waiting.etag, row });
    return { waits: waiting };
  }

  /** As its ledger row is by now; undefined when another worker has taken it. @throws when storage does not answer. */
  private async explained(waiting: QueuedMessage): Promise<QueuedMessage | undefined> {
    const explaining = this.explaining.get(messageName(waiting));
    this.explaining.delete(messageName(waiting));
    // One of an earlier claim says nothing of this one.
    return explaining?.etag === waiting.etag ? explaining.row : waiting;
  }

  /**
   * Puts it back for later, or ends it when it need not arrive and was tried often enough. Whoever waits for it to
   * arrive hears of it first, at each try: it does nothing the second time.
   */
  async putBack(claimed: QueuedMessage, failed: Failed): Promise<Ending | undefined> {
    const waiting = await this.explained(claimed);
    if (waiting === undefined) return undefined;
    const { cause, reason } = failed;
    const { message } = waiting;
    const tried = { ...waiting.tried, [cause]: waiting.tried[cause] + 1 };
    const mustArrive = await this.mustArrive(message);
    const end = mustArrive ? undefined : endOf(failed, tried);
    if (end !== undefined) return this.ending(waiting, { state: end, reason });
    const isMissed = failed.notReached || this.isBusyForThisOne(tried.away);
    if (isMissed && (mustArrive || cause === 'refused')) await this.tell(message, 'refused', reason);
    const forMs = backoffMs(cause, tried, mustArrive, this.options.random());
    const until = fromEpochMilliseconds(this.options.realNowMs() + forMs);
    await this.options.outbox.postpone({ ...waiting, tried }, { until, forMs }, failed);
    return undefined;
  }

  private isBusyForThisOne(tries: number): boolean {
    return tries >= busyForThisOne && this.options.realNowMs() - this.tookAtMs < latelyMs;
  }

  /** What nobody can look up now is not given up. */
  private async mustArrive(message: Message): Promise<boolean> {
    try {
      return await this.options.mustArrive(message);
    } catch (error) {
      this.options.log('what a message is about could not be read', {
        key: message.key,
        error: errorInLog(error),
      });
      return true;
    }
  }

  /**
   * What follows from an end, saved before the end itself: a crash in between repeats it, and it does nothing the
   * second time. False when its document did not take it: that is to be tried again, and concerns no other message.
   */
  async follow({ message: { message }, end }: Ending): Promise<boolean> {
    if (end.state === 'superseded') return true;
    return this.tell(message, end.state, end.state === 'delivered' ? '' : end.reason);
  }

  private async tell(message: Message, as: Ended['as'], reason: string): Promise<boolean> {
    try {
      await this.options.ended(message, as, reason);
      return true;
    } catch (error) {
      this.options.log('what follows from an end was not saved', {
        key: message.key,
        error: errorInLog(error),
      });
      return false;
    }
  }

  /** False when another recorded it. @throws when storage does not answer. */
  async record({ message: waiting, end }: Ending): Promise<boolean> {
    const { log, count } = this.options;
    const recorded = await this.recorder.record({ message: waiting, end });
    if (!recorded) log('an end was recorded by another', { key: waiting.message.key });
    count(end.state === 'delivered' ? 'sent' : end.state);
    return recorded;
  }

  private async attempt(waiting: QueuedMessage): Promise<Attempt | Unstamped> {
    const { message, partition } = waiting;
    let content: CardContent | Superseded | SetAside;
    try {
      content = await this.options.present(message);
    } catch (error) {
      return { failed: this.notPresented(waiting, error) };
    }
    if ('superseded' in content) return { state: 'superseded', reason: content.superseded };
    if ('setAside' in content) return this.stoppedBy(message, content);
    const permit = this.permitFor(message);
    if (message.redraws === undefined) return this.options.messenger.send(message.to, content, permit);
    const earlier = await this.options.outbox.earlier(partition, message.redraws);
    if (earlier === undefined) return { state: 'superseded', reason: 'there never was a card to redraw' };
    if ('state' in earlier) return { state: 'superseded', reason: withoutCard(earlier.state) };
    return this.options.messenger.redraw(earlier.where, content, permit);
  }

  private notPresented({ message: { key }, tried }: QueuedMessage, error: unknown): Failed {
    if (this.options.isOfStorage(error)) return unread('storage did not answer');
    this.options.log('a card could not be drawn', {
      key,
      attempts: tried.card + 1,
      error: errorInLog(error),
    });
    return undrawn('its card could not be drawn');
  }

  private async stoppedBy(message: Message, { setAside }: SetAside): Promise<Attempt | Unstamped> {
    return (await this.mustArrive(message))
      ? { failed: undrawn(setAside) }
      : { state: 'setAside', reason: setAside };
  }

  /** The first request was counted when the message was chosen. A first contact needs more: each waits its turn. */
  private permitFor(message: Message) {
    let first = true;
    return async (): Promise<boolean> => {
      if (!first) await this.options.pace.takeNext(recipientName(message.to), message.urgency);
      first = false;
      await this.options.pace.letGo();
      // A 429 that came since it was chosen holds it too.
      return this.options.mayStillSend() && !this.options.pace.isHeld(message.urgency);
    };
  }

  private superseded(waiting: QueuedMessage, reason: string): Ending {
    return this.ending(waiting, { state: 'superseded', reason });
  }

  private ending(message: QueuedMessage, end: Unstamped): Ending {
    return { message, end: { ...end, at: this.options.clock.now() } };
  }
}

function withoutCard(state: MessageState): string {
  return state === 'queued' || state === 'sending'
    ? 'the first card is not delivered yet; it will be drawn as things are then'
    : 'the card it would redraw was not delivered';
}

interface Explaining {
  /** Of the claim that it was begun with. */
  readonly etag: string;
  readonly row: Promise<QueuedMessage | undefined>;
}
