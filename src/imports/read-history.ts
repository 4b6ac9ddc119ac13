import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { PlrFigures } from '../practice/plr/figures.js';
import { columns, contradictionsIn, historyFigures, historyRow, type HistoryRow } from './history-row.js';
import { checkHeader, readCsv, type CsvRow, type ImportProblem } from './read-csv.js';

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
 * Reads a spreadsheet of past PLRs (columns as in the golden history), and refuses all of it when any row is
 * wrong. Services and managers keep their ids, known to the roster or not. The PLR's reference is its key, so
 * that importing the file again replaces and never adds.
 *
 * @param onProgress told the rows read so far, every thousand rows and at the end.
 */
export async function readHistory(
  file: string,
  source: Readable,
  onProgress: (rows: number) => void = () => {},
): Promise<HistoryRead> {
  const { header, rows, problems: unread } = readCsv(file, await buffer(source), columns[0]);
  if (header.length === 0) return { is: 'refused', problems: unread };
  const problems = [...checkHeader(file, columns, header), ...unread];
  const figures: PlrFigures[] = [];
  const lines = new Map<string, number>();
  for (const [at, csvRow] of rows.entries()) {
    const { row, wrong } = readRow(header, csvRow, lines);
    problems.push(...wrong.map((one) => ({ file, line: csvRow.line, ...one })));
    if (row !== undefined) {
      lines.set(row.plr_ref, csvRow.line);
      figures.push(historyFigures(row));
    }
    if ((at + 1) % progressEveryRows === 0) onProgress(at + 1);
  }
  onProgress(rows.length);
  if (problems.length > 0) return { is: 'refused', problems: problems.sort((a, b) => a.line - b.line) };
  return { is: 'read', figures, lines, warnings: unknownColumns(file, header) };
}

type Wrong = Pick<ImportProblem, 'column' | 'reason'>;

/** @param lines those of the references read so far */
function readRow(
  header: readonly string[],
  { cells }: CsvRow,
  lines: ReadonlyMap<string, number>,
): { row?: HistoryRow; wrong: readonly Wrong[] } {
  const read = historyRow.safeParse(Object.fromEntries(header.map((name, at) => [name, cells[at]])));
  if (!read.success) {
    const wrong = read.error.issues.map(({ path, message }) => ({
      column: String(path[0]),
      reason: message,
    }));
    // A missing column is reported once, for the header, and not again for every row.
    return { wrong: wrong.filter(({ column }) => header.includes(column)) };
  }
  const row = read.data;
  const contradictions = contradictionsIn(row);
  const before = lines.get(row.plr_ref);
  if (before === undefined) return { row, wrong: contradictions };
  const reason = `${row.plr_ref} is already on line ${before}`;
  return { wrong: [...contradictions, { column: 'plr_ref', reason }] };
}

function unknownColumns(file: string, header: readonly string[]): string[] {
  return header
    .filter((one) => one !== '' && !columns.some((column) => column === one))
    .map((one) => `${file}: the column “${one}” is not known and was ignored.`);
}
