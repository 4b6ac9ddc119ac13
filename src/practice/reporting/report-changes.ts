import { shareInCell } from './in-words.js';
import { dateInWords, monthInWords } from '../council/words.js';
import { labelOf } from './report-charts.js';
import {
  tableRows,
  tablesOf,
  type Cell,
  type Report,
  type ReportRow,
  type Table,
} from '../surface/report-model.js';

/** What a correction changes, cell by cell, in sentences that name the cell as the report does. */
export function changesBetween(before: Report, after: Report): string[] {
  const now = new Map(tablesOf(after).map((table) => [table.id, table]));
  const then = new Map(tablesOf(before).map((table) => [table.id, table]));
  return [
    ...[...then.values()].flatMap((table) => {
      const other = now.get(table.id);
      return other === undefined ? [`The table “${table.title}” is left out.`] : changesOf(table, other);
    }),
    ...[...now.values()].filter(({ id }) => !then.has(id)).map(({ title }) => `The table “${title}” is new.`),
  ];
}

function changesOf(before: Table, after: Table): string[] {
  const now = new Map(tableRows(after).map((row) => [row.id, row]));
  const then = new Set(tableRows(before).map(({ id }) => id));
  return [
    ...tableRows(before).flatMap((row) => {
      const other = now.get(row.id);
      return other === undefined
        ? [`“${before.title}”: the row “${labelOf(row)}” is left out.`]
        : cellsThatDiffer(after, row, other);
    }),
    ...tableRows(after)
      .filter(({ id }) => !then.has(id))
      .map((row) => `“${after.title}”: the row “${labelOf(row)}” is new.`),
  ];
}

function cellsThatDiffer(table: Table, before: ReportRow, after: ReportRow): string[] {
  return table.columns.flatMap(({ key, title }) => {
    const [was, is] = [inWords(before.cells[key]), inWords(after.cells[key])];
    return was === is
      ? []
      : [`“${table.title}”, row “${labelOf(after)}”, column “${title}”: was ${was}, is now ${is}.`];
  });
}

function inWords(cell: Cell | undefined): string {
  switch (cell?.is) {
    case undefined:
      return 'empty';
    case 'number':
      return String(cell.value);
    case 'proportion':
      return shareInCell(cell.n, cell.of);
    case 'text':
      return `“${cell.text}”`;
    case 'month':
      return monthInWords(cell.month);
    case 'date':
      return dateInWords(cell.date);
  }
}
