/** What nearly every text is made of: Latin letters and their marks. A look at this costs a tenth of the look below. */
const plain = /^[\n\t\x20-\x7e\xa0-\xac\xae-\u024f\u2010-\u2027]*$/;

/** However a device, a spreadsheet or a slide ends a line. */
const lineBreaks = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;

/** Halves of characters, code points that are no character, and control characters: nobody types them and no document holds them. */
const noText = /[\p{Cs}\p{Noncharacter_Code_Point}]|[^\P{Cc}\n\t]/gu;

/**
 * What somebody typed, as it is kept: the one door for text from people. Lines end in one way, what is no text goes,
 * and everything else stays as it was typed, flags and joined emoji too.
 */
export function typedText(text: string): string {
  if (plain.test(text)) return text;
  return text.replace(lineBreaks, '\n').replace(noText, '');
}

/** The same for every text within, however deep. */
export function typedTexts(data: unknown): unknown {
  if (isPlain(data)) return data;
  if (typeof data === 'string') return typedText(data);
  if (Array.isArray(data)) return data.map(typedTexts);
  return Object.fromEntries(Object.entries(data as object).map(([key, value]) => [key, typedTexts(value)]));
}

/** Nearly all that is typed: looked at without a copy. */
function isPlain(data: unknown): boolean {
  if (typeof data === 'string') return plain.test(data);
  if (typeof data !== 'object' || data === null) return true;
  for (const key in data) if (!isPlain((data as Record<string, unknown>)[key])) return false;
  return true;
}
