import type { Log } from '../log.js';
import { errorInLog } from '../practice/base/errors.js';
import type { CardContent, Superseded } from '../practice/surface/feature.js';
import type { Ended, Message, MessageState } from '../practice/plr/ports.js';
import { fromEpochMilliseconds, type Clock } from '../practice/base/time.js';
import type { Attempt, Messenger } from './messenger.js';
import type { Ending, Outbox, Waiting, Whereabouts } from './outbox.js';
import type { Pace } from './pace.js';
import { Recorder } from './recorder.js';
import { recipientName } from './waiting-line.js';

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
  /** Told of an end before it is recorded. */
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

/** Failures on our side (a presenter that throws) until a message is set aside and shown; an alert never is. */
const maxAttempts = 12;
/** Attempts while Teams is away; at five minutes each, a day. */
const maxAttemptsAway = 300;

type Unstamped =
  | { readonly state: 'delivered'; readonly where: Whereabouts }
  | {
      readonly state: 'undeliverable' | 'superseded' | 'setAside';
      readonly reason: string;
      readonly untilInstalled?: boolean;
    };

/** Carries one claimed message to its end, or puts it back. */
export class Sender {
  private readonly options: SenderOptions;
  private readonly recorder: Recorder;

  constructor(options: SenderOptions) {
    this.options = options;
    this.recorder = new Recorder(options.outbox);
  }

  /**
   * The message's end, not yet recorded; `wait` when Teams asked everyone to, and its turn is still its own;
   * undefined when it was put back, or left to the next leader.
   * @throws when storage does not answer: nothing was sent.
   */
  async carryOut(waiting: Waiting, hasLaterRedraw: boolean): Promise<Ending | 'wait' | undefined> {
    if (hasLaterRedraw) return this.superseded(waiting, 'a later change of the same card is on its way');
    const attempt = await this.attempt(waiting);
    if ('stopped' in attempt) return this.options.mayStillSend() ? 'wait' : undefined;
    if ('state' in attempt) return this.ending(waiting, attempt);
    if ('sent' in attempt) return this.ending(waiting, { state: 'delivered', where: attempt.sent });
    if ('undeliverable' in attempt)
      return this.ending(waiting, {
        state: 'undeliverable',
        reason: attempt.undeliverable,
        untilInstalled: attempt.untilInstalled === true,
      });
    if ('throttledMs' in attempt) {
      this.options.count('throttled');
      this.options.pace.holdEveryone(attempt.throttledMs);
      return 'wait';
    }
    if ('again' in attempt) return this.again(waiting, attempt.again);
    const { message, attempts } = waiting;
    const error = errorInLog(attempt.undrawable);
    this.options.log('a card could not be drawn', { key: message.key, attempts, error });
    return this.again(waiting, 'its card could not be drawn', maxAttempts);
  }

  /**
   * What follows from an end, saved before the end itself: a crash in between repeats it, and it does nothing the
   * second time. False when its document did not take it: that is to be tried again, and concerns no other message.
   */
  async follow({ message: { message }, end }: Ending): Promise<boolean> {
    if (end.state === 'superseded') return true;
    try {
      await this.options.ended(message, end.state, end.state === 'delivered' ? '' : end.reason);
      return true;
    } catch (error) {
      const { key } = message;
      this.options.log('what follows from an end was not saved', { key, error: errorInLog(error) });
      return false;
    }
  }

  /** False when another recorded it. @throws when storage does not answer. */
  async record({ message: waiting, end }: Ending): Promise<boolean> {
    const { log, count } = this.options;
    const recorded = await this.recorder.record({ message: waiting, end });
    if (!recorded) log('an end was recorded by another', { key: waiting.message.key });
    count(end.state === 'delivered' ? 'sent' : end.state);
    if ('untilInstalled' in end && end.untilInstalled === true) await this.lookAgain(waiting);
    return recorded;
  }

  /** An install puts back what is undeliverable; one that came just before this end was recorded missed it. */
  private async lookAgain({ partition, message }: Waiting): Promise<void> {
    const { messenger, outbox } = this.options;
    if (await messenger.mayBeReached(message.to))
      await outbox.requeue(partition, ['undeliverable'], ({ key }) => key === message.key);
  }

  private async attempt(waiting: Waiting): Promise<Attempt | Unstamped> {
    const { message, partition } = waiting;
    let content: CardContent | Superseded | SetAside;
    try {
      content = await this.options.present(message);
    } catch (error) {
      return { undrawable: error };
    }
    if ('superseded' in content) return { state: 'superseded', reason: content.superseded };
    if ('setAside' in content) return { state: 'setAside', reason: content.setAside };
    const permit = this.permitFor(message);
    if (message.redraws === undefined) return this.options.messenger.send(message.to, content, permit);
    const earlier = await this.options.outbox.earlier(partition, message.redraws);
    if (earlier === undefined) return { undeliverable: 'there never was a card to redraw' };
    if ('state' in earlier) return { state: 'superseded', reason: withoutCard(earlier.state) };
    return this.options.messenger.redraw(earlier.where, content, permit);
  }

  /** The first request was counted when the message was chosen. A first contact needs more: each waits its turn. */
  private permitFor(message: Message) {
    let first = true;
    return async (): Promise<boolean> => {
      if (!first) await this.options.pace.takeNext(recipientName(message.to));
      first = false;
      await this.options.pace.letGo();
      // A 429 that came since it was chosen holds it too.
      return this.options.mayStillSend() && !this.options.pace.isHeld();
    };
  }

  private superseded(waiting: Waiting, reason: string): Ending {
    return this.ending(waiting, { state: 'superseded', reason });
  }

  private ending(message: Waiting, end: Unstamped): Ending {
    return { message, end: { ...end, at: this.options.clock.now() } };
  }

  /** Puts it back for later, or ends it when it was tried too often. */
  async again(waiting: Waiting, reason: string, atMost = maxAttemptsAway): Promise<Ending | undefined> {
    const isAlert = waiting.message.urgency === 'alert';
    if (waiting.attempts >= atMost && !isAlert) return this.ending(waiting, { state: 'setAside', reason });
    const longestMs = isAlert ? 30_000 : 300_000;
    const forMs = backoffMs(waiting.attempts, longestMs, this.options.random());
    const until = fromEpochMilliseconds(this.options.realNowMs() + forMs);
    await this.options.outbox.postpone(waiting, until, reason);
    return undefined;
  }
}

function withoutCard(state: MessageState): string {
  return state === 'queued' || state === 'sending'
    ? 'the first card is not delivered yet; it will be drawn as things are then'
    : 'the card it would redraw was not delivered';
}

/** Up to 2, 4, 8 … seconds; half of it by chance, so that what failed together is not tried together again. */
export function backoffMs(attempts: number, longestMs: number, random: number): number {
  const fullMs = Math.min(longestMs, 1_000 * 2 ** Math.min(attempts, 20));
  return Math.round(fullMs * (0.5 + random / 2));
}
