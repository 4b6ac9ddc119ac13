import { failed, type Log } from '../log.js';
import { errorInLog } from '../practice/base/errors.js';

export interface HeartbeatOptions {
  /** Asks what is due (`Schedule.tick`). */
  readonly tick: () => Promise<void>;
  /** Sends what waits (`Delivery.drain`); called while it runs, it must join and look again. */
  readonly drain: () => Promise<unknown>;
  /** What other processes announced since the last look: a partition with something to send, `clock` or `roster`. */
  readonly takeWakes: () => Promise<string[]>;
  readonly log: Log;
  /** How often it looks for what is due. Default 30,000 ms, minimum 100. */
  readonly tickEveryMs?: number;
  /** How often the wake queue is looked at. Default 2,000 ms, minimum 100. */
  readonly pollEveryMs?: number;
  /**
   * How often it looks for what waits although nobody announced it, because a backoff is over or the leader has
   * died. Default 2,000 ms, minimum 100.
   */
  readonly drainEveryMs?: number;
}

/**
 * What makes the bot act by itself: a tick for time, a look for what other replicas announced, and a nudge from
 * what was just saved here. The ticks of one process never overlap.
 */
export class Heartbeat {
  private readonly options: Required<HeartbeatOptions>;
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly tickOnce: Alone;
  private draining: Promise<void> = Promise.resolve();
  private stopping = false;

  constructor(options: HeartbeatOptions) {
    this.options = { tickEveryMs: 30_000, pollEveryMs: 2_000, drainEveryMs: 2_000, ...options };
    this.tickOnce = oneAtATime(() => this.guarded(failed.tick, this.options.tick));
  }

  /** Resolves when the first round is over. */
  start(): Promise<void> {
    const { tickEveryMs, pollEveryMs, drainEveryMs } = this.options;
    this.timers.push(setInterval(() => void this.beat(), tickEveryMs));
    this.timers.push(setInterval(() => void this.look(), pollEveryMs));
    this.timers.push(setInterval(() => void this.drain(), drainEveryMs));
    return this.beat();
  }

  /** Something was saved here that waits to be sent, or is due at once. */
  nudge(dueNow: boolean): void {
    if (this.stopping) return;
    void (dueNow ? this.beat() : this.drain());
  }

  /** One whole round, now. */
  async beat(): Promise<void> {
    if (this.stopping) return;
    await this.tickOnce();
    await this.drain();
  }

  /** Stops the timers and waits for what is under way. */
  async stop(): Promise<void> {
    this.stopping = true;
    for (const timer of this.timers) clearInterval(timer);
    await Promise.all([this.tickOnce.idle(), this.draining]);
  }

  private look(): Promise<void> {
    return this.guarded('wake queue failed', async () => {
      const wakes = await this.options.takeWakes();
      if (wakes.length === 0) return;
      // A saved partition needs no tick here: if something was due, the process that saved it has ticked
      // already.
      if (wakes.some((what) => what === 'clock' || what === 'roster')) await this.beat();
      else await this.drain();
    });
  }

  private drain(): Promise<void> {
    this.draining = this.guarded(failed.drain, this.options.drain);
    return this.draining;
  }

  private async guarded(event: string, run: () => Promise<unknown>): Promise<void> {
    try {
      await run();
    } catch (error) {
      // Storage is away: the next beat tries again, and /readyz says so meanwhile.
      this.options.log(event, { error: errorInLog(error) });
    }
  }
}

type Alone = (() => Promise<void>) & { idle(): Promise<void> };

/** Runs `work` alone; a call while it runs asks for one more run after it. */
function oneAtATime(work: () => Promise<void>): Alone {
  let current: Promise<void> | undefined;
  let again: Promise<void> | undefined;
  const run = (): Promise<void> => {
    if (current === undefined) {
      current = work().finally(() => (current = undefined));
      return current;
    }
    again ??= current.then(() => {
      again = undefined;
      return run();
    });
    return again;
  };
  return Object.assign(run, { idle: () => current ?? Promise.resolve() });
}
