import { hitAt, type Hit, type Reading } from './hits.js';
import type { NameIndex } from './names.js';

const longestSpelled = 40;

/** "S a r a h", "S.a.r.a.h": four or more single letters that make a name. */
export function spelledOut(reading: Reading, index: NameIndex): Hit[] {
  const { tokens } = reading;
  const hits: Hit[] = [];
  for (let first = 0; first < tokens.length; first += 1) {
    let last = first;
    let key = tokens[first]?.key ?? '';
    if (key.length !== 1) continue;
    while (tokens[last + 1]?.key.length === 1 && /^[ .-]?$/.test(tokens[last + 1]?.gap ?? '')) {
      last += 1;
      key += tokens[last]?.key ?? '';
    }
    for (const [from, to] of namesWithin(key, index)) {
      hits.push(hitAt(reading, 'name', tokens[first + from]?.from ?? 0, tokens[first + to - 1]?.to ?? 0));
    }
    first = last;
  }
  return hits;
}

function* namesWithin(letters: string, index: NameIndex): Generator<[number, number]> {
  for (let from = 0; from + 4 <= letters.length; from += 1) {
    for (let to = Math.min(letters.length, from + longestSpelled); to >= from + 4; to -= 1) {
      const part = letters.slice(from, to);
      if (index.words.has(part) || index.joined.has(part)) {
        yield [from, to];
        break;
      }
    }
  }
}
