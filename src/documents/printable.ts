import { typedText } from '../practice/base/typed-text.js';

/** Marks that turn the direction of the text around: what is on the record reads as it was typed. */
const turnsAround = /[\u202a-\u202e\u2066-\u2069]/g;
const halfOfACharacter = /\p{Cs}/gu;

/**
 * Text as a file can hold it: one character that XML 1.0 does not know makes a whole workbook or document unreadable.
 * What people type comes through a door of its own; what was saved before, or came from an import, did not.
 */
export function printable(text: string): string {
  return typedText(text.replace(halfOfACharacter, '\ufffd')).replace(turnsAround, '');
}

/** The same for every text of what a file is made of. */
export function printed<Content>(content: Content): Content {
  return withTexts(content) as Content;
}

function withTexts(part: unknown): unknown {
  if (typeof part === 'string') return printable(part);
  if (Array.isArray(part)) return part.map(withTexts);
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, withTexts(value)]));
}
