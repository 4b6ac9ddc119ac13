import { hitAt, type Hit, type Reading } from './hits.js';
import { personVerbs, shortForms } from './name-words.js';
import type { NameIndex } from './names.js';
import type { Token } from './tokens.js';

const saysInitials = new Set(['initials', 'initialled', 'initialed']);
const children = new Set(['child', 'baby', 'sibling', 'twin', 'boy', 'girl', 'brother', 'sister', 'person']);
const peopleBefore = new Set([
  ...[
    'worker',
    'practitioner',
    'reviewer',
    'supervisor',
    'owner',
    'signed',
    'by',
    'with',
    'mother',
    'father',
  ],
  ...['told', 'asked', 'ask', 'thanks', 'thank', 'mum', 'dad', 'action', 'lead', 'named'],
]);

/**
 * Initials of someone on the roster: with stops (S.O.) anywhere; without (SO, S O) only where initials
 * are written: after "initials", "signed by", "owner:", before a person's verb, at the head of an action
 * ("SO to arrange"), in brackets of their own. After "child", any two or three capitals.
 */
export function findInitials(reading: Reading, index: NameIndex): Hit[] {
  const hits: Hit[] = [];
  for (let first = 0; first < reading.tokens.length; first += 1) {
    const last = endOfInitials(reading.tokens, first);
    if (last === undefined) continue;
    if (isSomebody(reading, index, first, last)) {
      const [from, to] = [reading.tokens[first]?.from ?? 0, reading.tokens[last]?.bareTo ?? 0];
      const stop =
        last > first &&
        /^\.$/.test(reading.text.charAt(to)) &&
        (reading.tokens[last]?.gap ?? '').includes('.');
      hits.push(hitAt(reading, 'initials', from, stop ? to + 1 : to));
    }
    first = last;
  }
  return hits;
}

/** Two to four capitals as one word, or as single letters with a stop or space between. */
function endOfInitials(tokens: readonly Token[], first: number): number | undefined {
  const token = tokens[first];
  if (token === undefined || !token.capital) return undefined;
  if (token.allCapitals) return token.bareTo - token.from <= 4 ? first : undefined;
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

function isSomebody({ tokens, text }: Reading, index: NameIndex, first: number, last: number): boolean {
  const letters = tokens
    .slice(first, last + 1)
    .map((token) => token.key)
    .join('');
  const previous = tokens[first - 1];
  const lead = /^[ :('"]{1,3}$/.test(tokens[first]?.gap ?? '') ? (previous?.key ?? '') : '';
  const afterInitials = saysInitials.has(lead) || saysInitials.has(tokens[first - 2]?.key ?? '');
  if (afterInitials && letters.length <= 4) return true;
  if (children.has(lead) && !shortForms.has(letters) && letters.length <= 3) return true;
  if (!index.initials.has(letters)) return false;
  if (last > first && (tokens[first + 1]?.gap ?? '').includes('.')) return letters !== 'dob';
  return !shortForms.has(letters) && (peopleBefore.has(lead) || isPersonWritten(tokens, text, first, last));
}

function isPersonWritten(tokens: readonly Token[], text: string, first: number, last: number): boolean {
  const [token, end, next] = [tokens[first], tokens[last], tokens[last + 1]];
  if (token === undefined || end === undefined) return false;
  if (end.possessive) return true;
  const around = text.slice(token.from - 1, token.from) + text.slice(end.to, end.to + 1);
  if (around === '()' || around === '[]') return !spellsOut(tokens, first, last);
  if (next === undefined || next.gap !== ' ' || next.capital)
    return /[:–-] ?$/.test(token.gap) && next === undefined;
  const heads = token.opens || /[:,;] ?$/.test(token.gap);
  return personVerbs.has(next.key) || (heads && ['to', 'will', 'has', 'and'].includes(next.key));
}

/** "special guardianship (SG)": the words before the bracket explain a short form. */
function spellsOut(tokens: readonly Token[], first: number, last: number): boolean {
  const letters = tokens
    .slice(first, last + 1)
    .map((token) => token.key)
    .join('');
  return [...letters].every(
    (letter, at) => tokens[first - letters.length + at]?.key.startsWith(letter) ?? false,
  );
}
