import type { PlrFigures } from '../plr/figures.js';
import type { ServiceGroup } from './report-input.js';
import { text, type Cell, type ReportRow } from '../surface/report-model.js';

/**
 * A row for each service, and the total row. The total is counted from the PLRs themselves and not from the
 * rows: reconcile.ts compares the two.
 */
export function serviceRows(
  services: readonly ServiceGroup[],
  all: readonly PlrFigures[],
  cellsOf: (figures: readonly PlrFigures[]) => Record<string, Cell>,
): { readonly rows: readonly ReportRow[]; readonly total: ReportRow } {
  const row = (id: string, name: string, figures: readonly PlrFigures[]): ReportRow => ({
    id,
    cells: { service: text(name), ...cellsOf(figures) },
  });
  return {
    rows: services.map(({ id, name, figures }) => row(id, name, figures)),
    total: row('total', 'Total', all),
  };
}
