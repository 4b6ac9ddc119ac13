import { gradeInWords, grades } from '../plr/grade.js';
import { listed, shareInCell } from './in-words.js';
import { monthInWords } from '../council/words.js';
import { percent, shareInWords } from '../base/statistics/proportion.js';
import type { Cell, Chart, ChartValue, ReportRow, Table } from '../surface/report-model.js';

/** Bars for both bases, by name, one group for each row. Drawn from the table beside it. */
export function complianceChart(table: Table, title: string): Chart {
  const shown = table.rows;
  const series = [
    { name: '% returned by service', key: 'percentReturnedByService' },
    { name: '% returned in all, completed by QA included', key: 'percentReturned' },
  ];
  return {
    ...{ id: `chart-${table.id}`, tableId: table.id, title, shape: 'grouped-bars', axis: '% of PLRs sent' },
    categories: shown.map(labelOf),
    series: series.map(({ name, key }) => ({ name, values: shown.map((row) => shareValue(row.cells[key])) })),
    alt: `${title}. ${shown.map(inWords).join(' ')}`,
  };
}

function inWords(row: ReportRow): string {
  const share = (key: string) => {
    const cell = row.cells[key];
    return cell?.is === 'proportion' ? shareInWords(cell.n, cell.of) : '';
  };
  const [service, all] = [share('percentReturnedByService'), share('percentReturned')];
  return `${labelOf(row)}: of PLRs sent, ${service} returned by the service and ${all} returned in all.`;
}

export function labelOf(row: ReportRow): string {
  const [first] = Object.values(row.cells);
  if (first?.is === 'month') return monthInWords(first.month);
  return first?.is === 'text' ? first.text : row.id;
}

function shareValue(cell: Cell | undefined): ChartValue | null {
  if (cell?.is !== 'proportion') return null;
  const value = percent(cell.n, cell.of);
  return value === null ? null : { value, label: shareInCell(cell.n, cell.of) };
}

/** Counts of each grade, stacked, one bar for each month. */
export function gradeChart(table: Table, title: string): Chart {
  const months = table.columns.filter((column) => /^\d{4}-\d{2}$/.test(column.key));
  const count = (row: ReportRow, key: string) => {
    const cell = row.cells[key];
    return cell?.is === 'number' ? cell.value : 0;
  };
  return {
    ...{ id: `chart-${table.id}`, tableId: table.id, title, shape: 'stacked-bars', axis: 'Returned PLRs' },
    categories: months.map((column) => column.title),
    series: grades.flatMap((grade) => {
      const row = table.rows.find((one) => one.id === grade);
      if (row === undefined) return [];
      const values = months.map(({ key }) => ({ value: count(row, key), label: String(count(row, key)) }));
      return [{ name: gradeInWords(grade), values }];
    }),
    alt: `${title}. ${months
      .map(({ key, title: name }) => {
        const parts = table.rows.map(
          (row) => `${count(row, key)} ${gradeInWords(row.id as (typeof grades)[number])}`,
        );
        return `${name}: ${listed(parts)}.`;
      })
      .join(' ')}`,
  };
}
