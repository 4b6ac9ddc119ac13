import { percent } from '../practice/base/statistics/proportion.js';
import { tableRows, tablesOf, type Cell, type Report } from '../practice/surface/report-model.js';

/** The report as JSON: first the keys on which its readers rely, then the sentences, notes and every table. */
export function reportJson(report: Report): string {
  const { period, fixed } = report;
  const document = {
    [period.kind === 'quarterly' ? 'quarter' : 'month']: period.id,
    title: report.title,
    scope: report.scope,
    madeOn: report.madeOn,
    headlines: report.headlines,
    ...fixed,
    notes: report.notes,
    tables: tablesOf(report).map((table) => ({
      ...{ id: table.id, title: table.title, basis: table.basis },
      columns: table.columns.map(({ key, title, type, meaning }) => ({ key, title, type, meaning })),
      rows: tableRows(table).map((row) => ({
        id: row.id,
        ...Object.fromEntries(table.columns.map(({ key }) => [key, valueOf(row.cells[key])])),
      })),
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function valueOf(cell: Cell | undefined) {
  switch (cell?.is) {
    case undefined:
      return null;
    case 'number':
      return cell.value;
    case 'proportion':
      return { n: cell.n, of: cell.of, percent: percent(cell.n, cell.of) };
    case 'text':
      return cell.text;
    case 'month':
      return cell.month;
    case 'date':
      return cell.date;
  }
}
