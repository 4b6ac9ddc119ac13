import { fromEpochMilliseconds } from '../practice/base/time.js';
import type { Leadership } from './leadership.js';
import { unread } from './failures.js';
import type { Ending, QueuedMessage } from './outbox.js';
import type { Timer } from './pace.js';
import { Sender, type SenderOptions } from './sender.js';
import { recipientName, WaitingLine, type WaitingLineOptions } from './waiting-line.js';

export interface DeliveryOptions extends Omit<SenderOptions, 'mayStillSend'> {
  readonly activePartitions: WaitingLineOptions['activePartitions'];
  readonly leadership: Leadership;
  readonly timer: Timer;
}

/** Messages between being chosen and being recorded, at most: what a crash may repeat. */
const maxInFlight = 48;
/** Places among those in flight that only alerts may take, so that slow ordinary sends hold none of them up. */
const keptForAlerts = 8;
/** During a long pass, alerts and answers saved elsewhere are looked for this often. */
const lookForUrgentEveryMs = 1_000;

/**
 * Takes what waits, renders it as the state is now, sends it at Teams' pace, and records its named end.
 * One process of all replicas does it at a time; a message is sent under a claim, and a claim is a
 * conditional write (docs/decisions/0006).
 */
export class Delivery {
  private readonly options: DeliveryOptions;
  private readonly sender: Sender;
  private readonly line: WaitingLine;
  private running: Promise<number> | undefined;
  private filling: Promise<void> | undefined;
  private failure: { readonly error: unknown } | undefined;
  private readonly inFlight = new Set<string>();
  /** Ended, but the end or what follows from it is not saved yet: tried first next time, never sent again. */
  private readonly unrecorded = new Set<Ending>();
  private ended = 0;
  private lookAgain = false;
  private lookedForUrgentAtMs = 0;
  private stopping = false;
  private wake = () => {};

  constructor(options: DeliveryOptions) {
    this.options = options;
    const { leadership, outbox, activePartitions, clock, realNowMs } = options;
    this.sender = new Sender({ ...options, mayStillSend: () => leadership.mayStillSend() });
    this.line = new WaitingLine({
      outbox,
      activePartitions,
      now: () => clock.now(),
      realNow: () => fromEpochMilliseconds(realNowMs()),
    });
  }

  /**
   * Sends all that can be sent now; returns how many messages came to an end. A call while it runs joins
   * it, and it looks again before it is done: what was saved before the call is sent.
   * @throws when storage does not answer; nothing is lost by it.
   */
  drain(): Promise<number> {
    this.lookAgain = true;
    this.line.urgentMayWait();
    this.wake();
    this.running ??= this.run();
    return this.running;
  }

  /** Begins nothing more, waits for what is in flight, and lets another replica take over. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.running?.catch(() => undefined);
    await this.options.leadership.stepDown();
  }

  private async run(): Promise<number> {
    const before = this.ended;
    try {
      if (this.stopping || !(await this.options.leadership.lead())) return 0;
      this.failure = undefined;
      await this.recordAgain();
      while (await this.step());
    } finally {
      this.line.abandon();
      // With no await since the decision to end: a call from now on begins anew.
      this.running = undefined;
    }
    this.throwFailure();
    return this.ended - before;
  }

  /** One turn of the loop; false when nothing can be done now. */
  private async step(): Promise<boolean> {
    const { leadership, timer } = this.options;
    if (this.stopping || this.failure !== undefined || !leadership.mayStillSend()) {
      this.line.abandon();
      if (this.filling === undefined && this.inFlight.size === 0) return false;
      await this.somethingHappens(Infinity);
      return true;
    }
    if (timer.nowMs() - this.lookedForUrgentAtMs > lookForUrgentEveryMs) this.lookForUrgent();
    if (this.line.needsFill()) this.fill();
    const inMs = this.sendNext();
    if (inMs === 0) return true;
    if (this.filling === undefined && this.inFlight.size === 0 && this.line.isEmpty()) {
      if (!this.lookAgain) return false;
      this.lookAgain = false;
      await this.guarded(this.line.beginPass());
      return true;
    }
    await this.somethingHappens(inMs);
    return true;
  }

  private lookForUrgent(): void {
    this.lookedForUrgentAtMs = this.options.timer.nowMs();
    this.line.urgentMayWait();
  }

  private throwFailure(): void {
    if (this.failure !== undefined) throw this.failure.error;
  }

  private fill(): void {
    if (this.filling !== undefined) return;
    this.filling = this.guarded(Promise.all([this.line.fill(), this.recordAgain()])).finally(() => {
      this.filling = undefined;
      this.wake();
    });
  }

  private async guarded(work: Promise<unknown>): Promise<void> {
    await work.catch((error: unknown) => (this.failure = { error }));
  }

  /** Begins the most urgent that may go; otherwise says in how many ms one may, if that is known. */
  private sendNext(): number {
    const { pace } = this.options;
    const alertsMs = pace.waitMs('alert');
    if (alertsMs > 0) return this.line.isEmpty() ? Infinity : alertsMs;
    if (this.inFlight.size >= maxInFlight) return Infinity;
    const othersMs = pace.waitMs('ordinary');
    const onlyAlerts = othersMs > 0 || this.inFlight.size >= maxInFlight - keptForAlerts;
    let soonestMs = othersMs > 0 && !this.line.isEmpty() ? othersMs : Infinity;
    const next = this.line.next(({ message }) => {
      const to = recipientName(message.to);
      if (this.inFlight.has(to) || (onlyAlerts && message.urgency !== 'alert')) return false;
      const inMs = pace.conversationWaitMs(to);
      soonestMs = Math.min(soonestMs, inMs === 0 ? Infinity : inMs);
      return inMs === 0;
    });
    if (next === undefined) return soonestMs;
    pace.take(recipientName(next.message.to));
    this.begin(next, () => this.carryOut(next));
    return 0;
  }

  /** One message to one recipient at a time: they arrive in order, and a redraw finds the card it redraws. */
  private begin(waiting: QueuedMessage, work: () => Promise<void>): void {
    const to = recipientName(waiting.message.to);
    this.inFlight.add(to);
    void work()
      .catch((error: unknown) => {
        this.failure = { error };
        this.line.letGo(waiting);
      })
      .finally(() => {
        this.inFlight.delete(to);
        this.wake();
      });
  }

  private async carryOut(waiting: QueuedMessage): Promise<void> {
    const replaced = waiting.message.redraws !== undefined && this.line.hasLaterRedraw(waiting);
    const ending = this.redrawsUnrecorded(waiting)
      ? await this.sender.putBack(waiting, unread('how the first card ended is not recorded yet'))
      : await this.sender.carryOut(waiting, replaced);
    if (ending === undefined) this.isPutBack(waiting);
    else if ('waits' in ending) this.line.takeBack(ending.waits);
    else await this.record(ending);
  }

  private isPutBack(waiting: QueuedMessage): void {
    this.line.letGo(waiting);
    // An alert that did not arrive may have climbed.
    if (waiting.message.urgency === 'alert') this.lookAgain = true;
  }

  /** Its card was sent, and storage does not know it yet. */
  private redrawsUnrecorded({ partition, message: { redraws } }: QueuedMessage): boolean {
    return [...this.unrecorded].some(
      ({ message: of }) => of.partition === partition && of.message.key === redraws,
    );
  }

  private async record(ending: Ending): Promise<void> {
    try {
      if (!(await this.sender.follow(ending))) {
        this.unrecorded.add(ending);
        return;
      }
      if (await this.sender.record(ending)) this.ended += 1;
    } catch (error) {
      this.unrecorded.add(ending);
      this.failure = { error };
      return;
    }
    this.unrecorded.delete(ending);
    this.line.letGo(ending.message);
    // An end may have caused messages.
    this.lookAgain = true;
  }

  /** At every look at what waits: what follows from an end may be that an alert climbs. */
  private async recordAgain(): Promise<void> {
    await Promise.all([...this.unrecorded].map((ending) => this.record(ending)));
  }

  private async somethingHappens(withinMs: number): Promise<void> {
    const changed = new Promise<void>((resolve) => (this.wake = resolve));
    await (withinMs === Infinity ? changed : Promise.race([changed, this.options.timer.wait(withinMs)]));
  }
}
