import { checkHeader, readCsv, type CsvFile, type ImportProblem } from './read-csv.js';
import type { RosterFile } from './roster-files.js';

/** The rows of one file, as far as they could be read, in the order of the file. */
export interface RowsRead<Row> {
  /** The rows that are correct in themselves: all of them, when there are no problems. */
  readonly whole: readonly Row[];
  /** Every row, without the fields that could not be read. */
  readonly drafts: readonly Partial<Row>[];
  /** The line on which each of `drafts` begins. */
  readonly lines: readonly number[];
  /** Rows are missing from `drafts`. */
  readonly incomplete: boolean;
  readonly problems: readonly ImportProblem[];
  readonly warnings: readonly ImportProblem[];
}

/** @param bytes undefined when there is no such file */
export function readRows<Row>(format: RosterFile<Row>, bytes: Uint8Array | undefined): RowsRead<Row> {
  const [firstColumn = ''] = fieldsOf(format).map((field) => format.columns[field]);
  if (bytes === undefined) {
    const reason = `There is no file ${format.file} in the folder. Put it there.`;
    return nothingRead([{ file: format.file, line: 1, column: firstColumn, reason }]);
  }
  const csv = readCsv(format.file, bytes, firstColumn);
  if (csv.header.length === 0) return nothingRead(csv.problems);
  const expected = Object.values<string>(format.columns).filter(
    (column) => !format.mayLack.includes(column) || csv.header.includes(column),
  );
  const headerProblems = checkHeader(format.file, expected, csv.header);
  const rows = readCells(format, csv);
  return {
    ...rows,
    incomplete: csv.problems.length > 0,
    problems: [...headerProblems, ...csv.problems, ...rows.problems],
    warnings: unknownColumns(format, csv.header),
  };
}

function nothingRead<Row>(problems: readonly ImportProblem[]): RowsRead<Row> {
  return { whole: [], drafts: [], lines: [], incomplete: true, problems, warnings: [] };
}

function fieldsOf<Row>(format: RosterFile<Row>): (keyof Row & string)[] {
  return Object.keys(format.columns) as (keyof Row & string)[];
}

function unknownColumns<Row>({ file, columns }: RosterFile<Row>, header: readonly string[]): ImportProblem[] {
  const known = Object.values<string>(columns);
  return header
    .filter((column) => column !== '' && !known.includes(column))
    .map((column) => ({
      file,
      line: 1,
      column,
      reason: `The column ${column} is not known and was ignored.`,
    }));
}

function readCells<Row>(format: RosterFile<Row>, csv: CsvFile) {
  const whole: Row[] = [];
  const drafts: Partial<Row>[] = [];
  const problems: ImportProblem[] = [];
  const places = fieldsOf(format)
    .map((field) => ({ field, at: csv.header.indexOf(format.columns[field]) }))
    .filter(({ at }) => at >= 0);
  for (const { line, cells } of csv.rows) {
    const given: Partial<Record<keyof Row, string>> = {};
    for (const { field, at } of places) {
      const cell = cells[at];
      if (cell !== undefined && cell !== '') given[field] = cell;
    }
    const read = format.row.safeParse(given);
    if (read.success) whole.push(read.data);
    else problems.push(...cellProblems(format, csv, line, read.error.issues));
    drafts.push(read.success ? read.data : readAlone(format, given));
  }
  return { whole, drafts, problems, lines: csv.rows.map(({ line }) => line) };
}

type Issues = readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];

/** The cells of a missing column have already been reported with it. */
function cellProblems<Row>(
  { file, columns }: RosterFile<Row>,
  { header }: CsvFile,
  line: number,
  issues: Issues,
): ImportProblem[] {
  return issues.flatMap(({ path, message }) => {
    const column = columns[path[0] as keyof Row & string];
    return header.includes(column) ? [{ file, line, column, reason: message }] : [];
  });
}

/** The cells of a bad row that are correct in themselves: the rules between rows still check those. */
function readAlone<Row>(format: RosterFile<Row>, given: Partial<Record<keyof Row, string>>): Partial<Row> {
  const draft: Partial<Row> = {};
  for (const field of fieldsOf(format)) {
    const read = format.cells[field].safeParse(given[field]);
    if (read.success && read.data !== undefined) draft[field] = read.data as Row[typeof field];
  }
  return draft;
}
