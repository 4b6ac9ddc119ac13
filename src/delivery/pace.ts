import type { Urgency } from '../practice/ports.js';

export interface Timer {
  readonly nowMs: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

/**
 * One pace for the whole app in its tenant: at most `maxRps` requests a second, evenly; a 429 holds
 * everyone (platform.md, "Teams limits"). Alerts are let through ahead of what already waits.
 */
export class Pace {
  private readonly intervalMs: number;
  private readonly timer: Timer;
  private freeAtMs = 0;
  private readonly queue: { readonly urgency: Urgency; readonly go: () => void }[] = [];
  private running = false;

  constructor(maxRps: number, timer: Timer) {
    this.intervalMs = 1000 / maxRps;
    this.timer = timer;
  }

  /** Resolves when one request may be made. */
  take(urgency: Urgency): Promise<void> {
    return new Promise((go) => {
      const entry = { urgency, go };
      const firstOrdinary = this.queue.findIndex((waiting) => waiting.urgency !== 'alert');
      if (urgency === 'alert' && firstOrdinary >= 0) this.queue.splice(firstOrdinary, 0, entry);
      else this.queue.push(entry);
      if (!this.running) void this.run();
    });
  }

  holdEveryone(ms: number): void {
    this.freeAtMs = Math.max(this.freeAtMs, this.timer.nowMs() + ms);
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.queue.length > 0) {
      const waitMs = this.freeAtMs - this.timer.nowMs();
      if (waitMs > 0) {
        await this.timer.wait(waitMs);
        continue;
      }
      this.freeAtMs = this.timer.nowMs() + this.intervalMs;
      this.queue.shift()?.go();
    }
    this.running = false;
  }
}
