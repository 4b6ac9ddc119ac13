import type { Proportion } from '../plr/fixed-figures.js';
import { wilson } from '../base/statistics/proportion.js';

export type Trend = 'rose' | 'fell' | 'no-clear-change' | 'too-few-to-say';

/**
 * Whether a share changed. A rise or fall is claimed only when the two 95% intervals do not overlap, and
 * nothing is said about a base under `smallNumber`.
 */
export function trendOf(before: Proportion, now: Proportion, smallNumber: number): Trend {
  if (before.of < smallNumber || now.of < smallNumber) return 'too-few-to-say';
  const [was, is] = [wilson(before.n, before.of), wilson(now.n, now.of)];
  if (was === null || is === null) return 'too-few-to-say';
  if (is.low > was.high) return 'rose';
  if (is.high < was.low) return 'fell';
  return 'no-clear-change';
}
