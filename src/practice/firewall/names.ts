import type { Person } from '../council/organisation.js';
import { fold } from './folded-text.js';
import { everydayWords, particles, rarerWords, titles } from './name-words.js';
import { tokenise } from './tokens.js';

export interface NameWord {
  /** Also an English word: in small letters it proves nothing. */
  readonly ordinary: boolean;
  /** An English word that often has a capital: that proves nothing either. */
  readonly everyday: boolean;
  /** Somebody's first name. */
  readonly first: boolean;
}

/** The roster's names, taken apart and keyed by folded lower-case words. */
export interface NameIndex {
  readonly words: ReadonlyMap<string, NameWord>;
  /** Two words of one person, either order, `first second`; an initial may stand for the first name. */
  readonly pairs: ReadonlySet<string>;
  /** First and last name run together. */
  readonly joined: ReadonlyMap<string, { readonly ordinary: boolean }>;
  /** Look-alike forms (`0` for o, `1` for l) of the words and joined names. */
  readonly skeletons: ReadonlyMap<string, string>;
  /** `sok` and `so` for Sarah Olu King: all initials, and first with last. */
  readonly initials: ReadonlySet<string>;
}

export function indexNames(people: Iterable<Person>): NameIndex {
  const words = new Map<string, NameWord>();
  const pairs = new Set<string>();
  const joined = new Map<string, { ordinary: boolean }>();
  const initials = new Set<string>();
  const names = [...people].flatMap(({ name, knownAs }) =>
    knownAs === undefined ? [name] : [name, knownAs],
  );
  for (const name of names.flatMap(spellingsOf)) {
    const parts = partsOf(name);
    addWords(words, runTogether(name));
    for (const written of writingsOf(parts)) {
      addWords(words, written);
      for (const pair of pairsOf(written)) pairs.add(pair);
    }
    for (const [one, ordinary] of joinedOf(parts.map(withoutApostrophes))) joined.set(one, { ordinary });
    for (const letters of initialsOf(name)) initials.add(letters);
  }
  const skeletons = new Map([...words.keys(), ...joined.keys()].map((key) => [skeleton(key), key]));
  return { words, pairs, joined, skeletons, initials };
}

/** Müller is also written Mueller; that it is written Muller too, folding sees to. */
function spellingsOf(name: string): string[] {
  const spelled = name
    .normalize('NFC')
    .replace(/[äöüåø]/giu, (letter) => umlauts[letter.toLowerCase()] ?? letter);
  return spelled === name ? [name] : [name, spelled];
}

const umlauts: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' };

function addWords(words: Map<string, NameWord>, parts: readonly string[]): void {
  for (const [at, part] of parts.entries()) {
    if (part.length < 2 || particles.has(part)) continue;
    words.set(part, {
      ordinary: isOrdinary(part),
      everyday: part.length < 3 || everydayWords.has(part),
      first: at === 0 || words.get(part)?.first === true,
    });
  }
}

/** O'Brien is also written O Brien, McAllister also Mc Allister and MacAllister. */
function* writingsOf(parts: readonly string[]): Generator<readonly string[]> {
  const plain = parts.map(withoutApostrophes);
  yield plain;
  const shortened = parts.map((part) =>
    part.replace(/^(?:\p{L}'|ma?c(?=\p{L}{4}))/u, '').replaceAll("'", ''),
  );
  if (shortened.some((part, at) => part !== plain[at])) yield shortened;
  if (parts.some((part) => part.startsWith('mc'))) yield plain.map((part) => part.replace(/^mc/, 'mac'));
}

/** AnneMarie, AlHassan, deSouza: the words of a double name as one. */
function runTogether(name: string): string[] {
  const doubled = new RegExp(`(?:(?<![^ ])(?:${[...particles].join('|')}) +)+[^ ,]+|[^ ,]+-[^ ,]+`, 'g');
  return [...inOrder(name).matchAll(doubled)].map(([one]) => one.replace(/[^\p{L}]/gu, ''));
}

/** Two letters are too little to tell a name from a word by (An, Do, Li). */
function isOrdinary(part: string): boolean {
  return part.length < 3 || everydayWords.has(part) || rarerWords.has(part);
}

/** "Okafor, Dr Sarah-Jane" → "sarah-jane okafor". */
function inOrder(name: string): string {
  const [family = '', given] = fold(name).toLowerCase().split(',', 2);
  const words = (given === undefined ? family : `${given} ${family}`).split(/\s+/);
  return words.filter((word) => word !== '' && !titles.has(word.replace('.', ''))).join(' ');
}

function partsOf(name: string): string[] {
  return tokenise(inOrder(name)).map((token) => token.raw);
}

function* pairsOf(parts: readonly string[]): Generator<string> {
  const named = parts.filter((part) => !particles.has(part));
  for (const [at, one] of named.entries()) {
    for (const other of named.slice(at + 1, at + 8)) {
      yield `${one} ${other}`;
      yield `${other} ${one}`;
    }
  }
  const [first, last] = [named[0], named.at(-1)];
  if (first === undefined || last === undefined || named.length < 2) return;
  for (const family of named.slice(1)) {
    yield `${first.charAt(0)} ${family}`;
    yield `${family} ${first.charAt(0)}`;
  }
  yield `${first} ${last.charAt(0)}`;
}

function* joinedOf(parts: readonly string[]): Generator<[string, boolean]> {
  const [first, last] = [parts[0], parts.at(-1)];
  if (first === undefined || last === undefined || parts.length < 2) return;
  const ordinary = isOrdinary(first) && isOrdinary(last);
  yield [first + last, ordinary];
  yield [last + first, ordinary];
  yield [first.charAt(0) + last, isOrdinary(last)];
  yield [first + last.charAt(0), isOrdinary(first)];
  if (parts.length > 2) yield [parts.join(''), ordinary];
}

/** AMFC, AC, AF, AMF and AFC for one with two double names; SO and SO'B; CM and CMcA; BS and BdS. */
function initialsOf(name: string): Set<string> {
  const groups = inOrder(name)
    .split(/ +/)
    .map((group) => tokenise(group).map((token) => token.raw))
    .filter((words) => words.length > 0);
  const of = (words: readonly string[], prefixes: boolean) =>
    words.map((word) => letterOf(word, prefixes)).join('');
  const each = groups
    .slice(0, 5)
    .reduce<string[]>(
      (sofar, words) =>
        sofar.flatMap((start) =>
          [of(words.slice(0, 1), false), of(words, false), of(words, true)].map((letters) => start + letters),
        ),
      [''],
    );
  const [first = [], last = []] = [groups[0], groups.at(-1)];
  const ends = [last.slice(0, 1), last.slice(-1)].map(
    (word) => of(first.slice(0, 1), false) + of(word, false),
  );
  return new Set([...each, ...ends].filter((letters) => letters.length > 1));
}

function letterOf(word: string, withPrefix: boolean): string {
  const prefix = withPrefix ? /^(?:\p{L}'|ma?c)(?=\p{L}{3})/u.exec(word)?.[0] : undefined;
  return `${prefix ?? ''}${word.charAt(prefix?.length ?? 0)}`.replace("'", '');
}

const alike: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  i: 'l',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
};

export function skeleton(key: string): string {
  return key.replace(/[01345 78i]/g, (letter) => alike[letter] ?? letter);
}

function withoutApostrophes(part: string): string {
  return part.replaceAll("'", '');
}
