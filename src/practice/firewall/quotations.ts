import { hitAt, type Hit, type Reading } from './hits.js';

const fewestWords = 3;

/**
 * Three words or more in quotation marks. Single marks are also apostrophes, so an opening one stands
 * after a space or bracket and before a word, and a closing one after a word or stop and before none. A
 * double mark that is never closed runs to the end of its line.
 */
export function findQuotations(reading: Reading): Hit[] {
  return [
    ...quoted(reading, doubleMarks(reading.text), true),
    ...quoted(reading, singleMarks(reading.text), false),
  ]
    .filter(({ from, to }) => words(reading.text.slice(from + 1, to)) >= fewestWords)
    .map(({ from, to }) => hitAt(reading, 'quotation', from, to));
}

interface Mark {
  readonly at: number;
  readonly opens: boolean;
  readonly closes: boolean;
}

function doubleMarks(text: string): Mark[] {
  return [...text.matchAll(/["\n]/g)].map(({ index }) => ({ at: index, opens: true, closes: true }));
}

function singleMarks(text: string): Mark[] {
  return [...text.matchAll(/['\n]/g)].map(({ index }) => {
    const [left, right] = [text[index - 1] ?? ' ', text[index + 1] ?? ' '];
    return {
      at: index,
      opens: /[\s([{:,;/"-]/.test(left) && /[\p{L}\p{N}"[.]/u.test(right),
      closes: /[^\s([{]/.test(left) && !/[\p{L}\p{N}]/u.test(right),
    };
  });
}

/** Pairs the marks in one pass. A line break ends whatever is open, at the last doubtful mark if there was one. */
function quoted({ text }: Reading, marks: readonly Mark[], runsOn: boolean): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  let open: number | undefined;
  let doubtful: number | undefined;
  for (const mark of [...marks, { at: text.length, opens: false, closes: false }]) {
    const lineEnds = mark.at === text.length || text[mark.at] === '\n';
    if (lineEnds) {
      const to = runsOn ? mark.at : doubtful;
      if (open !== undefined && to !== undefined) found.push({ from: open, to });
      open = undefined;
    } else if (open === undefined) {
      if (mark.opens) open = mark.at;
      doubtful = undefined;
    } else if (mark.closes) {
      doubtful = mark.at + 1;
      if (!runsOn && mayBePlural(text, mark.at)) continue;
      found.push({ from: open, to: doubtful });
      open = undefined;
    }
  }
  return found;
}

/** `'the teams' plans changed'`: after an s, with a small letter to follow, it is more likely a plural. */
function mayBePlural(text: string, at: number): boolean {
  return /s/i.test(text[at - 1] ?? '') && /^ [a-z]/.test(text.slice(at + 1, at + 3));
}

function words(text: string): number {
  return text.match(/[\p{L}\p{N}]+(?:['-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
}
