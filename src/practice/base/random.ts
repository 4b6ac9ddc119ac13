import { murmur3Finaliser } from './keyed-order.js';

/**
 * A generator that gives the same numbers for the same text, on every machine and for ever: a draw made in
 * 2022 must be explained with the same words in 2032. Its output is part of the product's promise and is
 * held by fixed vectors in the tests. Fair, not secret: never use it for a password or a token.
 */
export interface Random {
  /** A whole number from 0 to 4,294,967,295. */
  next(): number;
  /** A whole number from 0 to `limit - 1`, each equally likely. @throws RangeError when `limit` is not 1 to 2^32. */
  below(limit: number): number;
  /** The same items in a random order, in a new array. */
  shuffle<T>(items: readonly T[]): T[];
}

const twoTo32 = 2 ** 32;
/** Rounds that are thrown away, so that seeds which differ in one character start far apart. */
const warmUpRounds = 16;

export function randomFrom(seed: string): Random {
  const next = smallFastCounter(hash32(seed, 1), hash32(seed, 2), hash32(seed, 3));
  for (let round = 0; round < warmUpRounds; round += 1) next();

  function below(limit: number): number {
    if (!Number.isInteger(limit) || limit < 1 || limit > twoTo32) {
      throw new RangeError(`A limit from 1 to 2^32 is needed, not ${limit}`);
    }
    // Numbers above the last whole multiple of the limit would favour the small ones: they are drawn again.
    const fairBelow = twoTo32 - (twoTo32 % limit);
    let drawn = next();
    while (drawn >= fairBelow) drawn = next();
    return drawn % limit;
  }

  function shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items];
    for (let last = shuffled.length - 1; last > 0; last -= 1) {
      const other = below(last + 1);
      [shuffled[last], shuffled[other]] = [shuffled[other] as T, shuffled[last] as T];
    }
    return shuffled;
  }

  return { next, below, shuffle };
}

/** Chris Doty-Humphrey's sfc32 (PractRand): three mixed words and a counter that keeps the period long. */
function smallFastCounter(first: number, second: number, third: number): () => number {
  let [a, b, c, counter] = [first, second, third, 1];
  return () => {
    const result = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + result) | 0;
    return result >>> 0;
  };
}

/** FNV-1a over the text's UTF-16 units, finished with MurmurHash3's mixer; `lane` gives independent hashes. */
function hash32(text: string, lane: number): number {
  let hash = 0x811c9dc5 ^ Math.imul(lane, 0x9e3779b1);
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return murmur3Finaliser(hash);
}
