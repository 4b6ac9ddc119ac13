import type { PlrFigures } from '../plr/figures.js';
import { compareText } from '../base/text-order.js';
import { countsAsSent } from '../plr/compliance.js';
import type { ComplianceSource } from './compliance-tables.js';
import { monthOfCycle } from '../plr/period.js';
import { managersService, type ReportNames } from './report-input.js';
import { monthColumn, text, textColumn, type Column, type Table } from '../surface/report-model.js';

const dueColumn: Column = {
  key: 'dueOn',
  title: 'Due',
  meaning: 'The due date.',
  type: 'date',
  adds: 'nothing',
};

/** Late returns and undeliverable PLRs, one on each row, by their opaque reference. */
export function lateAndUndeliverable({ figures, undeliverable, names }: ComplianceSource): Table[] {
  const late = figures.filter(({ standing }) => standing.is === 'returned' && standing.late);
  const lost = figures.filter((one) => countsAsSent(one) && undeliverable.has(one.ref));
  return [
    listTable('late-returns', 'PLRs returned late', 'Returned, and counted as such.', late, names),
    listTable('undeliverable', 'PLRs that could not be delivered', 'Sent, and counted as such.', lost, names),
  ].filter((table) => table.rows.length > 0);
}

function listTable(
  id: string,
  title: string,
  what: string,
  figures: readonly PlrFigures[],
  names: ReportNames,
): Table {
  return {
    id,
    title,
    rules: [],
    basis: what,
    columns: [
      textColumn('ref', 'PLR', 'The PLR’s reference.'),
      monthColumn('The month of the cycle.'),
      textColumn('service', 'Service', 'The service of the manager who was sent it.'),
      dueColumn,
    ],
    rows: [...figures]
      .sort((a, b) => compareText(a.ref, b.ref))
      .map((one) => ({
        id: one.ref,
        cells: {
          ref: text(one.ref),
          month: { is: 'month', month: monthOfCycle(one.cycleId) },
          service: text(managersService(one, names)),
          dueOn: { is: 'date', date: one.dueOn },
        },
      })),
  };
}
