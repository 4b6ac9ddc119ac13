import { percent } from '../practice/base/statistics/proportion.js';
import { tableRows, tablesOf, type Cell, type Report } from '../practice/surface/report-model.js';
import { labelOf } from '../practice/reporting/report-charts.js';
import { csvOf } from './spreadsheet-text.js';

const header = ['table', 'row_id', 'row', 'column_id', 'column', 'value', 'n', 'of', 'percent'];

/** Every cell of every table on a line of its own: one rectangle, whatever tables a report has. */
export function reportCsv(report: Report): string {
  const lines = tablesOf(report).flatMap((table) =>
    tableRows(table).flatMap((row) =>
      table.columns.map(({ key, title }) => {
        const place = [table.title, row.id, labelOf(row), key, title];
        return [...place, ...valuesOf(row.cells[key])];
      }),
    ),
  );
  return csvOf([header, ...lines]);
}

/** `value,n,of,percent`. */
function valuesOf(cell: Cell | undefined): (string | number)[] {
  switch (cell?.is) {
    case undefined:
      return ['', '', '', ''];
    case 'number':
      return [cell.value, '', '', ''];
    case 'proportion':
      return ['', cell.n, cell.of, percent(cell.n, cell.of) ?? ''];
    case 'text':
      return [cell.text, '', '', ''];
    case 'month':
      return [cell.month, '', '', ''];
    case 'date':
      return [cell.date, '', '', ''];
  }
}
