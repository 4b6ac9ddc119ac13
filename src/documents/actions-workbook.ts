import ExcelJS from 'exceljs';
import { trackerColumns, type TrackerLine } from '../practice/actions/tracker.js';
import type { LocalDate } from '../practice/base/time.js';
import { printed } from './printable.js';
import { harmless } from './spreadsheet-text.js';

const font = { name: 'Arial', size: 11 };
const dateColumns: ReadonlySet<keyof TrackerLine> = new Set(['createdOn', 'dueOn', 'doneOn', 'verifiedOn']);
const longColumns: ReadonlySet<keyof TrackerLine> = new Set([
  'what',
  'evidence',
  'difference',
  'whyNot',
  'lastReopenedBecause',
]);
/** The colours of the RAG cells, pale enough for black words on them; the words say the same. */
const fills: readonly (readonly [prefix: string, argb: string])[] = [
  ['Red', 'FFF9D0D0'],
  ['Amber', 'FFFFE8B8'],
  ['Green', 'FFD5F0D5'],
];

/** The tracker as a workbook: filters on every column, real dates, and a sheet that says what each means. */
export async function actionsWorkbook(lines: readonly TrackerLine[], madeOn: LocalDate): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  workbook.title = 'Action tracker';
  workbook.created = new Date(madeOn);
  workbook.modified = workbook.created;
  addActions(workbook, printed(lines));
  addMeanings(workbook);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

function addActions(workbook: ExcelJS.Workbook, lines: readonly TrackerLine[]): void {
  const sheet = workbook.addWorksheet('Actions', {
    views: [{ state: 'frozen', xSplit: 1, ySplit: 1 }],
    pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  sheet.columns = trackerColumns.map(({ key, title }) => ({
    header: title,
    key,
    width: longColumns.has(key) ? 50 : 18,
    style: {
      font,
      alignment: { vertical: 'top', wrapText: true },
      numFmt: dateColumns.has(key) ? 'd mmmm yyyy' : '@',
    },
  }));
  for (const line of lines) {
    const row = sheet.addRow(trackerColumns.map(({ key }) => cellOf(key, line)));
    colour(row, line);
  }
  sheet.getRow(1).font = { ...font, bold: true };
  sheet.getColumn('timesReopened').numFmt = '0';
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: 1, column: trackerColumns.length } };
}

/** Text is typed as text, and made harmless as well: in a copy saved as CSV it must not become a formula either. */
function cellOf(key: keyof TrackerLine, line: TrackerLine): string | number | Date | null {
  const value = line[key];
  if (typeof value === 'number') return value;
  if (dateColumns.has(key)) return value === '' ? null : new Date(value);
  return harmless(value);
}

function colour(row: ExcelJS.Row, { rag }: TrackerLine): void {
  const argb = fills.find(([prefix]) => rag.startsWith(prefix))?.[1];
  const column = trackerColumns.findIndex(({ key }) => key === 'rag') + 1;
  if (argb !== undefined) row.getCell(column).fill = { type: 'pattern', pattern: 'solid', fgColor: { argb } };
}

function addMeanings(workbook: ExcelJS.Workbook): void {
  const sheet = workbook.addWorksheet('What the columns mean');
  sheet.columns = [
    { header: 'Column', key: 'title', width: 26, style: { font } },
    { header: 'Meaning', key: 'meaning', width: 90, style: { font } },
  ];
  sheet.addRows(trackerColumns.map(({ title, meaning }) => ({ title, meaning })));
  sheet.getRow(1).font = { ...font, bold: true };
}
