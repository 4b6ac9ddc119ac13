import { spanOf, type FoldedText, type Span } from './folded-text.js';
import type { Token } from './tokens.js';

/** What the firewall finds, in the words of the command line's output. */
export const hitKinds = [
  'name',
  'initials',
  'case-reference',
  'nhs-number',
  'date-of-birth',
  'postcode',
  'address',
  'phone',
  'email',
  'quotation',
  'small-count',
] as const;
export type HitKind = (typeof hitKinds)[number];

export interface Hit extends Span {
  readonly kind: HitKind;
}

/** A text prepared once for all detectors. */
export interface Reading {
  readonly folded: FoldedText;
  readonly text: string;
  readonly tokens: readonly Token[];
}

export function hitAt(reading: Reading, kind: HitKind, from: number, to: number): Hit {
  return { kind, ...spanOf(reading.folded, from, to) };
}

/** Each match of a bounded pattern, as a hit. */
export function hitsOf(reading: Reading, kind: HitKind, pattern: RegExp): Hit[] {
  return [...reading.text.matchAll(pattern)].map((match) =>
    hitAt(reading, kind, match.index, match.index + match[0].length),
  );
}

/** The text just before and just after a place, lower case: enough to look for a cue, never the whole text. */
export function textBefore(reading: Reading, at: number, length: number): string {
  return reading.text.slice(Math.max(0, at - length), at).toLowerCase();
}

export function textAfter(reading: Reading, at: number, length: number): string {
  return reading.text.slice(at, at + length).toLowerCase();
}

/** Surest first. A hit inside a surer one says the same thing twice. */
const surest: readonly HitKind[] = [
  'email',
  'nhs-number',
  'case-reference',
  'date-of-birth',
  'phone',
  'postcode',
  'address',
  'name',
  'initials',
  'small-count',
];

/**
 * In reading order, each place named once: touching hits of one kind become one, and a hit inside a
 * surer one goes. A quotation is kept apart, since what it quotes may name someone too.
 */
export function settleHits(hits: readonly Hit[]): Hit[] {
  const quotations = hits.filter((hit) => hit.kind === 'quotation');
  const kept: Hit[] = [];
  for (const kind of surest) {
    const own = join(hits.filter((hit) => hit.kind === kind));
    const surer = join(kept);
    kept.push(...own.filter((hit) => !isInside(hit, surer)));
  }
  return [...kept, ...quotations].sort((one, other) => one.start - other.start || one.end - other.end);
}

function join(hits: readonly Hit[]): Hit[] {
  const joined: Hit[] = [];
  for (const hit of [...hits].sort((one, other) => one.start - other.start || other.end - one.end)) {
    const last = joined.at(-1);
    if (last !== undefined && hit.start < last.end) {
      joined[joined.length - 1] = { ...last, end: Math.max(last.end, hit.end) };
    } else joined.push(hit);
  }
  return joined;
}

/** `covers` is sorted and does not overlap itself, so the last one that starts in time decides. */
function isInside(hit: Hit, covers: readonly Hit[]): boolean {
  let low = 0;
  let high = covers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((covers[middle]?.start ?? Infinity) <= hit.start) low = middle + 1;
    else high = middle;
  }
  const cover = covers[low - 1];
  return cover !== undefined && hit.end <= cover.end;
}
