import type { JsonRecord } from './json-record.js';
import { textIn } from './json-record.js';

export type Operation = 'create' | 'send' | 'reply' | 'update' | 'delete' | 'read' | 'unknown';
export type ConversationKind = 'personal' | 'channel' | 'unknown';

/** What the bot asked of the connector, before anything was decided about it. */
export interface IncomingCall {
  readonly method: string;
  /** Decoded, from `/v3` on, without the query. */
  readonly path: string;
  readonly operation: Operation;
  readonly conversation: ConversationKind;
  readonly conversationId: string | undefined;
  /** The aadObjectId of a personal chat, the channel id of a thread. */
  readonly to: string | undefined;
  readonly activity: JsonRecord | undefined;
}

export interface RecordedCall extends IncomingCall {
  /** The message made or changed, when one was. */
  readonly activityId: string | undefined;
  /** Milliseconds on the connector's clock. */
  readonly at: number;
  readonly status: number | 'dropped';
  /** Whether Teams did as asked; true also where the answer was then dropped. */
  readonly happened: boolean;
}

// Taken now, so that a test that fakes the clock later still gets its deadline.
const { setTimeout, clearTimeout } = globalThis;

export class RecordedCalls {
  readonly all: RecordedCall[] = [];
  readonly #listeners = new Set<(call: RecordedCall) => void>();

  add(call: RecordedCall): void {
    this.all.push(call);
    for (const listener of this.#listeners) listener(call);
  }

  /** The first call, past or to come, that matches; rejects after `withinMs` and says what came instead. */
  waitFor(predicate: (call: RecordedCall) => boolean, what: string, withinMs = 5_000): Promise<RecordedCall> {
    const past = this.all.find(predicate);
    if (past) return Promise.resolve(past);
    return this.#listen((call) => (predicate(call) ? call : undefined), what, withinMs);
  }

  /** Resolves as soon as `condition` holds; it is asked again after each call. */
  async waitUntil(condition: () => boolean, what: string, withinMs = 5_000): Promise<void> {
    if (!condition()) await this.#listen((call) => (condition() ? call : undefined), what, withinMs);
  }

  #listen(
    hear: (call: RecordedCall) => RecordedCall | undefined,
    what: string,
    withinMs: number,
  ): Promise<RecordedCall> {
    return new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(deadline);
        this.#listeners.delete(listener);
      };
      const listener = (call: RecordedCall) => {
        try {
          const heard = hear(call);
          if (!heard) return;
          stop();
          resolve(heard);
        } catch (cause) {
          stop();
          reject(cause instanceof Error ? cause : new Error(String(cause)));
        }
      };
      const deadline = setTimeout(() => {
        stop();
        reject(new Error(`Waited ${withinMs} ms for ${what}. ${this.describe()}`));
      }, withinMs);
      this.#listeners.add(listener);
    });
  }

  /** What came, the last 20 calls a line each. */
  describe(): string {
    if (this.all.length === 0) return 'Nothing came at all.';
    const lines = this.all.slice(-20).map(describeCall);
    return [`What came (${this.all.length} in all, last ${lines.length}):`, ...lines].join('\n  ');
  }
}

function describeCall(call: RecordedCall): string {
  const said = textIn(call.activity, 'summary') ?? textIn(call.activity, 'text');
  const to = `${call.conversation} ${call.to ?? call.path}`;
  return `${call.operation} to ${to}: ${call.status}${said === undefined ? '' : ` “${said}”`}`;
}
