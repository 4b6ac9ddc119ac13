import type { Reading } from './hits.js';
import { everydayWords, particles, thingsNamed, titles } from './name-words.js';
import type { Token } from './tokens.js';

const child =
  /\b(?:child|boy|girl|baby|son|daughter|brother|sister|sibling|twin|teenager|young person|mother|father|mum|dad|nan|aunt|uncle|carer)(?:,| is| was|'s name is)? (?:called|named)? ?$/;

const relative =
  /\b(?:(?:son|daughter|brother|sister|mother|father|mum|dad|stepfather|stepmother|grandmother|grandfather|nan|gran|aunt|auntie|uncle|cousin),?|(?:child|boy|girl|baby|mother|father|son|daughter)'s name (?:is|was)) $/;
const notRelatives = /^(?:And|Or|Was|Is|Who|With|To|In|Of|I|PLR|Good|Outstanding|Inadequate|Requires)$/;

/** A title before, or the words that introduce a child or parent, whoever it is. */
export function isIntroduced({ tokens, text }: Reading, at: number): boolean {
  const token = tokens[at];
  if (token === undefined || !token.capital || token.raw.length < 2) return false;
  const previous = tokens[at - 1];
  if (previous !== undefined && isTitle(previous, token)) return true;
  if (token.allCapitals || particles.has(token.key)) return false;
  const leadIn = text.slice(Math.max(0, token.from - 40), token.from).toLowerCase();
  if (/(?:called|named) $/.test(leadIn) && child.test(leadIn)) return true;
  if (relative.test(leadIn) && !token.opens && token.gap === ' ') return !notRelatives.test(token.raw);
  const rest = text.slice(token.to, token.to + 16);
  return (
    /^,? (?:aged \d{1,2}\b|\(\d{1,2}\)|who is \d{1,2}\b|\d{1,2} years old)/.test(rest) &&
    !everydayWords.has(token.key) &&
    !/^(?:children|people|those|siblings|everyone|at|in|on|see|rule|step)$/.test(token.key)
  );
}

/** "Mrs" before "Hill". "miss" may be a verb, and DR is a plan for disasters. */
export function isTitle(token: Token, name: Token): boolean {
  const isSlip = token.raw === 'DR' || token.raw === 'miss' || token.raw === 'lady';
  return titles.has(token.lower) && !isSlip && /^\.?[ \n]{0,2}$/.test(name.gap);
}

/** The other words of a name the roster does not know: "Mr Adebayo-Lewis", "Mrs Anna Kowalczyk". */
export function endOfStranger(tokens: readonly Token[], at: number): number {
  let last = at;
  while (last - at < 3 && !tokens[last]?.possessive) {
    const next = tokens[last + 1];
    if (next === undefined || !/^[ -]$/.test(next.gap) || !next.capital || thingsNamed.has(next.key)) break;
    last += 1;
  }
  return last;
}
