import ExcelJS from 'exceljs';
import { dateInWords } from '../practice/council/words.js';
import { percent } from '../practice/base/statistics/proportion.js';
import {
  tableRows,
  tablesOf,
  type Cell,
  type Column,
  type Report,
  type ReportRow,
  type Table,
} from '../practice/surface/report-model.js';
import { printed } from './printable.js';
import { harmless } from './spreadsheet-text.js';

/** A spreadsheet column: a proportion of the model takes three, its percentage and both counts. */
interface SheetColumn {
  readonly header: string;
  readonly meaning: string;
  readonly type: string;
  readonly format: string | undefined;
  readonly width: number;
  readonly value: (cells: ReportRow['cells']) => string | number | Date | null;
}

const maxSheetName = 31;
const font = { name: 'Arial', size: 11 };
const boldFont = { ...font, bold: true };
/** Printed on A4, every column of a sheet on one page's width. */
const onePageWide: Partial<ExcelJS.PageSetup> = {
  ...{ paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
};

/** The report as a workbook: a summary, a sheet for each table, and a sheet that says what each column means. */
export async function reportWorkbook(content: Report): Promise<Buffer> {
  const report = printed(content);
  const workbook = new ExcelJS.Workbook();
  workbook.title = report.title;
  workbook.created = new Date(report.madeOn);
  workbook.modified = workbook.created;
  addSummary(workbook, report);
  const names = sheetNames(tablesOf(report));
  for (const table of tablesOf(report)) addTable(workbook, table, names.get(table.id) ?? table.id);
  addMeanings(workbook, tablesOf(report), names);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

/** A sheet's name has 31 characters at most and none of `* ? : \ / [ ]`; two may not be the same. */
export function sheetNames(tables: readonly Table[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const { id, title } of tables) {
    const plain = title.replaceAll(/[*?:\\/[\]]/g, ' ').slice(0, maxSheetName);
    const taken = [...names.values()].includes(plain);
    names.set(id, taken ? `${plain.slice(0, maxSheetName - 4)} (${names.size})` : plain);
  }
  return names;
}

const summaryWidth = 110;

function addSummary(workbook: ExcelJS.Workbook, report: Report): void {
  const sheet = workbook.addWorksheet('Summary', { pageSetup: onePageWide });
  sheet.getColumn(1).width = summaryWidth;
  const write = (text: string, look: Partial<ExcelJS.Font> = font) => {
    const row = sheet.addRow([harmless(text)]);
    row.font = look;
    row.alignment = { wrapText: true, vertical: 'top' };
    row.height = 18 * Math.ceil((text.length + 1) / summaryWidth);
  };
  write(report.title, { ...boldFont, size: 14 });
  for (const line of [`${report.scope}. ${dateInWords(report.madeOn)}.`, ...report.headlines]) write(line);
  write('Data quality', boldFont);
  for (const { say } of report.notes) write(say);
  if (report.notes.length === 0) write('Nothing was found to correct.');
}

function addTable(workbook: ExcelJS.Workbook, table: Table, name: string): void {
  const views: Partial<ExcelJS.WorksheetView>[] = [{ state: 'frozen', ySplit: 1, xSplit: 1 }];
  const sheet = workbook.addWorksheet(name, { views, pageSetup: onePageWide });
  const columns = table.columns.flatMap(sheetColumnsOf);
  columns.forEach(({ width, format }, at) => {
    const column = sheet.getColumn(at + 1);
    column.width = width;
    column.font = font;
    // A sheet puts dates on the right, and the word “Total” under them on the left.
    if (at === 0) column.alignment = { horizontal: 'left' };
    if (format !== undefined) column.numFmt = format;
  });
  writeHeader(sheet, columns);
  for (const row of tableRows(table)) sheet.addRow(columns.map((column) => column.value(row.cells)));
  // The total row stays out of the filter, because it does not add up the filtered rows.
  sheet.autoFilter = {
    from: { row: 1, column: 1 },
    to: { row: 1 + table.rows.length, column: columns.length },
  };
  if (table.total !== undefined) sheet.getRow(2 + table.rows.length).font = boldFont;
}

function writeHeader(sheet: ExcelJS.Worksheet, columns: readonly Pick<SheetColumn, 'header'>[]): void {
  const header = sheet.getRow(1);
  header.values = columns.map((column) => column.header);
  header.font = boldFont;
  header.alignment = { wrapText: true, vertical: 'top' };
  header.height = 46;
}

function sheetColumnsOf({ key, title, meaning, type }: Column): SheetColumn[] {
  const header = harmless(title);
  switch (type) {
    case 'number':
      return [column(header, meaning, 'Whole number', '0', 14, (cells) => plain(cells[key]))];
    case 'text':
      return [column(header, meaning, 'Text', undefined, 34, (cells) => plain(cells[key]))];
    case 'month':
      return [column(header, meaning, 'Month', 'mmmm yyyy', 18, (cells) => plain(cells[key]))];
    case 'date':
      return [column(header, meaning, 'Date', 'd mmmm yyyy', 18, (cells) => plain(cells[key]))];
    case 'proportion':
      return [
        column(header, meaning, 'Percentage, whole', '0%', 14, (cells) => share(cells[key])),
        column(`${header}: count`, `The count of “${title}”.`, 'Whole number', '0', 14, (cells) =>
          counts(cells[key], 'n'),
        ),
        column(`${header}: base`, `The base of “${title}”.`, 'Whole number', '0', 14, (cells) =>
          counts(cells[key], 'of'),
        ),
      ];
  }
}

function column(
  header: string,
  meaning: string,
  type: string,
  format: string | undefined,
  width: number,
  value: SheetColumn['value'],
): SheetColumn {
  return { header, meaning, type, format, width, value };
}

function plain(cell: Cell | undefined): string | number | Date | null {
  switch (cell?.is) {
    case undefined:
    case 'proportion':
      return null;
    case 'number':
      return cell.value;
    case 'text':
      return harmless(cell.text);
    case 'month':
      return new Date(`${cell.month}-01T00:00:00Z`);
    case 'date':
      return new Date(`${cell.date}T00:00:00Z`);
  }
}

/** The whole-number percentage of every other format, as the share a spreadsheet's % format wants. */
function share(cell: Cell | undefined): number | null {
  if (cell?.is !== 'proportion') return null;
  const whole = percent(cell.n, cell.of);
  return whole === null ? null : whole / 100;
}

function counts(cell: Cell | undefined, side: 'n' | 'of'): number | null {
  return cell?.is === 'proportion' ? cell[side] : null;
}

function addMeanings(
  workbook: ExcelJS.Workbook,
  tables: readonly Table[],
  names: ReadonlyMap<string, string>,
): void {
  const sheet = workbook.addWorksheet('What the columns mean', {
    views: [{ state: 'frozen', ySplit: 1 }],
    pageSetup: onePageWide,
  });
  [32, 34, 20, 90].forEach((width, at) => (sheet.getColumn(at + 1).width = width));
  writeHeader(sheet, [{ header: 'Sheet' }, { header: 'Column' }, { header: 'Type' }, { header: 'Meaning' }]);
  for (const table of tables) {
    for (const { header, type, meaning } of table.columns.flatMap(sheetColumnsOf)) {
      sheet.addRow([names.get(table.id) ?? '', header, type, harmless(meaning)]);
    }
  }
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: sheet.rowCount, column: 4 } };
}
