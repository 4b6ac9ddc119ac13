import {
  AlignmentType,
  BorderStyle,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { tableWidth } from './document-styles.js';
import { shareInCell } from '../practice/reporting/in-words.js';
import { dateInWords, monthInWords } from '../practice/council/words.js';
import type { Cell, Column, ReportRow, Table as ReportTable } from '../practice/surface/report-model.js';

/** Of a bold letter at 9 points on average, and of a cell's two margins. */
const letterWidth = 108;
const cellPadding = 160;
/** A table up to this long stays on one page with its note. */
const keptTogetherRows = 14;
const line = { style: BorderStyle.SINGLE, size: 4, color: 'B1B4B6' };
const none = { style: BorderStyle.NONE, size: 0, color: 'auto' };

/** A real table: its header row is marked, repeated on each page, and no row breaks across pages. */
export function wordTable(table: ReportTable): Table {
  const widths = widthsOf(table);
  return new Table({
    width: { size: tableWidth, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    borders: {
      top: line,
      bottom: line,
      left: none,
      right: none,
      insideHorizontal: line,
      insideVertical: none,
    },
    margins: { top: 50, bottom: 50, left: 70, right: 70 },
    tableLook: { firstRow: true, firstColumn: true, lastRow: table.total !== undefined },
    rows: [
      headerRow(table, widths),
      ...table.rows.map((row) => bodyRow(table, row, widths, false)),
      ...(table.total === undefined ? [] : [bodyRow(table, table.total, widths, true)]),
    ],
  });
}

/**
 * Each column gets room for its longest word, so that none is broken; most of what is left goes to the columns
 * of text.
 */
function widthsOf({ columns, rows }: ReportTable): number[] {
  const needed = columns.map(({ key, title, type }) => {
    const whole = type === 'text' ? [] : rows.map((row) => shown(row.cells[key]));
    return cellPadding + Math.max(...[...title.split(/[ -]/), ...whole].map(widthOf));
  });
  const left = tableWidth - needed.reduce((sum, width) => sum + width, 0);
  const weights = columns.map(({ type }) => (type === 'text' ? 6 : 1));
  const shares = weights.reduce((sum, weight) => sum + weight, 0);
  return needed.map((width, at) => Math.floor(width + (left * (weights[at] ?? 0)) / shares));
}

/** Near enough for Arial: where the report is made there is no font to measure with. */
function widthOf(word: string): number {
  const letters = [...word].map((letter) =>
    /[ijlfrt.,()/ ]/.test(letter) ? 0.6 : /[mwMW%]/.test(letter) ? 1.5 : 1,
  );
  return letters.reduce((sum, width) => sum + width, 0) * letterWidth;
}

function headerRow({ columns }: ReportTable, widths: readonly number[]): TableRow {
  const look = { bold: true, shaded: true, keepNext: true };
  return new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: columns.map((column, at) => cellOf(column.title, column, widths[at], look)),
  });
}

function bodyRow(
  { columns, rows }: ReportTable,
  row: ReportRow,
  widths: readonly number[],
  bold: boolean,
): TableRow {
  const look = { bold, shaded: false, keepNext: rows.length <= keptTogetherRows };
  return new TableRow({
    cantSplit: true,
    children: columns.map((column, at) => cellOf(shown(row.cells[column.key]), column, widths[at], look)),
  });
}

interface Look {
  readonly bold: boolean;
  readonly shaded: boolean;
  readonly keepNext: boolean;
}

function cellOf(text: string, { type }: Column, width: number | undefined, look: Look): TableCell {
  const isFigure = type === 'number' || type === 'proportion';
  return new TableCell({
    width: { size: width ?? 0, type: WidthType.DXA },
    ...(look.shaded && { shading: { fill: 'F3F2F1' } }),
    children: [
      new Paragraph({
        alignment: isFigure ? AlignmentType.RIGHT : AlignmentType.LEFT,
        keepNext: look.keepNext,
        children: [new TextRun({ text, bold: look.bold, size: 18 })],
      }),
    ],
  });
}

/** A cell as the Board reads it: "9% (7/80)", "March 2022". */
export function shown(cell: Cell | undefined): string {
  switch (cell?.is) {
    case undefined:
      return '';
    case 'number':
      return String(cell.value);
    case 'proportion':
      return shareInCell(cell.n, cell.of);
    case 'text':
      return cell.text;
    case 'month':
      return monthInWords(cell.month);
    case 'date':
      return dateInWords(cell.date);
  }
}
