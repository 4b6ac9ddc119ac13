import { z } from 'zod';
import { addHours, type Instant } from '../time.js';

/** Who an unacknowledged alert climbs to, lowest first (4.3). */
export const rungIds = ['service-manager', 'head-of-service', 'assistant-director'] as const;
export type RungId = (typeof rungIds)[number];

export interface Rung {
  readonly id: RungId;
  /** Elapsed hours after the alert was raised. */
  readonly afterHours: number;
}

/** An alert keeps the ladder it was raised on: a change of the rules moves no clock that is running. */
export interface Ladder {
  readonly rungs: readonly Rung[];
  readonly breachAfterHours: number;
}

export const defaultLadder: Ladder = {
  rungs: [
    { id: 'service-manager', afterHours: 4 },
    { id: 'head-of-service', afterHours: 12 },
    { id: 'assistant-director', afterHours: 20 },
  ],
  breachAfterHours: 24,
};

const hours = z.number().positive();
const shape = z.strictObject({
  rungs: z.array(z.strictObject({ id: z.enum(rungIds), afterHours: hours })).min(1),
  // 4.3 says 24 hours: a council may be stricter with itself, never laxer.
  breachAfterHours: hours.max(24),
});

/** Reads a council's own ladder; else every problem at once, in plain words. */
export function readLadder(value: unknown): Ladder | { readonly problems: readonly string[] } {
  const read = shape.safeParse(value);
  if (!read.success) {
    return { problems: read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) };
  }
  const { rungs, breachAfterHours } = read.data;
  const problems: string[] = [];
  if (!isRising(rungs.map(({ id }) => rungIds.indexOf(id))))
    problems.push('rungs: each may come once, from the Service Manager upwards.');
  if (!isRising([...rungs.map(({ afterHours }) => afterHours), breachAfterHours]))
    problems.push('rungs: each must come later than the one before, and all before the breach.');
  return problems.length === 0 ? read.data : { problems };
}

function isRising(numbers: readonly number[]): boolean {
  return numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0));
}

export function rungAt(raisedAt: Instant, rung: Rung): Instant {
  return addHours(raisedAt, rung.afterHours);
}
