import type { IncomingCall } from './recorded-calls.js';

/** At most `requests` in any span of `ms`. */
export interface Window {
  readonly requests: number;
  readonly ms: number;
}

export interface Limits {
  /** For the app in its tenant, whatever it asks for. */
  readonly tenant: readonly Window[];
  /** For one conversation, sends and creates each on their own account. */
  readonly thread: readonly Window[];
}

/** https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit */
export const TEAMS_LIMITS: Limits = {
  tenant: [{ requests: 50, ms: 1_000 }],
  thread: [
    { requests: 7, ms: 1_000 },
    { requests: 8, ms: 2_000 },
    { requests: 60, ms: 30_000 },
    { requests: 1_800, ms: 3_600_000 },
  ],
};

/** The times of the requests let through, as far back as the widest window needs. */
class Account {
  readonly #windows: readonly Window[];
  readonly #keep: number;
  #times: number[] = [];

  constructor(windows: readonly Window[]) {
    this.#windows = windows;
    this.#keep = Math.max(0, ...windows.map((window) => window.requests));
  }

  /** How long until one more fits; 0 when it fits now. */
  waitMs(now: number): number {
    const waits = this.#windows.map(({ requests, ms }) => {
      const first = this.#times.at(-requests);
      return this.#times.length < requests || first === undefined ? 0 : first + ms - now;
    });
    return Math.max(0, ...waits);
  }

  take(now: number): void {
    this.#times.push(now);
    if (this.#times.length > 2 * this.#keep) this.#times = this.#times.slice(-this.#keep);
  }
}

export class RateLimits {
  readonly #limits: Limits;
  readonly #tenant: Account;
  readonly #threads = new Map<string, Account>();

  constructor(limits: Limits) {
    this.#limits = limits;
    this.#tenant = new Account(limits.tenant);
  }

  /** 0 when the call is let through (and counted), else the seconds for `Retry-After`. */
  retryAfterSeconds(call: IncomingCall, now: number): number {
    const thread = this.#threadOf(call);
    const waitMs = Math.max(this.#tenant.waitMs(now), thread?.waitMs(now) ?? 0);
    if (waitMs > 0) return Math.max(1, Math.ceil(waitMs / 1_000));
    this.#tenant.take(now);
    thread?.take(now);
    return 0;
  }

  #threadOf(call: IncomingCall): Account | undefined {
    if (call.operation === 'read' || call.operation === 'unknown') return undefined;
    const key = call.operation === 'create' ? `create ${call.to}` : `send ${call.conversationId}`;
    const account = this.#threads.get(key) ?? new Account(this.#limits.thread);
    this.#threads.set(key, account);
    return account;
  }
}
