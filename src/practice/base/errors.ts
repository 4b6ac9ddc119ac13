/**
 * Two kinds of bad news (docs/decisions/0002). A *refusal* is expected, is a value, and becomes a card that
 * says what to do next. A *fault* is something broken: it is thrown, with a code and ids, never with people's
 * words.
 */
export interface Refusal<Kind extends string = string> {
  readonly refused: Kind;
  /** One sentence for the person: what happened and what to do next. */
  readonly say: string;
}

export function refuse<Kind extends string>(refused: Kind, say: string): Refusal<Kind> {
  return { refused, say };
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value;
}

export class Fault extends Error {
  readonly code: string;
  readonly ids: Readonly<Record<string, string>>;

  constructor(code: string, message: string, ids: Record<string, string> = {}, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'Fault';
    this.code = code;
    this.ids = ids;
  }
}

/** An error as a log may have it: its name, codes and ids. Its message may quote what somebody wrote, or an address. */
export function errorInLog(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  const codes = [code, statusCode].filter((part) => typeof part === 'string' || typeof part === 'number');
  const ids = error instanceof Fault ? Object.entries(error.ids).map(([name, id]) => `${name}=${id}`) : [];
  return [error.name, ...codes, ...ids].join(' ').slice(0, 300);
}

/** Ends a switch over named states: a new state that nobody handled is a compile error. */
export function assertNever(value: never): never {
  // The value itself is left out: it may be a whole review.
  throw new Fault('unreachable', `A state nobody handles, of type ${typeof value}.`);
}
