import { z } from 'zod';
import { away, failing, refusedFor, unclear, undrawn } from '../delivery/failures.js';
import type { Attempt } from '../delivery/messenger.js';

const answer = z.looseObject({
  statusCode: z.number().optional(),
  code: z.string().optional(),
  body: z.looseObject({ error: z.looseObject({ code: z.string().optional() }).optional() }).nullish(),
  response: z
    .looseObject({ headers: z.custom<{ get(name: string): string | undefined | null }>().optional() })
    .nullish(),
});

/** Answers by which Teams says no more than that it is too slow or too busy just now. */
const passing = new Set([408, 412, 425, 502, 503, 504]);
const tooBig = 413;
/** The wait that Teams asks for is somebody else's number: so much of it is granted. */
const longestWaitMs = 300_000;

/**
 * What a failed request means (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit). No answer
 * is final for what must arrive: public reports know 400, 401, 403 and 500 that passed within minutes with nothing
 * done. A connection that was lost is tried again, though the card may have arrived: an alert that comes twice does
 * less harm than one that never comes.
 */
export function attemptFrom(error: unknown): Attempt {
  const read = answer.safeParse(error);
  const { statusCode, code, body, response } = read.success ? read.data : {};
  if (statusCode === undefined) return { failed: away('Teams could not be reached') };
  if (statusCode === 429) return { throttledMs: retryAfterMs(response?.headers?.get('retry-after')) };
  if (passing.has(statusCode)) return { failed: away(`Teams answered ${statusCode}`) };
  if (statusCode < 300) return { failed: unreadable };
  const reason = `${statusCode} ${inShort(body?.error?.code ?? code ?? '')}`.trim();
  if (statusCode === tooBig) return { failed: { ...undrawn('the card is too big'), isFinal: true } };
  const isOfTeams = statusCode < 400 || statusCode === 401 || statusCode >= 500;
  return { failed: isOfTeams ? failing(reason) : refusedFor(reason) };
}

export const unreadable = unclear('Teams’ answer could not be read');

/** It is kept in the ledger and shown: Teams' codes are one short word. */
function inShort(code: string): string {
  return code.replace(/[^\w.-]/g, '').slice(0, 60);
}

const id = z.string().regex(/^[\x21-\x7e]{1,1000}$/);

/** An id in what Teams answered, which becomes a key and part of a URL; undefined for what is none. */
export function idIn(answered: unknown, name: 'id' | 'activityId' = 'id'): string | undefined {
  return z.looseObject({ [name]: id }).safeParse(answered).data?.[name];
}

export function statusOf(error: unknown): number | undefined {
  return answer.safeParse(error).data?.statusCode;
}

function retryAfterMs(header: string | undefined | null): number {
  const seconds = Number(header);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1_000, longestWaitMs) : 2_000;
}
