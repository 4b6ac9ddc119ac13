import { isTitle } from './introduced-names.js';
import { articles, beforePeople, beforeRatings, calendarWords } from './name-words.js';
import type { NameIndex, NameWord } from './names.js';
import { isYoungPeople } from './paired-names.js';
import { isActed, isAddressed, isListed, isNoun } from './signs-of-a-person.js';
import type { Token } from './tokens.js';

/**
 * One word of a roster name by itself. What is no English word is a name in any place and case; a rarer
 * word, with a capital; an everyday word (Will, Grace, Hill), where the place shows a person.
 */
export function standsAlone(
  tokens: readonly Token[],
  keys: readonly string[],
  at: number,
  index: NameIndex,
): boolean {
  const [token, word] = [tokens[at], index.words.get(keys[at] ?? '')];
  if (token === undefined || word === undefined || isYoungPeople(tokens, at)) return false;
  const previous = tokens[at - 1];
  if (!word.ordinary || (previous !== undefined && isTitle(previous, token))) return true;
  if (!token.capital) return isSmallName(tokens, at, word);
  return !word.everyday || isLikelyName(tokens, keys, at, word, index);
}

/** "grace said", "ask will", "mark's notes": in small letters only the plainest signs count. */
function isSmallName(tokens: readonly Token[], at: number, word: NameWord): boolean {
  const [token, previous, next] = [tokens[at], tokens[at - 1], tokens[at + 1]];
  if (token === undefined || !word.first || !isNoun(token) || calendarWords.has(token.key)) return false;
  if (previous !== undefined && articles.has(previous.key)) return false;
  if (/^(?:ask|asked|tell|told|thank|thanks|emailed|cc)$/.test(previous?.key ?? '')) return token.gap === ' ';
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
  if (isActed(tokens, at) || isAddressed(tokens, at, word.first) || isListed(tokens, keys, at, index)) return true;
  if (calendarWords.has(token.key)) return token.possessive && !isDated(tokens[at + 1]);
  if (previous !== undefined && beforePeople.has(previous.key) && token.gap === ' ') return true;
  if (token.opens || isShouted(tokens, at)) return token.possessive || isAlone(tokens, at, word);
  if (isInTitle(tokens, keys, at, index) || articles.has(previous?.key ?? '')) return false;
  if (token.allCapitals && !isNoun(token)) return false;
  if (!word.first && previous?.opens === true && previous.capital && token.gap === ' ') return token.possessive;
  return token.possessive || !isRating(tokens, at);
}

function isDated(next: Token | undefined): boolean {
  return (
    next === undefined ||
    !/^ /.test(next.gap) ||
    /^(?:\d+|briefs?|reviews?|cycle|figures|reports?|themes?|returns?|plrs|data|meetings?|practice|compliance|learning|results|audits?|deadline|board|session|newsletter|training|sample)$/.test(
      next.key,
    )
  );
}

/** "rated the tracker Green", "from Amber to Green". */
function isRating(tokens: readonly Token[], at: number): boolean {
  if (!/^(?:green|amber|black|brown|blue|gold|silver|white)$/.test(tokens[at]?.key ?? '')) return false;
  const leadIn = tokens.slice(Math.max(0, at - 4), at).map((token) => token.key);
  return beforeRatings.has(leadIn.at(-1) ?? '') || leadIn.some((key) => /^(?:rat|grad|turn|mov|rag$|amber$|red$)/.test(key));
}

/** Among words in capitals, a capital says nothing. */
function isShouted(tokens: readonly Token[], at: number): boolean {
  const beside = [tokens[at - 1], tokens[at + 1]].filter((token) => (token?.key.length ?? 0) > 1);
  return (tokens[at]?.allCapitals ?? false) && beside.every((token) => token?.allCapitals === true);
}

/** "- Grace" and no more: a line of its own in a list. */
function isAlone(tokens: readonly Token[], at: number, word: NameWord): boolean {
  const [token, next] = [tokens[at], tokens[at + 1]];
  if (token === undefined || !word.first || !/[\n*•-]/.test(token.gap)) return false;
  return next === undefined || /^[ ,]*\n/.test(next.gap);
}

/** A capital beside it that is no name of the roster, a day or a short form makes it part of a title. */
function isInTitle(
  tokens: readonly Token[],
  keys: readonly string[],
  at: number,
  index: NameIndex,
): boolean {
  const isOfTitle = (place: number, gap: string | undefined) => {
    const beside = tokens[place];
    if (beside === undefined || gap !== ' ' || beside.opens || index.words.get(keys[place] ?? '')?.everyday === false)
      return false;
    return beside.capital && beside.key.length > 1 && !beside.allCapitals && !calendarWords.has(beside.key);
  };
  return isOfTitle(at + 1, tokens[at + 1]?.gap) || isOfTitle(at - 1, tokens[at]?.gap);
}
