import { parse, type CsvErrorCode } from 'csv-parse';
import type { Readable } from 'node:stream';
import type { PlrFigures } from '../practice/reviews/figures.js';
import { columns, contradictionsIn, figuresOf, historyRow, type HistoryRow } from './history-row.js';

/** One thing wrong in an import file, for the person who has to put it right. Lines count from 1. */
export interface ImportProblem {
  readonly file: string;
  readonly line: number;
  readonly column: string;
  readonly reason: string;
}

export type HistoryRead =
  | {
      readonly is: 'read';
      readonly figures: readonly PlrFigures[];
      readonly warnings: readonly string[];
      /** The line of each reference. */
      readonly lines: ReadonlyMap<string, number>;
    }
  | { readonly is: 'refused'; readonly problems: readonly ImportProblem[] };

const progressEveryRows = 1000;

/**
 * Reads a spreadsheet of past PLRs (columns as in the golden history) row by row, and refuses it whole
 * when any row is wrong. Services and managers keep their ids, known to the roster or not. The PLR's
 * reference is its key, so that importing the file again replaces and never adds.
 *
 * @param onProgress told the rows read so far, every thousand rows and at the end.
 */
export async function readHistory(
  file: string,
  source: Readable,
  onProgress: (rows: number) => void = () => {},
): Promise<HistoryRead> {
  const reader = new HistoryReader(file);
  const csv = parse({ bom: true, info: true, relax_column_count: true, skip_empty_lines: true, trim: true });
  source.once('error', (error) => csv.destroy(error));
  try {
    for await (const record of source.pipe(csv) as AsyncIterable<CsvRecord>) {
      reader.take(record);
      if (reader.rows > 0 && reader.rows % progressEveryRows === 0) onProgress(reader.rows);
    }
  } catch (error) {
    if (!isCsvError(error)) throw error;
    reader.refuse(
      error.lines ?? 1,
      '',
      'the file is not valid CSV from here on: a quotation mark is out of place',
    );
  }
  onProgress(reader.rows);
  return reader.result();
}

interface CsvRecord {
  /** `lines` is the last line of the record: cells with line breaks make it longer than one. */
  readonly info: { readonly lines: number };
  readonly record: readonly string[];
}

function isCsvError(error: unknown): error is Error & { code: CsvErrorCode; lines?: number } {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_');
}

class HistoryReader {
  rows = 0;
  private readonly file: string;
  private header: readonly string[] | undefined;
  private readonly warnings: string[] = [];
  private readonly problems: ImportProblem[] = [];
  private readonly figures: PlrFigures[] = [];
  private readonly firstLineOf = new Map<string, number>();

  constructor(file: string) {
    this.file = file;
  }

  take({ info, record }: CsvRecord): void {
    if (this.header === undefined) this.takeHeader(info.lines, record);
    else this.takeRow(info.lines, this.header, record);
  }

  refuse(line: number, column: string, reason: string): void {
    this.problems.push({ file: this.file, line, column, reason });
  }

  result(): HistoryRead {
    if (this.header === undefined && this.problems.length === 0) {
      this.refuse(1, '', 'the file is empty: a header row is needed');
    }
    return this.problems.length > 0
      ? { is: 'refused', problems: this.problems }
      : { is: 'read', figures: this.figures, warnings: this.warnings, lines: this.firstLineOf };
  }

  private takeHeader(line: number, header: readonly string[]): void {
    this.header = header;
    for (const column of columns) {
      const times = header.filter((one) => one === column).length;
      if (times === 0) this.refuse(line, column, 'this column is missing');
      if (times > 1) this.refuse(line, column, `this column stands in the header ${times} times`);
    }
    const unknown = header.filter((one) => !columns.some((column) => column === one));
    for (const one of unknown) {
      this.warnings.push(`${this.file}: the column “${one}” is not known and was ignored.`);
    }
  }

  private takeRow(line: number, header: readonly string[], record: readonly string[]): void {
    this.rows += 1;
    if (record.length !== header.length) {
      this.refuse(line, '', `this row has ${record.length} cells, and the header has ${header.length}`);
      return;
    }
    const cells = Object.fromEntries(header.map((name, at) => [name, record[at] ?? '']));
    const read = historyRow.safeParse(cells);
    if (!read.success) {
      for (const { path, message } of read.error.issues) {
        // A missing column was said once, of the header; it is not said again of every row.
        if (header.includes(String(path[0]))) this.refuse(line, String(path[0]), message);
      }
      return;
    }
    for (const { column, reason } of contradictionsIn(read.data)) this.refuse(line, column, reason);
    this.keep(line, read.data);
  }

  private keep(line: number, row: HistoryRow): void {
    const before = this.firstLineOf.get(row.plr_ref);
    if (before !== undefined) this.refuse(line, 'plr_ref', `${row.plr_ref} is already on line ${before}`);
    else {
      this.firstLineOf.set(row.plr_ref, line);
      this.figures.push(figuresOf(row));
    }
  }
}
