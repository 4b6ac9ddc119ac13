import { refuse, type Refusal } from '../base/errors.js';
import type { Month } from '../base/time.js';
import type { FixedFigures } from '../plr/fixed-figures.js';
import { listed } from './in-words.js';
import { labelOf } from './report-charts.js';
import { tableRows, tablesOf, type Report, type ReportRow, type Table } from '../surface/report-model.js';

export type Contradiction = Refusal<'figures-contradict'>;

/** What the delivery ledger says of one month: assignment messages, and PLRs imported without any. */
export interface LedgerCount {
  readonly month: Month;
  readonly messages: number;
  readonly imported: number;
  /** Messages for a PLR that is not in the report. */
  readonly unknown: number;
}

/**
 * Rows against totals, sums inside a row, tables of one family against each other, the published JSON against
 * the tables, and sent against the delivery ledger. The council's own report printed 79% where its counts give
 * 9% (docs/domain.md, "Where the report contradicts itself"). So a report that contradicts itself is not made
 * at all.
 *
 * @returns every contradiction, as a sentence that names the cells; none when the figures hold.
 */
export function contradictions(report: Report, ledger: readonly LedgerCount[] = []): string[] {
  const tables = tablesOf(report);
  return [
    ...tables.flatMap(totalsAgainstRows),
    ...tables.flatMap(sumsInsideRows),
    ...totalsOfFamilies(tables),
    ...publishedAgainstTables(report.fixed, tables),
    ...sentAgainstLedger(tables, ledger),
  ];
}

/** The report itself when its figures agree, otherwise the refusal that names what contradicts what. */
export function reconciled(report: Report, ledger?: readonly LedgerCount[]): Report | Contradiction {
  const found = contradictions(report, ledger);
  if (found.length === 0) return report;
  return refuse('figures-contradict', `The report was not made: its figures contradict. ${found.join(' ')}`);
}

/** The counts a total row must have: `sent`, or `share.n` and `share.of` of a proportion. */
function addedCounts(table: Table): string[] {
  return table.columns.flatMap(({ key, type, adds }) => {
    if (adds === 'nothing') return [];
    if (type === 'number') return [key];
    return adds === 'all' ? [`${key}.n`, `${key}.of`] : [`${key}.n`];
  });
}

/** The count at `sent` or `share.n`; NaN, which equals nothing, when the cell is not there. */
function countAt(row: ReportRow, path: string): number {
  const [key = '', part] = path.split('.');
  const cell = row.cells[key];
  if (cell?.is === 'number' && part === undefined) return cell.value;
  if (cell?.is === 'proportion') return part === 'of' ? cell.of : cell.n;
  return Number.NaN;
}

function cellName(table: Table, row: ReportRow, path: string): string {
  const [key = '', part] = path.split('.');
  const title = table.columns.find((column) => column.key === key)?.title ?? key;
  const side = part === 'n' ? ' (count)' : part === 'of' ? ' (base)' : '';
  return `“${table.title}”, row “${labelOf(row)}”, column “${title}”${side}`;
}

function totalsAgainstRows(table: Table): string[] {
  const { total } = table;
  if (total === undefined) return [];
  return addedCounts(table).flatMap((path) => {
    const sum = table.rows.reduce((all, row) => all + countAt(row, path), 0);
    const said = countAt(total, path);
    return said === sum
      ? []
      : [`${cellName(table, total, path)} says ${said}, but its rows add up to ${sum}.`];
  });
}

function sumsInsideRows(table: Table): string[] {
  return tableRows(table).flatMap((row) =>
    table.rules.flatMap(({ sum, terms }) => {
      const [said, added] = [countAt(row, sum), terms.reduce((all, term) => all + countAt(row, term), 0)];
      if (said === added) return [];
      const names = terms.map((term) => titleOf(table, term)).join(' + ');
      return [`${cellName(table, row, sum)} says ${said}, but ${names} gives ${added}.`];
    }),
  );
}

function titleOf(table: Table, path: string): string {
  const [key = ''] = path.split('.');
  return `“${table.columns.find((column) => column.key === key)?.title ?? key}”`;
}

function totalsOfFamilies(tables: readonly Table[]): string[] {
  const first = new Map<string, { table: Table; total: ReportRow }>();
  const found: string[] = [];
  for (const table of tables) {
    const { family, total } = table;
    if (family === undefined || total === undefined) continue;
    for (const path of addedCounts(table)) {
      const key = `${family} ${path}`;
      const other = first.get(key);
      if (other === undefined) first.set(key, { table, total });
      else if (countAt(other.total, path) !== countAt(total, path)) {
        const [said, otherSaid] = [countAt(total, path), countAt(other.total, path)];
        const otherName = cellName(other.table, other.total, path);
        found.push(`${cellName(table, total, path)} says ${said}, but ${otherName} says ${otherSaid}.`);
      }
    }
  }
  return found;
}

function publishedAgainstTables(fixed: FixedFigures, tables: readonly Table[]): string[] {
  const compliance = fixed.compliance.flatMap((line) =>
    (['sent', 'returned', 'returnedByService', 'completedByQa'] as const).flatMap((key) =>
      against(tables, 'compliance-by-month', line.month, key, line[key], `compliance ${line.month} ${key}`),
    ),
  );
  const grades = Object.entries(fixed.grades).flatMap(([grade, line]) =>
    Object.entries(line).flatMap(([key, value]) =>
      key === 'percent' || value === null
        ? []
        : against(
            tables,
            'grades-original',
            grade,
            key === 'total' ? 'all' : key,
            value,
            `grades ${grade} ${key}`,
          ),
    ),
  );
  return [...compliance, ...grades];
}

function against(
  tables: readonly Table[],
  tableId: string,
  rowId: string,
  path: string,
  value: number,
  name: string,
): string[] {
  const table = tables.find((one) => one.id === tableId);
  const row = table === undefined ? undefined : tableRows(table).find((one) => one.id === rowId);
  if (table === undefined || row === undefined) return [`The JSON’s “${name}” stands in no table.`];
  const said = countAt(row, path);
  return said === value
    ? []
    : [`The JSON’s “${name}” says ${value}, but ${cellName(table, row, path)} says ${said}.`];
}

function sentAgainstLedger(tables: readonly Table[], ledger: readonly LedgerCount[]): string[] {
  const table = tables.find((one) => one.id === 'compliance-by-month');
  return ledger.flatMap(({ month, messages, imported, unknown }) => {
    const row = table?.rows.find((one) => one.id === month);
    if (table === undefined || row === undefined) return [`No table says what was sent in ${month}.`];
    const said = countAt(row, 'sent');
    if (said === messages + imported && unknown === 0) return [];
    const holds = [
      `${messages} of these PLRs’ assignment messages`,
      ...(imported > 0 ? [`${imported} PLRs that were imported and need none`] : []),
      ...(unknown > 0 ? [`${unknown} for PLRs that the report does not know`] : []),
    ];
    return [`${cellName(table, row, 'sent')} says ${said}, but the delivery ledger has ${listed(holds)}.`];
  });
}
