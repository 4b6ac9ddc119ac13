import { beforeThings, calendarWords, personVerbs, thingsNamed, titles } from './name-words.js';
import type { NameIndex } from './names.js';
import { isYoungPeople } from './paired-names.js';
import type { Token } from './tokens.js';

/** One word of a roster name by itself: with a title, or with a capital where a name may stand. */
export function standsAlone(
  tokens: readonly Token[],
  keys: readonly string[],
  at: number,
  index: NameIndex,
): boolean {
  const [token, key] = [tokens[at], keys[at] ?? ''];
  const ordinary = index.words.get(key)?.ordinary;
  if (token === undefined || ordinary === undefined || key.length < 2) return false;
  const previous = tokens[at - 1];
  if (previous !== undefined && titles.has(previous.lower) && /^\.? {1,2}$/.test(token.gap)) return true;
  if (!token.capital) return !ordinary && key.length > 3 && isPersonHere(tokens, at);
  if (key.length < 3 && token.allCapitals) return false;
  if (isThing(tokens, at) || isYoungPeople(tokens, at)) return false;
  return !ordinary || isLikelyName(tokens, keys, at, index);
}

/** "Barnes Road", "the Munro review": a place or a thing with somebody's name. */
function isThing(tokens: readonly Token[], at: number): boolean {
  const [token, next, previous] = [tokens[at], tokens[at + 1], tokens[at - 1]];
  if (token === undefined || next === undefined || token.possessive || !/^[ -]$/.test(next.gap)) return false;
  return thingsNamed.has(next.key) && (next.capital || previous?.key === 'the');
}

function isPersonHere(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  return tokens[at]?.possessive === true || (next?.gap === ' ' && personVerbs.has(next.key));
}

/** An everyday word with a capital: a name when a person's verb follows, or mid-sentence where no article or grade explains the capital. */
function isLikelyName(
  tokens: readonly Token[],
  keys: readonly string[],
  at: number,
  index: NameIndex,
): boolean {
  const [token, next, previous] = [tokens[at], tokens[at + 1], tokens[at - 1]];
  if (token === undefined) return false;
  const verb = next !== undefined && /^,? $/.test(next.gap) && !next.capital ? next.key : '';
  if (personVerbs.has(verb) && verb !== 'reviews' && verb !== 'notes' && verb !== 'records') return true;
  if (calendarWords.has(token.key)) return false;
  if (isActionHead(token) && verb === 'to') return true;
  if (token.opens || token.allCapitals || previous === undefined) {
    return index.words.get(keys[at] ?? '')?.first === true && opensAsName(token, next);
  }
  if (
    isCapitalised(next, next?.gap, keys[at + 1], index) ||
    isCapitalised(previous, token.gap, keys[at - 1], index)
  )
    return false;
  return token.possessive || !beforeThings.has(previous.key);
}

/** At the start of a sentence: "Rose's plan", "Mark has", "Grace to send", but not "Hope to see", "Will the". */
function opensAsName(token: Token, next: Token | undefined): boolean {
  if (token.possessive) return true;
  if (next === undefined || next.gap !== ' ' || next.capital) return false;
  if (next.key === 'to') return token.key !== 'hope' && token.key !== 'chance';
  return (
    ['has', 'had', 'will', 'would'].includes(next.key) ||
    (isVerbToo.test(token.key) && /^(?:is|was|did|does)$/.test(next.key))
  );
}

/** Words that are verbs, so that another verb cannot follow unless they are names. */
const isVerbToo = /^(?:mark|rob|sue|chase|drew|will|josh|pat|trace|mike|nick)$/;

/** "Actions: Hope to share the script", or the same as a bullet. */
function isActionHead(token: Token): boolean {
  return /: $|(?:^|\n) ?[-•*] $/.test(token.gap);
}

/** A capital beside it that is no name of the roster makes it part of a heading or title. */
function isCapitalised(
  beside: Token | undefined,
  gap: string | undefined,
  key: string | undefined,
  index: NameIndex,
): boolean {
  if (beside === undefined || gap !== ' ' || beside.opens || index.words.has(key ?? '')) return false;
  return beside.capital;
}
