import type { LocalDate, Month } from '../base/time.js';
import type { FixedFigures } from '../plr/fixed-figures.js';
import type { Period } from '../plr/period.js';

/** One figure of a table. A proportion keeps its counts; the percentage is made from them when shown. */
export type Cell =
  | { readonly is: 'number'; readonly value: number }
  | { readonly is: 'proportion'; readonly n: number; readonly of: number }
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'month'; readonly month: Month }
  | { readonly is: 'date'; readonly date: LocalDate };

export interface Column {
  readonly key: string;
  readonly title: string;
  /** One sentence for the spreadsheet's sheet of meanings. For a proportion it says the base. */
  readonly meaning: string;
  readonly type: Cell['is'];
  /** Which counts of a proportion add up to the total row: both, or n alone (shares of one whole). */
  readonly adds: 'all' | 'n' | 'nothing';
}

export interface ReportRow {
  readonly id: string;
  readonly cells: Readonly<Record<string, Cell>>;
}

/** `terms` added up must give `sum`; a term is a column's key, or `key.n` and `key.of` of a proportion. */
export interface SumRule {
  readonly sum: string;
  readonly terms: readonly string[];
}

export interface Table {
  readonly id: string;
  readonly title: string;
  /** What the table counts, in a sentence printed under it. */
  readonly basis: string;
  /** Tables of one family count the same things another way: their totals must agree. */
  readonly family?: string;
  readonly columns: readonly Column[];
  readonly rows: readonly ReportRow[];
  readonly total?: ReportRow;
  readonly rules: readonly SumRule[];
}

export interface ChartValue {
  readonly value: number;
  /** What is printed at the bar, with its counts. */
  readonly label: string;
}

export interface Chart {
  readonly id: string;
  /** The table from which it is drawn, and under which it stands. */
  readonly tableId: string;
  readonly title: string;
  readonly shape: 'grouped-bars' | 'stacked-bars';
  readonly axis: string;
  readonly categories: readonly string[];
  /** One value for each category; a share of nothing is null and draws no bar. */
  readonly series: readonly { readonly name: string; readonly values: readonly (ChartValue | null)[] }[];
  /** The figures in words, for those who do not see the picture. */
  readonly alt: string;
}

export interface Section {
  readonly id: string;
  readonly heading: string;
  readonly sentences: readonly string[];
  readonly charts: readonly Chart[];
  readonly tables: readonly Table[];
}

/** `check` asks someone to look at a record; `information` only says how to read the figures. */
export interface DataNote {
  readonly kind: string;
  readonly level: 'information' | 'check';
  readonly say: string;
}

/** One report, before it becomes Word, a spreadsheet, CSV or JSON: all four only show what is here. */
export interface Report {
  readonly period: Period;
  readonly title: string;
  /** "All services", or the service whose page this is (Performance Surgery, 9). */
  readonly scope: string;
  readonly madeOn: LocalDate;
  readonly headlines: readonly string[];
  readonly sections: readonly Section[];
  readonly notes: readonly DataNote[];
  readonly fixed: FixedFigures;
}

export function tablesOf(report: Report): Table[] {
  return report.sections.flatMap((section) => section.tables);
}

export function tableRows(table: Table): ReportRow[] {
  return table.total === undefined ? [...table.rows] : [...table.rows, table.total];
}

export function number(value: number): Cell {
  return { is: 'number', value };
}

export function proportion(n: number, of: number): Cell {
  return { is: 'proportion', n, of };
}

export function text(value: string): Cell {
  return { is: 'text', text: value };
}

/** A column of counts whose rows add up to the total row. */
export function countColumn(key: string, title: string, meaning: string): Column {
  return { key, title, meaning, type: 'number', adds: 'all' };
}

export function shareColumn(
  key: string,
  title: string,
  meaning: string,
  adds: Column['adds'] = 'all',
): Column {
  return { key, title, meaning, type: 'proportion', adds };
}

export function textColumn(key: string, title: string, meaning: string): Column {
  return { key, title, meaning, type: 'text', adds: 'nothing' };
}

export function monthColumn(meaning: string): Column {
  return { key: 'month', title: 'Month', meaning, type: 'month', adds: 'nothing' };
}
