import { z } from 'zod';
import type { Attempt } from '../delivery/messenger.js';

const answer = z.looseObject({
  statusCode: z.number().optional(),
  code: z.string().optional(),
  body: z.looseObject({ error: z.looseObject({ code: z.string().optional() }).optional() }).nullish(),
  response: z
    .looseObject({ headers: z.custom<{ get(name: string): string | undefined | null }>().optional() })
    .nullish(),
});

const passing = new Set([412, 502, 503, 504]);

/**
 * What a failed request means (https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit): 429
 * holds everyone, 412, 502, 503 and 504 are tried again, and nothing else that Teams answered is. A connection
 * that was lost is tried again too, though the card may have arrived: an alert that comes twice does less harm
 * than one that never comes.
 */
export function attemptFrom(error: unknown): Attempt {
  const read = answer.safeParse(error);
  const { statusCode, code, body, response } = read.success ? read.data : {};
  const teamsCode = body?.error?.code ?? code ?? '';
  if (statusCode === undefined) return { again: 'Teams could not be reached' };
  if (statusCode === 429) return { throttledMs: retryAfterMs(response?.headers?.get('retry-after')) };
  if (statusCode === 413) return { undeliverable: 'the card is too big' };
  if (passing.has(statusCode)) return { again: `Teams answered ${statusCode}` };
  return { undeliverable: `${statusCode} ${teamsCode}`.trim() };
}

export function statusOf(error: unknown): number | undefined {
  return answer.safeParse(error).data?.statusCode;
}

function retryAfterMs(header: string | undefined | null): number {
  const seconds = Number(header);
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : 2_000;
}
