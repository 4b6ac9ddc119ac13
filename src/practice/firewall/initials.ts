import { hitAt, type Hit, type Reading } from './hits.js';
import { actingForms, articles, calendarWords, personVerbs, thingForms } from './name-words.js';
import type { NameIndex } from './names.js';
import type { Token } from './tokens.js';

const saysInitials = new Set(['initials', 'initialled', 'initialed']);
const children = new Set(['child', 'baby', 'sibling', 'twin', 'boy', 'girl', 'brother', 'sister', 'person']);
const peopleBefore =
  /^(?:workers?|practitioners?|reviewers?|supervisors?|managers?|moderators?|owners?|chair|author|colleague|signed|by|told|asks?|asked|tell|thanks|thank|action|actions|lead|leads|named|cc|att|attendees|present|apologies|notes|minutes|taken|spoke|contact|allocated)$/;

/**
 * Initials of someone on the roster: with stops (S.O.) anywhere; without (SO, S O) wherever the letters are not
 * an abbreviation of the field; an abbreviation of a thing (PR) only where somebody acts or is addressed ("PR
 * to arrange", "owner: PR"). After "child", any two or three capitals.
 */
export function findInitials(reading: Reading, index: NameIndex): Hit[] {
  const hits: Hit[] = [];
  for (let first = 0; first < reading.tokens.length; first += 1) {
    const last = endOfInitials(reading.tokens, first);
    if (last === undefined) continue;
    if (isSomebody(reading, index, first, last)) {
      const [from, to] = [reading.tokens[first]?.from ?? 0, reading.tokens[last]?.bareTo ?? 0];
      const stop = last > first && reading.text.charAt(to) === '.' && hasStops(reading.tokens, first);
      hits.push(hitAt(reading, 'initials', from, stop ? to + 1 : to));
    }
    first = last;
  }
  return hits;
}

/** SO'B, BdS, CMcA. */
const mixed = /^\p{Lu}(?:[a-z]{0,2}'?\p{Lu}){1,3}$/u;

/** Two to four capitals as one word, or as single letters with a stop, hyphen or space between. */
function endOfInitials(tokens: readonly Token[], first: number): number | undefined {
  const token = tokens[first];
  if (token === undefined) return undefined;
  if (!token.capital) return isSmall(tokens, first);
  if (token.allCapitals || mixed.test(token.raw)) return token.bareTo - token.from <= 5 ? first : undefined;
  if (token.key.length !== 1) return undefined;
  let last = first;
  while (last - first < 4) {
    const next = tokens[last + 1];
    if (next === undefined || next.key.length !== 1 || !next.capital || !/^(?:\. ?| |-)$/.test(next.gap))
      break;
    last += 1;
  }
  return last > first ? last : undefined;
}

/** "km to chase" at the head of a line, "k.m." */
function isSmall(tokens: readonly Token[], first: number): number | undefined {
  const [token, next] = [tokens[first], tokens[first + 1]];
  if (token === undefined || next === undefined) return undefined;
  if (token.opens && /^[a-z]{2,3}$/.test(token.raw) && next.key === 'to') return first;
  return token.key.length === 1 && next.key.length === 1 && next.gap === '.' && !next.capital
    ? first + 1
    : undefined;
}

function hasStops(tokens: readonly Token[], first: number): boolean {
  return tokens[first + 1]?.gap.includes('.') ?? false;
}

function lettersOf(tokens: readonly Token[], first: number, last: number): string {
  return tokens
    .slice(first, last + 1)
    .map((token) => token.key)
    .join('');
}

function isSomebody({ tokens, text }: Reading, index: NameIndex, first: number, last: number): boolean {
  const letters = lettersOf(tokens, first, last);
  const previous = tokens[first - 1];
  const lead = /^[ :?('"\n-]{1,4}$/.test(tokens[first]?.gap ?? '') ? (previous?.key ?? '') : '';
  const afterInitials = saysInitials.has(lead) || saysInitials.has(tokens[first - 2]?.key ?? '');
  if (afterInitials && letters.length <= 4) return true;
  const isShort = actingForms.has(letters) || thingForms.has(letters);
  if (children.has(lead) && !isShort && letters.length <= 3) return true;
  if (!index.initials.has(letters)) return false;
  if (tokens[first]?.capital !== true && !isOwn(letters, index)) return false;
  if (last > first && hasStops(tokens, first)) return letters !== 'dob';
  if (actingForms.has(letters) || spellsOut(tokens, first, last)) return false;
  if (peopleBefore.test(lead) || isActing(tokens, first, last) || isListed(tokens, first, last, index))
    return true;
  return !thingForms.has(letters) && isFree(tokens, text, first, last);
}

/** "PR to arrange", "PR agreed", "PR: check the plan", "PR's", "with KM/PR". */
function isActing(tokens: readonly Token[], first: number, last: number): boolean {
  const [token, end, next, after] = [tokens[first], tokens[last], tokens[last + 1], tokens[last + 2]];
  if (token === undefined || end === undefined) return false;
  if (end.possessive) return true;
  if (next === undefined) return false;
  const heads = token.opens || /[:,;*-] ?$/.test(token.gap);
  if (next.gap === ' ' && !next.capital && personVerbs.has(next.key)) return true;
  if (next.gap === ' ' && next.key === 'to') return after?.capital === false && !articles.has(after.key);
  return heads && (/^ ?[:–-] $/.test(next.gap) || (next.gap === ' ' && /^(?:will|has|had)$/.test(next.key)));
}

/** "KM/PR", "PR and Sarah": beside somebody. */
function isListed(tokens: readonly Token[], first: number, last: number, index: NameIndex): boolean {
  const isPerson = (token: Token | undefined) =>
    token?.capital === true &&
    (index.words.get(token.key)?.ordinary === false || (token.allCapitals && isOwn(token.key, index)));
  const [next, previous] = [tokens[last + 1], tokens[first - 1]];
  const link = /^(?:, ?| ?\/ ?| ?& ?| ?\+ ?)$/;
  return (
    (link.test(next?.gap ?? '') && isPerson(next)) ||
    (link.test(tokens[first]?.gap ?? '') && isPerson(previous)) ||
    (/^(?:and|to)$/.test(next?.lower ?? '') && isPerson(tokens[last + 2])) ||
    (/^(?:and|to)$/.test(previous?.lower ?? '') && isPerson(tokens[first - 2]))
  );
}

function isOwn(letters: string, index: NameIndex): boolean {
  return index.initials.has(letters) && !actingForms.has(letters) && !thingForms.has(letters);
}

/** No article or figure beside it ("an NE wind", "12 KM"), and not one word of a line in capitals. */
function isFree(tokens: readonly Token[], text: string, first: number, last: number): boolean {
  const [previous, next, gap] = [tokens[first - 1], tokens[last + 1], tokens[first]?.gap ?? ''];
  if (text.charAt(tokens[last]?.to ?? 0) === '&' || /[&£$]$/.test(gap)) return false;
  if (gap === ' ' && previous !== undefined && (articles.has(previous.key) || /^\d/.test(previous.key)))
    return false;
  if (next !== undefined && /^-?$/.test(next.gap) && /^\d/.test(next.key)) return false;
  const beside = [previous, next].filter((token) => token !== undefined && token.key.length > 1);
  const shouted = beside.filter(
    (token) => token?.allCapitals === true && (token.key.length > 4 || calendarWords.has(token.key)),
  );
  return beside.length === 0 || shouted.length < beside.length;
}

/** "special guardianship (SG)" and "SG (special guardianship)": the words explain an abbreviation. */
function spellsOut(tokens: readonly Token[], first: number, last: number): boolean {
  const letters = [...lettersOf(tokens, first, last)];
  const begins = (start: number) =>
    letters.every((letter, at) => tokens[start + at]?.key.startsWith(letter) ?? false);
  const inBrackets = /\($/.test(tokens[first]?.gap ?? '');
  return (
    (inBrackets && begins(first - letters.length)) ||
    (/\($/.test(tokens[last + 1]?.gap ?? '') && begins(last + 1))
  );
}
