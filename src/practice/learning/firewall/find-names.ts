import { hitAt, type Hit, type Reading } from './hits.js';
import { endOfStranger, isIntroduced } from './introduced-names.js';
import { standsAlone } from './lone-names.js';
import { particles } from './name-words.js';
import { skeleton, type NameIndex } from './names.js';
import { pairFrom } from './paired-names.js';
import { spelledOut } from './spelled-names.js';
import type { Token } from './tokens.js';

/** What the roster's own team and service names say is not about a person: "the Marsh Lane Team". */
export type KnownPhrases = ReadonlyMap<string, readonly (readonly string[])[]>;

/**
 * Names of the roster: two words of one person in any order and any case, one word alone with a capital
 * (an everyday word only where a name is likely), run together, spelled out; and anyone with a title or
 * introduced as a child is ("a boy called Tyler", "Kayleigh, aged 9"), since the roster has no children.
 */
export function findNames(reading: Reading, index: NameIndex, phrases: KnownPhrases): Hit[] {
  const { tokens } = reading;
  const keys = tokens.map((token) => rosterKey(token, index));
  const inPhrase = phraseTokens(tokens, phrases);
  const hits: Hit[] = [...spelledOut(reading, index)];
  const add = (first: number, last: number) => {
    const [from, to] = [tokens[first]?.from ?? 0, tokens[last]?.bareTo ?? 0];
    hits.push(hitAt(reading, 'name', from, to));
  };
  for (const [at, token] of tokens.entries()) {
    const pair = pairFrom(tokens, keys, at, index);
    if (pair !== undefined) add(withParticles(tokens, pair.first), pair.last);
    else if (isJoined(token, keys[at] ?? token.key, index)) add(at, at);
    else if (isIntroduced(reading, at)) add(at, endOfStranger(tokens, at));
    else if (!inPhrase.has(at) && standsAlone(tokens, keys, at, index)) add(withParticles(tokens, at), at);
  }
  return hits;
}

/** The key as the roster has it, for a word that dresses a letter as a figure (S4rah, WiIson). */
function rosterKey(token: Token, index: NameIndex): string {
  if (index.words.has(token.key) || index.joined.has(token.key)) return token.key;
  const dressed = (/\d/.test(token.key) && /\p{L}/u.test(token.key)) || /\p{Ll}I/u.test(token.raw);
  return dressed ? (index.skeletons.get(skeleton(token.key)) ?? token.key) : token.key;
}

function isJoined(token: Token, key: string, index: NameIndex): boolean {
  const joined = index.joined.get(key);
  if (joined === undefined || key.length < 7) return false;
  return !joined.ordinary || /^\p{Lu}\p{Ll}+\p{Lu}/u.test(token.raw);
}

/** "de Souza": the particles before a surname belong to it. */
function withParticles(tokens: readonly Token[], at: number): number {
  let first = at;
  while (
    first > 0 &&
    at - first < 3 &&
    isParticle(tokens[first - 1]) &&
    /^[ -]$/.test(tokens[first]?.gap ?? '')
  ) {
    first -= 1;
  }
  return first;
}

/** The O and D of "O Brien" and "D Arcy" are capitals. */
function isParticle(token: Token | undefined): boolean {
  return token !== undefined && (particles.has(token.lower) || token.raw === 'O' || token.raw === 'D');
}

function phraseTokens(tokens: readonly Token[], phrases: KnownPhrases): Set<number> {
  const covered = new Set<number>();
  for (const [at, token] of tokens.entries()) {
    for (const phrase of phrases.get(token.key) ?? []) {
      if (!phrase.every((word, offset) => tokens[at + offset]?.key === word)) continue;
      for (let offset = 0; offset < phrase.length; offset += 1) covered.add(at + offset);
    }
  }
  return covered;
}
