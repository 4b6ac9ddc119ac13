import { z } from 'zod';
import type { Attempt } from '../delivery/delivery.js';

const answer = z.looseObject({
  statusCode: z.number().optional(),
  code: z.string().optional(),
  body: z.looseObject({ error: z.looseObject({ code: z.string().optional() }).optional() }).nullish(),
  response: z
    .looseObject({ headers: z.custom<{ get(name: string): string | undefined | null }>().optional() })
    .nullish(),
});

const passing = new Set([412, 500, 502, 503, 504]);

/**
 * What a failed send means (platform.md, "Teams limits"): 429 holds everyone, 412 and 5xx are tried
 * again, 403 and 413 never will succeed, and a lost connection is tried again.
 */
export function attemptFrom(error: unknown): Attempt {
  const read = answer.safeParse(error);
  const { statusCode, code, body, response } = read.success ? read.data : {};
  const teamsCode = body?.error?.code ?? code ?? '';
  if (statusCode === undefined) return { again: 'Teams could not be reached' };
  if (statusCode === 429) return { throttledMs: retryAfterMs(response?.headers?.get('retry-after')) };
  if (statusCode === 413) return { undeliverable: 'the card is too big' };
  if (isUnknownConversation(error)) return { again: 'Teams no longer knows the conversation' };
  if (passing.has(statusCode)) return { again: `Teams answered ${statusCode}` };
  return { undeliverable: `${statusCode} ${teamsCode}`.trim() };
}

export function isUnknownConversation(error: unknown): boolean {
  return answer.safeParse(error).data?.statusCode === 404;
}

function retryAfterMs(header: string | undefined | null): number {
  const seconds = Number(header);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : 2_000;
}
