/**
 * A text as the firewall reads it: invisible characters gone, accents, full-width forms and look-alike letters
 * folded to plain ones, case kept; and, for each folded UTF-16 unit, the place it came from, so that a hit
 * points into the text as it was typed.
 */
export interface FoldedText {
  readonly original: string;
  readonly text: string;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

export interface Span {
  /** UTF-16 offsets, the end not included. */
  readonly start: number;
  readonly end: number;
}

const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/u;
const mark = /\p{M}/gu;
const startsWithMark = /^\p{M}/u;

/** Look-alikes and letters that Unicode does not decompose; lower case and capitals listed side by side. */
const lookAlikes: ReadonlyMap<string, string> = new Map([
  ...pairs('аеорсухіјѕԁԛԝһӏѵ', 'aeopcyxijsdqwhlv'),
  ...pairs('АВЕКМНОРСТУХІЈЅԌԚԜҺ', 'ABEKMHOPCTYXIJSGQWH'),
  ...pairs('αιοκνρυχ', 'aiokvpux'),
  ...pairs('ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ABEZHIKMNOPTYX'),
  ...pairs('øØłŁđĐðÐħĦŧŦıɩɑɡƒ', 'oOlLdDdDhHtTiiagf'),
  ...pairs('‘’‚‛ʼʹʻʽ′`´＇', "''''''''''''"),
  ...pairs('“”„‟«»″＂', '""""""""'),
  ...pairs('‐‑‒–—―−﹘﹣－', '----------'),
  ['ß', 'ss'],
  ['ẞ', 'SS'],
  ['æ', 'ae'],
  ['Æ', 'AE'],
  ['œ', 'oe'],
  ['Œ', 'OE'],
  ['þ', 'th'],
  ['Þ', 'Th'],
]);

function pairs(from: string, to: string): [string, string][] {
  return [...from].map((letter, at) => [letter, to[at] ?? letter]);
}

export function foldText(original: string): FoldedText {
  const pieces: string[] = [];
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const character of original) {
    const folded = foldCharacter(character);
    const end = at + character.length;
    // An accent typed as a character of its own belongs to the letter before it.
    if (folded === '' && ends.length > 0 && startsWithMark.test(character)) ends[ends.length - 1] = end;
    for (let unit = 0; unit < folded.length; unit += 1) {
      starts.push(at);
      ends.push(end);
    }
    pieces.push(folded);
    at = end;
  }
  return { original, text: pieces.join(''), starts, ends };
}

/** The same folding for a name or reference of the roster. */
export function fold(text: string): string {
  return foldText(text).text;
}

function foldCharacter(character: string): string {
  if (character > ' ' && character <= '~' && character !== '`') return character;
  const alike = lookAlikes.get(character);
  if (alike !== undefined) return alike;
  if (invisible.test(character)) return '';
  if (/[\n\r\u2028\u2029\u0085]/.test(character)) return '\n';
  if (/\s/.test(character)) return ' ';
  const plain = character.normalize('NFKD').replace(mark, '');
  return [...plain].map((letter) => lookAlikes.get(letter) ?? letter).join('');
}

/** Where the folded stretch `from`…`to` (end not included, not empty) is in the original. */
export function spanOf(folded: FoldedText, from: number, to: number): Span {
  return { start: folded.starts[from] ?? 0, end: folded.ends[to - 1] ?? folded.original.length };
}
