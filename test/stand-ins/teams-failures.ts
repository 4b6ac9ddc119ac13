import { createHash } from 'node:crypto';
import type { JsonRecord } from './json-record.js';
import type { IncomingCall, RecordedCall } from './recorded-calls.js';

export interface Answer {
  readonly status: number;
  readonly body?: JsonRecord | readonly JsonRecord[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is, in place of a body. */
  readonly raw?: string;
}

/** Teams' own error body. */
export function refusal(
  status: number,
  code: string,
  message = code,
  headers: Record<string, string> = {},
): Answer {
  return { status, body: { error: { code, message } }, headers };
}

export const throttled = (retryAfterSeconds: number) =>
  refusal(429, 'Throttled', 'Too many requests', { 'retry-after': String(retryAfterSeconds) });

/** A person (or the admin, or an uninstall) has shut the bot out. */
export type ShutOut =
  | 'BotNotInConversationRoster'
  | 'ConversationBlockedByUser'
  | 'ForbiddenOperationException'
  | 'BotDisabledByAdmin';

const ANSWERS = {
  Throttled: throttled(1),
  PreconditionFailed: refusal(412, 'PreconditionFailed'),
  InternalServerError: refusal(500, 'ServiceError'),
  BadGateway: refusal(502, 'ServiceError'),
  ServiceUnavailable: refusal(503, 'ServiceError'),
  GatewayTimeout: refusal(504, 'ServiceError'),
  BotNotInConversationRoster: refusal(403, 'BotNotInConversationRoster'),
  ConversationBlockedByUser: refusal(403, 'ConversationBlockedByUser'),
  ForbiddenOperationException: refusal(403, 'ForbiddenOperationException'),
  BotDisabledByAdmin: refusal(403, 'BotDisabledByAdmin'),
  ConversationNotFound: refusal(404, 'ConversationNotFound'),
  MessageSizeTooBig: refusal(413, 'MessageSizeTooBig'),
} as const satisfies Record<string, Answer>;

/** Dropped connections: before Teams did anything, or after it did all and before it could say so. */
type Dropped = 'DroppedBefore' | 'DroppedAfter';
/** Nothing is done, and nothing is ever answered. */
type Hanging = 'Hanging';
export type FailureKind = keyof typeof ANSWERS | Dropped | Hanging;
export const FAILURE_KINDS = [...Object.keys(ANSWERS), 'DroppedBefore', 'DroppedAfter'] as FailureKind[];

export type Failure = { readonly answer: Answer } | { readonly dropped: 'before' | 'after' | 'never' };

export function failureOf(kind: FailureKind): Failure {
  if (kind === 'DroppedBefore') return { dropped: 'before' };
  if (kind === 'DroppedAfter') return { dropped: 'after' };
  if (kind === 'Hanging') return { dropped: 'never' };
  return { answer: ANSWERS[kind] };
}

export interface FailNext {
  /** Which calls; default all that send, create or change something. */
  readonly match?: (call: IncomingCall) => boolean;
  /** One of Teams' own; or say `status`, `body` and `headers` yourself, which win over it. */
  readonly kind?: FailureKind;
  readonly status?: number;
  readonly body?: JsonRecord | readonly JsonRecord[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is, in place of a body. */
  readonly raw?: string;
  /** How many matching calls; default 1. */
  readonly times?: number;
}

export interface FailAtRate {
  /** Share of calls that fail, 0 to 1. */
  readonly rate: number;
  /** Drawn evenly, of these or of those for the call; default all. */
  readonly kinds?: readonly FailureKind[] | ((call: IncomingCall) => readonly FailureKind[]);
  readonly seed: number;
  readonly match?: (call: IncomingCall) => boolean;
}

/** Answers kept back: Teams has acted, and says so only when released. */
export interface Held {
  /** The first call held, once it came. */
  readonly reached: Promise<RecordedCall>;
  /** Answers all that is held, and holds no more. */
  release(): void;
}

type Match = (call: IncomingCall) => boolean;
const anyChange: Match = (call) => call.operation !== 'read' && call.operation !== 'unknown';

interface Hold {
  readonly match: Match;
  readonly hold: (call: RecordedCall) => Promise<void>;
}

export class Failures {
  readonly #next: { match: Match; failure: Failure; left: number }[] = [];
  readonly #holds = new Set<Hold>();
  readonly #attempts = new Map<string, number>();
  #atRate: FailAtRate | undefined;

  failNext({ match = anyChange, times = 1, ...how }: FailNext): void {
    this.#next.push({ match, failure: failureFrom(how), left: times });
  }

  fail(atRate: FailAtRate | undefined): void {
    this.#atRate = atRate;
    this.#attempts.clear();
  }

  of(call: IncomingCall): Failure | undefined {
    const next = this.#next.find(({ match, left }) => left > 0 && match(call));
    if (!next) return this.#drawn(call);
    next.left -= 1;
    return next.failure;
  }

  hold(match: Match = anyChange): Held {
    const { promise: released, resolve: release } = promiseAndResolve();
    const { promise: reached, resolve: reach } = promiseAndResolve<RecordedCall>();
    const hold: Hold = { match, hold: (call) => (reach(call), released) };
    this.#holds.add(hold);
    return {
      reached,
      release: () => {
        this.#holds.delete(hold);
        release();
      },
    };
  }

  async heldBack(call: RecordedCall): Promise<void> {
    await [...this.#holds].find(({ match }) => match(call))?.hold(call);
  }

  /** Drawn from the seed, the conversation and the attempt, not from the order in which calls arrive. */
  #drawn(call: IncomingCall): Failure | undefined {
    if (!this.#atRate || !(this.#atRate.match ?? anyChange)(call)) return undefined;
    const { rate, seed, kinds: drawn = FAILURE_KINDS } = this.#atRate;
    const kinds = typeof drawn === 'function' ? drawn(call) : drawn;
    const who = `${call.operation} ${call.to ?? call.path}`;
    const attempt = (this.#attempts.get(who) ?? 0) + 1;
    this.#attempts.set(who, attempt);
    const bytes = createHash('sha256').update(`${seed} ${who} ${attempt}`).digest();
    if (bytes.readUInt32BE(0) / 2 ** 32 >= rate) return undefined;
    const kind = kinds[bytes.readUInt32BE(4) % kinds.length];
    return kind && failureOf(kind);
  }
}

function failureFrom({ kind, status, body, headers, raw }: FailNext): Failure {
  const base = failureOf(kind ?? 'InternalServerError');
  if ('dropped' in base) return base;
  return {
    answer: {
      ...base.answer,
      ...(status !== undefined && refusal(status, `Status${status}`)),
      ...(body && { body }),
      ...(headers && { headers }),
      ...(raw !== undefined && { raw }),
    },
  };
}

function promiseAndResolve<T = void>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => (resolve = done));
  return { promise, resolve };
}
