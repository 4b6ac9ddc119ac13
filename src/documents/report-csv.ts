import { percent } from '../practice/reporting/proportion.js';
import { rowsOf, tablesOf, type Cell, type Report } from '../practice/reporting/report-model.js';
import { labelOf } from '../practice/reporting/report-charts.js';
import { harmless } from './spreadsheet-text.js';

const header = ['table', 'row_id', 'row', 'column_id', 'column', 'value', 'n', 'of', 'percent'];

/** Every cell of every table on a line of its own: one rectangle, whatever tables a report has. */
export function reportCsv(report: Report): string {
  const lines = tablesOf(report).flatMap((table) =>
    rowsOf(table).flatMap((row) =>
      table.columns.map(({ key, title }) => {
        const place = [table.title, row.id, labelOf(row), key, title];
        return [...place.map(harmless), ...valuesOf(row.cells[key])];
      }),
    ),
  );
  return [header, ...lines].map((line) => `${line.map(quoted).join(',')}\r\n`).join('');
}

/** `value,n,of,percent`. */
function valuesOf(cell: Cell | undefined): string[] {
  switch (cell?.is) {
    case undefined:
      return ['', '', '', ''];
    case 'number':
      return [String(cell.value), '', '', ''];
    case 'proportion':
      return ['', String(cell.n), String(cell.of), String(percent(cell.n, cell.of) ?? '')];
    case 'text':
      return [harmless(cell.text), '', '', ''];
    case 'month':
      return [cell.month, '', '', ''];
    case 'date':
      return [cell.date, '', '', ''];
  }
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
