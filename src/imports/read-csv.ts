import { CsvError, parse, type Info } from 'csv-parse/sync';

/** Something in a file that has to be put right (or, as a warning, looked at). */
export interface ImportProblem {
  readonly file: string;
  /** From 1, as a text editor counts: the line on which the row begins. */
  readonly line: number;
  /** The column's heading. */
  readonly column: string;
  /** Plain sentences: what is wrong, what to do. */
  readonly reason: string;
}

export interface CsvRow {
  readonly line: number;
  readonly cells: readonly string[];
}

export interface CsvFile {
  readonly header: readonly string[];
  readonly rows: readonly CsvRow[];
  readonly problems: readonly ImportProblem[];
}

/** Longer than any row that we read, so that a quote which is never closed is noticed before it swallows the file. */
const maxRowLength = 32_768;

/**
 * Reads a UTF-8 CSV with a header row. Blank lines are skipped, and cells are trimmed. A row that cannot be
 * read, or has more or fewer cells than the header, becomes a problem instead of a row, and reading goes on.
 * `firstColumn` names the column of problems of the file as a whole.
 */
export function readCsv(file: string, bytes: Uint8Array, firstColumn: string): CsvFile {
  const whole = (reason: string): CsvFile => ({
    header: [],
    rows: [],
    problems: [{ file, line: 1, column: firstColumn, reason }],
  });
  if (isUtf16(bytes)) return whole('The file is not UTF-8. Save it again as “CSV UTF-8 (comma delimited)”.');
  const { records, faults } = parseRecords(bytes);
  const [first, ...rest] = records;
  if (first === undefined && faults.length === 0) {
    return whole('The file is empty. Its first line must name the columns.');
  }
  const headerFault = faults.find(({ line }) => line < (first?.line ?? Infinity));
  if (headerFault !== undefined) return whole(headerFault.reason);
  const width = first?.cells.length ?? 0;
  const header = withoutBlankEnd(first?.cells ?? []).map((name) => name.toLowerCase());
  if (header.length === 1 && /[;\t]/.test(header[0] ?? '')) {
    return whole(
      'The columns are not parted by commas. Save the file again as “CSV UTF-8 (comma delimited)”.',
    );
  }
  const named = faults.map(({ line, at, reason }) => ({
    file,
    line,
    column: header[at] ?? firstColumn,
    reason,
  }));
  const uneven = rest.flatMap((row) => unevenRow(file, width, header, row) ?? []);
  const rows = rest.filter(({ cells }) => cells.length === width);
  return { header, rows, problems: [...named, ...uneven] };
}

/** Each column has to be there, once. */
export function checkHeader(
  file: string,
  columns: readonly string[],
  header: readonly string[],
): ImportProblem[] {
  const say = (column: string, reason: string) => ({ file, line: 1, column, reason });
  return columns.flatMap((column) => {
    const count = header.filter((name) => name === column).length;
    if (count === 0) return [say(column, `There is no column ${column}. Add it, or correct its heading.`)];
    if (count > 1) return [say(column, `There are ${count} columns ${column}. Keep one.`)];
    return [];
  });
}

interface Fault {
  readonly line: number;
  readonly at: number;
  readonly reason: string;
}

function parseRecords(bytes: Uint8Array): { records: CsvRow[]; faults: Fault[] } {
  const records: CsvRow[] = [];
  const faults: Fault[] = [];
  const lines = new LineCounter(bytes);
  const onRecord = (cells: string[], { bytes: end, lines: counted }: Info): null => {
    const last = lines.endOfRecord(end, counted);
    const breaks = cells.reduce((sum, cell) => sum + countBreaks(cell), 0);
    const trimmed = cells.map((cell) => cell.trim());
    if (trimmed.some((cell) => cell !== '')) records.push({ line: last - breaks, cells: trimmed });
    return null;
  };
  const onSkip = (error: CsvError | undefined): undefined => {
    const fault = error === undefined ? undefined : faultOf(error, lines);
    // After one wrong quote the parser may miss the end of the next, so only its first complaint can be
    // trusted.
    if (fault !== undefined && !(error?.code === 'CSV_QUOTE_NOT_CLOSED' && faults.length > 0)) {
      faults.push(fault);
    }
  };
  const options = {
    bom: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_records_with_error: true,
    max_record_size: maxRowLength,
    on_skip: onSkip,
    on_record: onRecord,
  };
  try {
    parse(bytes, options);
  } catch (error) {
    // Only an over-long row stops the parser; everything else goes through onSkip.
    if (!(error instanceof CsvError)) throw error;
    faults.push(faultOf(error, lines));
  }
  return { records, faults };
}

function faultOf(error: CsvError, lines: LineCounter): Fault {
  const at = typeof error.column === 'number' ? error.column : 0;
  const unclosed = error.code === 'CSV_QUOTE_NOT_CLOSED' || error.code === 'CSV_MAX_RECORD_SIZE';
  return {
    at,
    line: unclosed ? lines.nextLine : lines.ofFault(Number(error.lines)),
    reason: unclosed
      ? 'A double quote opens here and is never closed, or the row is far too long. Close the quote.'
      : 'A double quote stands where it cannot. Put the whole cell in double quotes and double those inside it.',
  };
}

/**
 * Line numbers as an editor shows them. The parser counts a CRLF inside a quoted cell as two lines, so the
 * lines of good records are counted from the bytes, and the parser's surplus is subtracted from
 * the lines of its errors.
 */
class LineCounter {
  nextLine = 1;
  private readonly bytes: Uint8Array;
  private at = 0;
  private tooMany = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  /** The last line of the record that ends before byte `end`, of which the parser says `counted`. */
  endOfRecord(end: number, counted: number): number {
    let last = this.nextLine;
    for (; this.at < end; this.at += 1) {
      if (!this.isBreak(this.at)) continue;
      last = this.nextLine;
      this.nextLine += 1;
    }
    const endsInBreak = end > 0 && this.isBreak(end - 1);
    if (!endsInBreak) last = this.nextLine;
    this.tooMany = counted - last;
    return last;
  }

  ofFault(counted: number): number {
    return Math.max(this.nextLine, counted - this.tooMany);
  }

  /** LF, or a CR that no LF follows: CRLF is one break. */
  private isBreak(at: number): boolean {
    const byte = this.bytes[at];
    return byte === 10 || (byte === 13 && this.bytes[at + 1] !== 10);
  }
}

function countBreaks(cell: string): number {
  return cell.includes('\n') || cell.includes('\r') ? (cell.match(/\r\n|\n|\r/g)?.length ?? 0) : 0;
}

function unevenRow(
  file: string,
  width: number,
  header: readonly string[],
  { line, cells }: CsvRow,
): ImportProblem | undefined {
  if (cells.length === width) return undefined;
  const counts = `This line has ${cells.length} cells and the header has ${width}.`;
  const column = header[cells.length] ?? header.at(-1) ?? '';
  const cure =
    cells.length < width
      ? 'Fill in the rest, or add the missing commas.'
      : 'Put a cell that has a comma in it in double quotes.';
  return { file, line, column, reason: `${counts} ${cure}` };
}

/** Spreadsheets write commas for columns that once held something. */
function withoutBlankEnd(cells: readonly string[]): readonly string[] {
  const last = cells.findLastIndex((cell) => cell !== '');
  return cells.slice(0, last + 1);
}

function isUtf16(bytes: Uint8Array): boolean {
  const [one, two] = bytes;
  return (one === 0xff && two === 0xfe) || (one === 0xfe && two === 0xff);
}
