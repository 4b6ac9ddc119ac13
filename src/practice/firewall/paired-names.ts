import { beforePeople, particles } from './name-words.js';
import type { NameIndex } from './names.js';
import type { Token } from './tokens.js';

const nameGap = /^[^\p{L}\p{N}!?]{0,6}$/u;

/** Two words of one person from `at` on, with a middle name, initial or particle between at most twice. */
export function pairFrom(tokens: readonly Token[], keys: readonly string[], at: number, index: NameIndex) {
  const one = keys[at] ?? '';
  if (!index.words.has(one) && one.length !== 1) return undefined;
  let found: { first: number; last: number } | undefined;
  for (let next = at + 1; next <= at + 4; next += 1) {
    const token = tokens[next];
    if (token === undefined || !nameGap.test(token.gap) || isStop(tokens, next)) break;
    if (index.pairs.has(`${one} ${keys[next] ?? ''}`) && isWrittenAsPair(tokens, keys, at, next, index)) {
      found = { first: at, last: next };
    }
    if (!mayStandBetween(token, keys[next] ?? '', index)) break;
  }
  return found;
}

/** A full stop and space end a sentence, except after an initial. */
function isStop(tokens: readonly Token[], next: number): boolean {
  const [token, previous] = [tokens[next], tokens[next - 1]];
  return /\.\s/.test(token?.gap ?? '') && (previous?.key.length ?? 0) > 1;
}

function mayStandBetween(token: Token, key: string, index: NameIndex): boolean {
  if (token.possessive) return false;
  return (
    token.capital || particles.has(token.key) || (index.words.get(key)?.ordinary === false && key.length > 1)
  );
}

/** How a pair must be written to be one: "will young" and "s wood" need their capitals, "sarah okafor" not. */
function isWrittenAsPair(
  tokens: readonly Token[],
  keys: readonly string[],
  at: number,
  next: number,
  index: NameIndex,
): boolean {
  const [first, last] = [tokens[at], tokens[next]];
  if (first === undefined || last === undefined) return false;
  if (isYoungPeople(tokens, next) || isYoungPeople(tokens, at)) return false;
  if (first.capital && last.capital) return true;
  const [one, other] = [index.words.get(keys[at] ?? ''), index.words.get(keys[next] ?? '')];
  if (one === undefined || other === undefined)
    return (one ?? other)?.ordinary === false && !/^[ai]$/.test(first.key);
  if (!one.ordinary || !other.ordinary) return true;
  const together = next === at + 1 && last.gap === ' ' && !first.capital && !last.capital;
  const acts =
    last.possessive ||
    /^(?:to|said|has|and)$/.test(tokens[next + 1]?.key ?? '') ||
    beforePeople.has(tokens[at - 1]?.key ?? '');
  return together && one.first && (!modals.has(first.key) || acts);
}

const modals: ReadonlySet<string> = new Set([
  'will',
  'may',
  'can',
  'see',
  'an',
  'do',
  'so',
  'no',
  'long',
  'any',
]);

/** "Young people" is nobody. */
export function isYoungPeople(tokens: readonly Token[], at: number): boolean {
  return (
    tokens[at]?.key === 'young' &&
    /^(?:people|person|adult|carer|parent|mother|father|child|offender)/.test(tokens[at + 1]?.key ?? '')
  );
}
