/** A word or number of the folded text. Offsets are of the folded text. */
export interface Token {
  readonly from: number;
  readonly to: number;
  /** Where the word ends without a possessive `'s`. */
  readonly bareTo: number;
  readonly raw: string;
  /** Lower case, no apostrophes, no possessive: what the indexes are keyed by. */
  readonly key: string;
  /** Lower case as it stands. */
  readonly lower: string;
  readonly possessive: boolean;
  readonly capital: boolean;
  readonly allCapitals: boolean;
  /**
   * What is between the word before and this one, without Markdown's marks; for the first word, everything
   * before it.
   */
  readonly gap: string;
  /** Begins a sentence, a line, a bullet or a quotation, where a capital says nothing. */
  readonly opens: boolean;
}

const word = /[\p{L}\p{N}]+(?:'[\p{L}\p{N}]+)*/gu;
const emphasis = /[*_~`]+/g;
const opening = /[.!?\n"•>]/;

export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  let before = 0;
  for (const match of text.matchAll(word)) {
    const gap = text.slice(before, match.index);
    before = match.index + match[0].length;
    const opens = tokens.length === 0 || (opening.test(gap) && !isShortened(tokens.at(-1), gap));
    tokens.push(tokenOf(match[0], match.index, gap.replace(emphasis, ''), text[before] === "'", opens));
  }
  return tokens;
}

/** "cc." and "e.g." do not end a sentence. */
function isShortened(previous: Token | undefined, gap: string): boolean {
  return /^\. ?$/.test(gap) && /^(?:[a-z]|cc|inc|incl|attn|vs|approx)$/.test(previous?.raw ?? '');
}

function tokenOf(raw: string, from: number, gap: string, apostropheAfter: boolean, opens: boolean): Token {
  const lower = raw.toLowerCase();
  const endsInS = raw.length > 2 && lower.endsWith("'s");
  const bare = endsInS ? raw.slice(0, -2) : raw;
  return {
    from,
    to: from + raw.length,
    bareTo: from + bare.length,
    raw,
    lower,
    key: keyOf(bare),
    possessive: endsInS || (apostropheAfter && lower.endsWith('s')),
    capital: /^\p{Lu}/u.test(raw),
    allCapitals: /^[\p{Lu}']{2,}$/u.test(bare),
    gap,
    opens,
  };
}

export function keyOf(word: string): string {
  return word.toLowerCase().replaceAll("'", '');
}
