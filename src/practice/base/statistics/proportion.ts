import { Fault } from '../errors.js';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** `n` of `of` in whole per cent, halves up; null where `of` is 0. */
export function percent(n: number, of: number): number | null {
  mustBeCounts(n, of);
  return of === 0 ? null : Math.floor((200 * n + of) / (2 * of));
}

/** "9 of 12 (75%)": a percentage is never shown without its counts (docs/domain.md, 13). */
export function shareInWords(n: number, of: number): string {
  const share = percent(n, of);
  return share === null ? `${n} of ${of}` : `${n} of ${of} (${share}%)`;
}

const z95 = 1.959963984540054;

/**
 * Wilson's 95% score interval for a proportion, without continuity correction, as fractions (Wilson 1927;
 * method 3 of Newcombe 1998). It stays within 0 and 1 and holds at small numbers; null where the base is 0.
 */
export function wilson(n: number, of: number): Interval | null {
  mustBeCounts(n, of);
  if (n > of) throw new Fault('bad-counts', `A proportion of ${n} in ${of}`);
  if (of === 0) return null;
  const zz = z95 * z95;
  const centre = n + zz / 2;
  const half = z95 * Math.sqrt((n * (of - n)) / of + zz / 4);
  return { low: n === 0 ? 0 : (centre - half) / (of + zz), high: n === of ? 1 : (centre + half) / (of + zz) };
}

function mustBeCounts(...counts: readonly number[]): void {
  if (counts.every((count) => Number.isSafeInteger(count) && count >= 0)) return;
  throw new Fault('bad-counts', `Counts are whole and not negative: ${counts.join(', ')}`);
}
