import { hitAt, type Hit, type Reading } from './hits.js';
import type { Token } from './tokens.js';

const numberWords = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen ' +
  'seventeen eighteen nineteen twenty'
).split(' ');
const otherWords: ReadonlyMap<string, number> = new Map([
  ['single', 1],
  ['couple', 2],
  ['both', 2],
  ['pair', 2],
]);

const nounPattern =
  /^(?:plrs?|reviews?|audits?|cases?|files?|records?|child|childs|children|childrens|bab(?:y|ies)|infants?|teenagers?|boys?|girls?|siblings?|brothers?|sisters?|twins|famil(?:y|ies)|practitioners?|workers?|managers?|alerts?|assessments?|kids?|yps?|inadequates?|ris?)$/;
const youngPeople = /^(?:people|peoples|person|persons|adult|adults)$/;
const between = new Set(
  (
    'of the our these those all other more further new different separate individual whole small older younger ' +
    'young social case monthly practice learning management team good outstanding inadequate ri requires ' +
    'improvement looked after children child in need care protection experienced disabled early help open ' +
    'closed such last first other similar'
  ).split(' '),
);
const adjective = /(?:ed|al|ful|ive|ing|ous)$/;
/** Words before a number that is a label and not a count. */
const label = new Set(
  (
    'section sections step steps page pages question questions stage stages level levels year years week weeks ' +
    'day days part parts item items slide slides chapter phase tier band grade group form version room class ' +
    'paragraph para point points number quarter schedule key appendix annex figure table standard q p no ' +
    'january february march april may june july august september october november december'
  ).split(' '),
);
const policy =
  /^(?: \(plrs?\))?[ ,]{0,2}(?:a (?:month|week|quarter|year|cycle)|(?:each|every|per)\b|for (?:each|every)\b|at a time)/;

/**
 * Counts under the threshold of what can point at someone: reviews, cases, children, families, young people,
 * practitioners; `n of N` as well, when either is under it. A rule of the framework (one PLR a month for each
 * manager) does not count anybody, and neither does a number that is a label (question 2 of 3).
 */
export function findSmallCounts(reading: Reading, smallCount: number): Hit[] {
  const hits: Hit[] = [];
  const { tokens } = reading;
  for (let at = 0; at < tokens.length; at += 1) {
    const last =
      endOfCount(reading, at, smallCount) ??
      endOfTally(tokens, at, smallCount) ??
      endOfShare(reading, at, smallCount);
    if (last === undefined) continue;
    const [from, to] = [tokens[at]?.from ?? 0, tokens[last]?.bareTo ?? 0];
    hits.push(hitAt(reading, 'small-count', from, to));
  }
  return hits;
}

/** The last word of "three of the reviews", "2 of 3 reviews", "RI 2 of 3", when `at` opens one. */
function endOfCount(reading: Reading, at: number, smallCount: number): number | undefined {
  const { tokens, text } = reading;
  const count = numberAt(reading, at);
  if (count === undefined || isLabel(tokens, at)) return undefined;
  const base = baseAfter(reading, at);
  const noun = nounAfter(tokens, (base?.at ?? at) + 1);
  if (base === undefined) {
    if (noun === undefined || !isSmall(count, smallCount)) return undefined;
    return isIdiom(text, tokens, at, noun) ? undefined : noun;
  }
  if (!isSmall(count, smallCount) && !isSmall(base.count, smallCount)) return undefined;
  if (noun === undefined)
    return base.joint === 'of' && !endsSentenceNoun(tokens, base.at) ? base.at : undefined;
  return noun;
}

function isSmall(count: number, smallCount: number): boolean {
  return count > 0 && count < smallCount;
}

function numberAt({ tokens, text }: Reading, at: number): number | undefined {
  const token = tokens[at];
  if (token === undefined || token.possessive) return undefined;
  const next = text.slice(token.to, token.to + 2);
  if (
    /^[%£-]|^[.,:]\d|^ ?%/.test(next) ||
    /\d[.,:/-]$|[£$]$/.test(text.slice(Math.max(0, token.from - 2), token.from))
  ) {
    return undefined;
  }
  if (/^\d{1,4}$/.test(token.raw)) return Number(token.raw);
  const inWords = numberWords.indexOf(token.lower);
  return inWords >= 0 ? inWords : otherWords.get(token.lower);
}

function isLabel(tokens: readonly Token[], at: number): boolean {
  const previous = tokens[at - 1];
  return previous !== undefined && /^[ .]{1,2}$/.test(tokens[at]?.gap ?? '') && label.has(previous.key);
}

/** The N of "n of N", "n out of N", "n in N" or "n/N". */
function baseAfter(reading: Reading, at: number): { at: number; count: number; joint: string } | undefined {
  const { tokens } = reading;
  if (otherWords.has(tokens[at]?.lower ?? '')) return undefined;
  const next = tokens[at + 1];
  const slash = next?.gap === '/' ? at + 1 : undefined;
  const joint = slash === undefined ? next?.lower : '/';
  if (joint === undefined || !['of', 'in', 'out', '/'].includes(joint)) return undefined;
  let place = slash ?? at + 2 + (joint === 'out' ? 1 : 0);
  while (['the', 'all', 'our', 'every', 'these'].includes(tokens[place]?.lower ?? '')) place += 1;
  const token = tokens[place];
  if (token === undefined || place - at > 5) return undefined;
  const count = /^\d{1,4}$/.test(token.raw) ? Number(token.raw) : numberWords.indexOf(token.lower);
  return count > 0 ? { at: place, count, joint } : undefined;
}

/** "2 of 3 questions": a noun of another kind follows at once, so nobody is counted. */
function endsSentenceNoun(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  return (
    next !== undefined &&
    next.gap === ' ' &&
    /^(?:questions|steps|sections|pages|parts|weeks|days|months|visits|meetings|standards|grades|actions|themes|teams|services)$/.test(
      next.key,
    )
  );
}

/** The place of a counted noun from `at` on, over at most four describing words. */
function nounAfter(tokens: readonly Token[], at: number): number | undefined {
  for (let place = at; place <= at + 4; place += 1) {
    const token = tokens[place];
    if (token === undefined || !/^[ ()*_-]{1,4}$/.test(token.gap)) return undefined;
    const next = tokens[place + 1];
    const describes = next !== undefined && next.gap === ' ' && nounAfterIsSure(token, next);
    if (!describes && nounPattern.test(token.key)) return place;
    if (youngPeople.test(token.key) && tokens[place - 1]?.key === 'young') return place;
    if (!between.has(token.key) && !adjective.test(token.key) && !describes) return undefined;
  }
  return undefined;
}

/** "case files", "child protection reviews": the later noun is the one that is counted. */
function nounAfterIsSure(token: Token, next: Token): boolean {
  return !token.possessive && nounPattern.test(token.key) && nounPattern.test(next.key);
}

function isIdiom(text: string, tokens: readonly Token[], at: number, noun: number): boolean {
  const rest = text.slice(tokens[noun]?.to ?? 0, (tokens[noun]?.to ?? 0) + 20).toLowerCase();
  if (/^(?:workers?|managers?)$/.test(tokens[noun]?.key ?? '') && hasHad.test(tokens[at - 1]?.key ?? ''))
    return true;
  if (tokens[at]?.lower === 'both' && /^ (?:and|or)\b/.test(rest)) return true;
  return policy.test(rest);
}

/** "He has had four workers" says what a child lived through, and counts no reviews. */
const hasHad = /^(?:had|has|have|having|another)$/;

const tallied = /^(?:n|returned|reviews|plrs|cases|children|files|practitioners|families|alerts)$/;
const grade = /^(?:outstanding|good|inadequate|ri|improvement)$/;

/** "Reviews returned: 3", "(n = 4)", "RI: 2, Good: 1": a label, a colon or an equals sign, and a small number. */
function endOfTally(tokens: readonly Token[], at: number, smallCount: number): number | undefined {
  const [token, previous, next] = [tokens[at], tokens[at - 1], tokens[at + 1]];
  if (token === undefined || previous === undefined || !/^ ?[:=] ?$/.test(token.gap)) return undefined;
  const isGrade = grade.test(previous.key) && (next === undefined || !/^ ?\w?$|^\. /.test(next.gap));
  if (!(tallied.test(previous.key) || isGrade) || !/^\d$/.test(token.raw)) return undefined;
  return isSmall(Number(token.raw), smallCount) ? at : undefined;
}

/** "Of 12 reviews, three were late": the noun is said before the count. */
function endOfShare(reading: Reading, at: number, smallCount: number): number | undefined {
  const { tokens } = reading;
  const count = numberAt(reading, at);
  if (count === undefined || !isSmall(count, smallCount) || isLabel(tokens, at)) return undefined;
  if (!/^(?:were|was|had|have|has|did|lacked|showed|needed|came)$/.test(tokens[at + 1]?.key ?? ''))
    return undefined;
  for (let place = at - 1; place > at - 10 && !tokens[place + 1]?.opens; place -= 1) {
    const token = tokens[place];
    if (token === undefined) return undefined;
    if (nounPattern.test(token.key) && token.key.endsWith('s') && !token.possessive) return at;
  }
  return undefined;
}
