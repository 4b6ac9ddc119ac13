import type { Urgency } from '../practice/plr/ports.js';

export interface Timer {
  readonly nowMs: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

export const realTimer: Timer = {
  nowMs: () => performance.now(),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** At most `requests` in any span of `ms`. */
interface Window {
  readonly requests: number;
  readonly ms: number;
}

/**
 * What Teams allows a bot in one conversation
 * (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit), with some slack, since Teams
 * counts what arrives.
 */
const slackMs = 100;
const conversationWindows: readonly Window[] = [
  { requests: 7, ms: 1_000 + slackMs },
  { requests: 8, ms: 2_000 + slackMs },
  { requests: 60, ms: 30_000 + slackMs },
  { requests: 1_800, ms: 3_600_000 + slackMs },
];
const longestWindowMs = Math.max(...conversationWindows.map(({ ms }) => ms));
/** Teams may ask for any wait, and a day would be a day without alerts: so much is waited, and then Teams is asked again. */
const longestHoldMs: Readonly<Record<Urgency, number>> = {
  alert: 60_000,
  answer: 300_000,
  ordinary: 300_000,
};
const urgencies: readonly Urgency[] = ['alert', 'answer', 'ordinary'];
/** After a timer that fired late, this much may be caught up on: a few requests, far from Teams' own limit. */
const catchUpMs = 100;

/**
 * One pace for the whole app in its tenant: at most `maxRps` requests a second, evenly, and Teams' own
 * limits for each conversation. A 429 holds everyone, and alerts for a minute at most.
 */
export class Pace {
  private readonly intervalMs: number;
  private readonly timer: Timer;
  private freeAtMs = -Infinity;
  private readonly heldUntilMs: Record<Urgency, number> = {
    alert: -Infinity,
    answer: -Infinity,
    ordinary: -Infinity,
  };
  private readonly times = new Map<string, number[]>();
  private sweepAt = 1_000;
  private readonly maxInASecond: number;
  /** When the last requests left. */
  private left: number[] = [];

  constructor(maxRps: number, timer: Timer) {
    this.intervalMs = 1000 / maxRps;
    this.maxInASecond = Math.ceil(maxRps * 1.15);
    this.timer = timer;
  }

  /** How long until the next request of this urgency may be made; 0 is now. */
  waitMs(urgency: Urgency): number {
    return Math.max(0, Math.max(this.freeAtMs, this.heldUntilMs[urgency]) - this.timer.nowMs());
  }

  /** How long until this conversation may be written to again; 0 is now. */
  conversationWaitMs(conversation: string): number {
    const times = this.times.get(conversation) ?? [];
    const nowMs = this.timer.nowMs();
    const waits = conversationWindows.map(
      ({ requests, ms }) => (times.at(-requests) ?? -Infinity) + ms - nowMs,
    );
    return Math.max(0, ...waits);
  }

  /** Counts one request that is made now. */
  take(conversation: string): void {
    const nowMs = this.timer.nowMs();
    this.freeAtMs = Math.max(this.freeAtMs, nowMs - catchUpMs) + this.intervalMs;
    this.note(conversation, nowMs);
  }

  /**
   * Asked immediately before a request that was counted already: what piled up while the machine was busy
   * leaves no faster than the pace, and a little.
   */
  async letGo(): Promise<void> {
    for (;;) {
      const first = this.left.at(-this.maxInASecond);
      const inMs = (first ?? -Infinity) + 1_000 + slackMs - this.timer.nowMs();
      if (inMs <= 0) break;
      await this.timer.wait(inMs);
    }
    this.left.push(this.timer.nowMs());
    if (this.left.length > 2 * this.maxInASecond) this.left = this.left.slice(-this.maxInASecond);
  }

  /** Counts one more request of a message that is half-way, and waits its turn: it goes before all others. */
  async takeNext(conversation: string, urgency: Urgency): Promise<void> {
    const inMs = Math.max(this.waitMs(urgency), this.conversationWaitMs(conversation));
    this.take(conversation);
    if (inMs > 0) await this.timer.wait(inMs);
  }

  /** Whether Teams asked everyone to wait, and the wait is not over. */
  isHeld(urgency: Urgency): boolean {
    return this.timer.nowMs() < this.heldUntilMs[urgency];
  }

  holdEveryone(ms: number): void {
    for (const urgency of urgencies) {
      const untilMs = this.timer.nowMs() + Math.min(ms, longestHoldMs[urgency]);
      this.heldUntilMs[urgency] = Math.max(this.heldUntilMs[urgency], untilMs);
    }
  }

  private note(conversation: string, nowMs: number): void {
    const times = (this.times.get(conversation) ?? []).filter((at) => at > nowMs - longestWindowMs);
    times.push(nowMs);
    this.times.set(conversation, times);
    if (this.times.size < this.sweepAt) return;
    for (const [name, of] of this.times)
      if ((of.at(-1) ?? 0) < nowMs - longestWindowMs) this.times.delete(name);
    this.sweepAt = 2 * this.times.size + 1_000;
  }
}
