import type { CaseRef } from '../base/ids.js';
import { fold } from './folded-text.js';
import { textBefore, hitAt, type Hit, type Reading } from './hits.js';

/** The roster's case references as a text may write them. */
export interface ReferenceIndex {
  /** Letters and digits only, capitals. */
  readonly exact: ReadonlySet<string>;
  /** The letters themselves, digits as `9`: `NC999999`. What has this shape is a reference too. */
  readonly shapes: ReadonlySet<string>;
  /** Letters as `A`, digits as `9`, separators as they are: `AA-999999`, to be met in capitals. */
  readonly forms: ReadonlySet<string>;
  /** The figures alone, five or more: `104233` is the case where the text says that a number follows. */
  readonly figures: ReadonlySet<string>;
  readonly longest: number;
}

/** Past this many, letters are part of the number (initials, say), not a prefix that tells a shape. */
const maxShapes = 200;

export function indexReferences(refs: Iterable<CaseRef>): ReferenceIndex {
  const exact = new Set<string>();
  const shapes = new Set<string>();
  const forms = new Set<string>();
  const figures = new Set<string>();
  let longest = 0;
  for (const ref of refs) {
    const folded = fold(ref).toUpperCase();
    const plain = folded.replace(/[^\p{L}\p{N}]/gu, '');
    if (plain.length < 4 || !/\d/.test(plain)) continue;
    exact.add(plain);
    shapes.add(shapeOf(plain));
    forms.add(formOf(folded));
    const digits = plain.replace(/\D/g, '');
    if (digits.length >= 5) figures.add(digits);
    longest = Math.max(longest, plain.length);
  }
  return { exact, shapes: shapes.size > maxShapes ? new Set() : shapes, forms, figures, longest };
}

function shapeOf(plain: string): string {
  return plain.replace(/\d/g, '9');
}

function formOf(folded: string): string {
  return shapeOf(folded).replace(/\p{L}/gu, 'A');
}

/** What a number without its letters is when it is not a case: money, a room, a telephone number. */
const saysOther =
  /(?:[£$]|\b(?:budget|cost|code|invoice|order|room|ext|extension|phone|tel|pin|form|version|population|call|ticket|job|asset|payroll|staff|course|account|serial|helpdesk|of|about|over|under|than|nearly|almost|to)(?: (?:code|no|number|ref))?)\W{0,3}$/;

function isNumberOfCase(reading: Reading, index: ReferenceIndex, first: number, last: number): boolean {
  const [token, end] = [reading.tokens[first], reading.tokens[last]];
  if (token === undefined || end === undefined) return false;
  const written = reading.text.slice(token.from, end.bareTo);
  if (!/^[\d/.-]+$/.test(written) || !index.figures.has(written.replace(/\D/g, ''))) return false;
  const leadIn = textBefore(reading, token.from, 30);
  if (saysOther.test(leadIn)) return false;
  return saysCase.test(leadIn) || /^(?:\d{5,}|\d{2}\/\d{4,})$/.test(written);
}

const saysCase =
  /\b(?:cases?|child|children|files?|records?|refs?|references?|id|ids|number|no)\W{1,3}(?:(?:number|no|refs?|reference|id)\b)?\W{0,3}$/;

const separators = /^[ ./\\:#|()\n-]{0,3}$/;
const yearAndMonth = /^(?:19|20)\d\d\W+\d\d?$/;

/** From each word onward, words are put together while separators allow and a reference may still be met. */
export function findReferences(reading: Reading, index: ReferenceIndex): Hit[] {
  const hits: Hit[] = [];
  for (let first = 0; first < reading.tokens.length; first += 1) {
    const last =
      lastOfReference(reading, index, first) ??
      [first, first + 1].find((end) => isNumberOfCase(reading, index, first, end));
    if (last === undefined) continue;
    const [from, to] = [reading.tokens[first]?.from ?? 0, reading.tokens[last]?.bareTo ?? 0];
    hits.push(hitAt(reading, 'case-reference', from, to));
    first = last;
  }
  return hits;
}

function lastOfReference(
  { tokens, text }: Reading,
  index: ReferenceIndex,
  first: number,
): number | undefined {
  const from = tokens[first]?.from ?? 0;
  let plain = '';
  let found: number | undefined;
  for (let at = first; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined || (at > first && !separators.test(token.gap))) break;
    plain += token.key.toUpperCase();
    if (plain.length > index.longest) break;
    if (isReference(index, plain, text.slice(from, token.bareTo), at - first)) found = at;
  }
  return found;
}

function isReference(index: ReferenceIndex, plain: string, written: string, joins: number): boolean {
  if (plain.length < 4) return false;
  const digitsOnly = /^\d+$/.test(plain);
  // 2021/22 or 12 2022 is six digits too: digits alone are put together only across a hyphen of their own.
  if (digitsOnly && joins > 0)
    return index.exact.has(plain) && !/[ /]/.test(written) && !yearAndMonth.test(written);
  if (index.exact.has(plain) || index.exact.has(withDigits(plain))) return true;
  if (digitsOnly && plain.length < 6) return false;
  if (joins <= 3 && index.shapes.has(shapeOf(plain)) && !/\d \d/.test(written)) return true;
  return /\d{3}/.test(written) && index.forms.has(formOf(written)) && written === written.toUpperCase();
}

/** `NC-1O4233`: a letter O or I among the digits. */
function withDigits(plain: string): string {
  const firstDigit = plain.search(/\d/);
  if (firstDigit < 0) return plain;
  return plain.slice(0, firstDigit) + plain.slice(firstDigit).replaceAll('O', '0').replace(/[IL]/g, '1');
}
