/**
 * A number for a name, the same on every machine and for ever: FNV-1a (32 bits, over UTF-16 code units, so that
 * ASCII agrees with the published vectors) and then MurmurHash3's finaliser, which spreads names that differ in
 * one letter. It makes a draw that anyone with the seed can repeat; it is not a cipher. What keeps a draw from
 * being guessed is that the seed stays on the server.
 */
export function fnv1a32(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}

export function murmur3Finaliser(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** A fraction in [0, 1) for `key` under `seed`; the fraction of one key tells nothing about that of another. */
export function keyedFraction(seed: string, key: string): number {
  return murmur3Finaliser(fnv1a32(`${seed}\n${key}`)) / 2 ** 32;
}

/**
 * Sorts by the fraction of each item's key, and by the key itself where fractions are equal. The input is left
 * as it is.
 */
export function inKeyedOrder<One>(seed: string, all: readonly One[], keyOf: (one: One) => string): One[] {
  return all
    .map((one) => ({ one, key: keyOf(one), fraction: keyedFraction(seed, keyOf(one)) }))
    .sort((a, b) => a.fraction - b.fraction || (a.key < b.key ? -1 : 1))
    .map(({ one }) => one);
}

/** An endless row of fractions in [0, 1) from one seed (SplitMix's counter through the same finaliser). */
export function fractionsFrom(seed: string): () => number {
  let counter = fnv1a32(seed);
  return () => {
    counter = (counter + 0x9e3779b9) >>> 0;
    return murmur3Finaliser(counter) / 2 ** 32;
  };
}
