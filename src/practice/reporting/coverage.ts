import { type PlrFigures, returnedOnly } from '../plr/figures.js';
import type { Month } from '../base/time.js';
import type { CoverageFigures } from '../plr/fixed-figures.js';
import { percent } from '../base/statistics/proportion.js';
import { inMonth } from './report-input.js';
import {
  monthColumn,
  proportion,
  shareColumn,
  text,
  type ReportRow,
  type Table,
} from '../surface/report-model.js';

export interface CoverageSource {
  /** Monthly PLRs. */
  readonly figures: readonly PlrFigures[];
  readonly months: readonly Month[];
  readonly openCases: ReadonlyMap<Month, number>;
  readonly targetPercent: number;
}

/** Cases reviewed of cases open (docs/domain.md, 4.1: 10%). Over several months both are added up, month by month. */
export function coverageFigures(source: CoverageSource): CoverageFigures {
  const reviewed = returnedOnly(source.figures).length;
  const open = openInAll(source);
  return {
    reviewed,
    open,
    percent: open === null ? null : percent(reviewed, open),
    target: source.targetPercent,
  };
}

function openInAll({ months, openCases }: CoverageSource): number | null {
  let sum = 0;
  for (const month of months) {
    const open = openCases.get(month);
    if (open === undefined) return null;
    sum += open;
  }
  return sum;
}

/** Null when the open cases of a month are not known, because a share of an unknown base is not printed. */
export function coverageTable(source: CoverageSource): Table | null {
  const open = openInAll(source);
  if (open === null) return null;
  const row = (id: string, label: ReportRow['cells'][string], reviewed: number, of: number): ReportRow => ({
    id,
    cells: { month: label, coverage: proportion(reviewed, of) },
  });
  return {
    id: 'coverage',
    title: 'Coverage',
    basis: `The target is ${source.targetPercent}%. Base: cases open in the month. Monthly PLRs only.`,
    columns: [
      monthColumn('The month of the cycle.'),
      shareColumn('coverage', 'Cases reviewed', 'Returned PLRs. Base: cases open in the month.'),
    ],
    rows: source.months.map((month) =>
      row(
        month,
        { is: 'month', month },
        returnedOnly(inMonth(source.figures, month)).length,
        source.openCases.get(month) ?? 0,
      ),
    ),
    total: row('total', text('Total'), returnedOnly(source.figures).length, open),
    rules: [],
  };
}
