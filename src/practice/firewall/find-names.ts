import { hitAt, type Hit, type Reading } from './hits.js';
import { endOfStranger, isIntroduced, isTitle } from './introduced-names.js';
import { standsAlone } from './lone-names.js';
import { particles } from './name-words.js';
import { skeleton, type NameIndex } from './names.js';
import { pairFrom } from './paired-names.js';
import { spelledOut } from './spelled-names.js';
import { keyOf, type Token } from './tokens.js';

/**
 * Names of the roster: two words of one person in any order and any case, one word alone with a capital (an
 * everyday word only where a name is likely), run together, spelled out. And anybody with a title, or
 * introduced as children are ("a boy called Tyler", "Kayleigh, aged 9"), since the roster has no children.
 */
export function findNames(reading: Reading, index: NameIndex): Hit[] {
  const { tokens, text } = reading;
  const keys = tokens.map((token) => rosterKey(token, index));
  const found: Range[] = [];
  for (const [at, token] of tokens.entries()) {
    const pair = pairFrom(tokens, keys, at, index);
    if (pair !== undefined) found.push(pair);
    else if (isJoined(token, keys[at] ?? token.key, index)) found.push({ first: at, last: at });
    else if (isIntroduced(reading, at)) found.push({ first: at, last: endOfStranger(tokens, at) });
    else if (standsAlone(tokens, keys, at, index)) found.push({ first: at, last: at });
  }
  const named = together(
    found.map(({ first, last }) => ({ first: withLeadIn(tokens, first), last: withLetters(tokens, last) })),
    tokens,
  );
  return [
    ...spelledOut(reading, index),
    ...named.map(({ first, last }) => {
      const [from, to] = [tokens[first]?.from ?? 0, tokens[last]?.bareTo ?? 0];
      const isLetter = tokens[last]?.key.length === 1 && text[to] === '.';
      return hitAt(reading, 'name', from, isLetter ? to + 1 : to);
    }),
  ];
}

/** "Cole, A-M": after one initial the others. */
function withLetters(tokens: readonly Token[], at: number): number {
  const isLetter = (token: Token | undefined) => token?.key.length === 1 && token.capital;
  let last = at;
  while (isLetter(tokens[last]) && isLetter(tokens[last + 1]) && /^[.-] ?$/.test(tokens[last + 1]?.gap ?? ''))
    last += 1;
  return last;
}

interface Range {
  readonly first: number;
  readonly last: number;
}

/** Names side by side are one name, like "Sarah Bevan" for somebody who is on the roster as Okafor. */
function together(found: readonly Range[], tokens: readonly Token[]): Range[] {
  const joined: Range[] = [];
  for (const range of found) {
    const previous = joined.at(-1);
    const adjoins =
      previous !== undefined &&
      (range.first <= previous.last ||
        (range.first === previous.last + 1 &&
          /^[ -]+$/.test(tokens[range.first]?.gap ?? '') &&
          tokens[previous.last]?.possessive !== true));
    if (adjoins) joined[joined.length - 1] = { ...previous, last: Math.max(previous.last, range.last) };
    else joined.push(range);
  }
  return joined;
}

/**
 * The key as the roster has it, for a plural (the Okafors, Sarahs notes), a part of a word (KwameMensah2)
 * and a word that dresses a letter as a figure (S4rah, WiIson).
 */
function rosterKey(token: Token, index: NameIndex): string {
  if (index.words.has(token.key)) return token.key;
  const isSure = (key: string) => index.words.get(key)?.ordinary === false;
  const part = [token.key.replace(/s$/, ''), ...partsOfWord(token.raw)].find(isSure);
  if (part !== undefined) return part;
  if (index.joined.has(token.key)) return token.key;
  const dressed = (/\d/.test(token.key) && /\p{L}/u.test(token.key)) || /\p{Ll}I/u.test(token.raw);
  return dressed ? (index.skeletons.get(skeleton(token.key)) ?? token.key) : token.key;
}

function partsOfWord(raw: string): string[] {
  const parts = raw.split(/(?<=\p{Ll})(?=\p{Lu})|(?<=\p{L})(?=\d)/u);
  return parts.length > 1 ? parts.map(keyOf) : [];
}

function isJoined(token: Token, key: string, index: NameIndex): boolean {
  const joined = index.joined.get(key);
  if (joined === undefined || key.length < 7) return false;
  return !joined.ordinary || /^\p{Lu}\p{Ll}+\p{Lu}/u.test(token.raw);
}

/** "de Souza", "Mrs Hill": the particles and titles before a name belong to it. */
function withLeadIn(tokens: readonly Token[], at: number): number {
  let first = at;
  while (first > 0 && at - first < 3 && isLeadIn(tokens[first - 1], tokens[first])) first -= 1;
  return first;
}

function isLeadIn(token: Token | undefined, name: Token | undefined): boolean {
  if (token === undefined || name === undefined) return false;
  if (/^[' -]{1,2}$/.test(name.gap) && isParticle(token)) return true;
  return isTitle(token, name);
}

/** The O and D of "O Brien" and "D Arcy" are capitals. */
function isParticle(token: Token | undefined): boolean {
  return token !== undefined && (particles.has(token.lower) || token.raw === 'O' || token.raw === 'D');
}
