import { isTitle } from './introduced-names.js';
import { articles, beforePeople, calendarWords } from './name-words.js';
import type { NameIndex, NameWord } from './names.js';
import { isYoungPeople } from './paired-names.js';
import { isActed, isAddressed, isListed, isNoun } from './signs-of-a-person.js';
import type { Token } from './tokens.js';

/**
 * One word of a roster name by itself. A word that is not English is a name anywhere and in any case; a rarer
 * English word is one with a capital; an everyday word (Will, Grace, Hill) is one where its place in the
 * sentence shows a person.
 */
export function standsAlone(
  tokens: readonly Token[],
  keys: readonly string[],
  at: number,
  index: NameIndex,
): boolean {
  const [token, word] = [tokens[at], index.words.get(keys[at] ?? '')];
  if (token === undefined || word === undefined || isYoungPeople(tokens, at)) return false;
  if (token.possessive && tokens[at + 1]?.raw === 'Law') return false;
  const previous = tokens[at - 1];
  if (!word.ordinary || (previous !== undefined && isTitle(previous, token))) return true;
  if (!token.capital) return (word.first && !word.everyday) || isSmallName(tokens, at, word);
  return !word.everyday || isLikelyName(tokens, keys, at, word, index);
}

/** "grace said", "ask will", "mark's notes": in small letters only the plainest signs count. */
function isSmallName(tokens: readonly Token[], at: number, word: NameWord): boolean {
  const [token, previous, next] = [tokens[at], tokens[at - 1], tokens[at + 1]];
  if (token === undefined || !word.first) return false;
  if (token.opens && next?.key === 'to' && isActed(tokens, at)) return true;
  if (!isNoun(token) || calendarWords.has(token.key)) return false;
  if (previous !== undefined && articles.has(previous.key)) return false;
  if (/^(?:ask|asked|tell|told|thank|thanks|emailed|cc)$/.test(previous?.key ?? '')) return token.gap === ' ';
  if (token.possessive) return token.opens;
  return next?.gap === ' ' && /^(?:said|told|asked|agreed|explained|thinks|wants)$/.test(next.key);
}

/** An everyday word with a capital: a name, unless the place explains the capital. */
function isLikelyName(
  tokens: readonly Token[],
  keys: readonly string[],
  at: number,
  word: NameWord,
  index: NameIndex,
): boolean {
  const [token, previous] = [tokens[at], tokens[at - 1]];
  if (token === undefined) return false;
  if (isActed(tokens, at) || isAddressed(tokens, at, word.first) || isListed(tokens, keys, at, index))
    return true;
  if (previous !== undefined && beforePeople.has(previous.key) && token.gap === ' ') return true;
  if (/^\d/.test(tokens[at + 1]?.key ?? '') && tokens[at + 1]?.gap === ' ') return false;
  if (calendarWords.has(token.key))
    return isSomeone(tokens, at) || (token.possessive && !isDated(tokens[at + 1]));
  if (token.opens || isShouted(tokens, at)) return token.possessive || isAlone(tokens, at, word);
  if (isInTitle(tokens, keys, at, index) || articles.has(previous?.key ?? '')) return false;
  if (token.allCapitals && !isNoun(token) && token.gap === ' ') return false;
  if (previous?.opens === true && previous.capital && token.gap === ' ' && titled.test(token.key))
    return token.possessive;
  return token.possessive || !isRating(tokens, at);
}

/** "spoke with May", "led by May": not "compared with May" or "done by May". */
function isSomeone(tokens: readonly Token[], at: number): boolean {
  const leadIn = tokens
    .slice(Math.max(0, at - 2), at)
    .map((token) => token.key)
    .join(' ');
  return /^(?:(?:spoke|met|agreed|discussed|worked|supervision|session|visit|check) with|(?:spoke|talk|speak|given|thanks|passed|sent|handed|allocated|reports|according) to|(?:led|written|chaired|held|recorded|presented|shared|covered|reviewed|moderated|supervised) by|(?:handover|email|feedback|notes?) (?:from|for))$/.test(
    leadIn,
  );
}

/** What a capitalised word before it makes a title of: "Practice Day". */
const titled = /^(?:days?|house|hall|court|lane|street|park|week|case|ward|home|way|town|price)$/;

function isDated(next: Token | undefined): boolean {
  return (
    next === undefined ||
    !/^ /.test(next.gap) ||
    /^(?:\d+|briefs?|reviews?|cycle|figures|reports?|themes?|returns?|plrs|data|meetings?|practice|compliance|learning|results|audits?|deadline|board|session|newsletter|training|sample)$/.test(
      next.key,
    )
  );
}

/** "rated the tracker Green", "moved to Green", "is Amber". */
function isRating(tokens: readonly Token[], at: number): boolean {
  if (!/^(?:green|amber|gold|silver)$/.test(tokens[at]?.key ?? '')) return false;
  const leadIn = tokens.slice(Math.max(0, at - 4), at).map((token) => token.key);
  return (
    /^(?:is|are|was|were|be|now|still|as|at|stays?|stayed)$/.test(leadIn.at(-1) ?? '') ||
    leadIn.some((key) =>
      /^(?:rat(?:ed|ings?)|grad(?:ed?|ing)|turn|mov|rag|status|colour|amber|red)$|^(?:turn|mov)/.test(key),
    )
  );
}

/** Among words that are all in capitals, a capital says nothing. */
function isShouted(tokens: readonly Token[], at: number): boolean {
  const beside = [tokens[at - 1], tokens[at + 1]].filter((token) => (token?.key.length ?? 0) > 1);
  return (
    tokens[at]?.allCapitals === true &&
    tokens[at]?.gap === ' ' &&
    beside.every((token) => token?.allCapitals === true)
  );
}

/** "- Grace" and no more: a line of its own in a list. */
function isAlone(tokens: readonly Token[], at: number, word: NameWord): boolean {
  const [token, next] = [tokens[at], tokens[at + 1]];
  if (token === undefined || !word.first || !/[\n*•-]/.test(token.gap)) return false;
  return next === undefined || /^[ ,]*\n/.test(next.gap);
}

/**
 * A capitalised word beside it makes it part of a title, unless that word is a name of the roster, a day or a
 * short form.
 */
function isInTitle(tokens: readonly Token[], keys: readonly string[], at: number, index: NameIndex): boolean {
  const isOfTitle = (place: number, gap: string | undefined) => {
    const beside = tokens[place];
    if (
      beside === undefined ||
      gap !== ' ' ||
      beside.opens ||
      index.words.get(keys[place] ?? '')?.everyday === false
    )
      return false;
    return beside.capital && beside.key.length > 1 && !beside.allCapitals && !calendarWords.has(beside.key);
  };
  return isOfTitle(at + 1, tokens[at + 1]?.gap) || isOfTitle(at - 1, tokens[at]?.gap);
}
