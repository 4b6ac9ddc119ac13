import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isRefusal } from '../../../../src/practice/base/errors.js';
import { contradictions, reconciled } from '../../../../src/practice/reporting/reconcile.js';
import type { CountedMessage, ReportInput } from '../../../../src/practice/reporting/report-input.js';
import {
  tablesOf,
  type Cell,
  type Report,
  type Table,
} from '../../../../src/practice/surface/report-model.js';
import type { PlrFigures } from '../../../../src/practice/plr/figures.js';
import { month } from '../../../../src/practice/base/time.js';
import { anyFigures, figures, reportInput } from '../../../builders/figures.js';
import { monthlyReport, quarterlyReport } from '../../../builders/reports.js';

function made(report: ReturnType<typeof monthlyReport>): Report {
  if (isRefusal(report)) assert.fail(report.say);
  return report;
}

function someReport(): Report {
  const plrs = [
    figures().named('PLR-000001').returned().graded('good'),
    figures().named('PLR-000002').returned('qa').graded('inadequate').alerted(),
    figures().named('PLR-000003').ofService('children-in-care').returned().graded('good').action('done'),
    figures().named('PLR-000004').ofService('children-in-care'),
  ];
  return made(monthlyReport(month('2022-03'), reportInput(plrs.map((plr) => plr.build()))));
}

/** The report with one cell written over, as a defect or a careless hand would. */
function withCell(report: Report, tableId: string, rowId: string, key: string, cell: Cell): Report {
  const broken = (table: Table): Table => {
    const write = <R extends { readonly id: string; readonly cells: object }>(row: R): R =>
      row.id === rowId ? { ...row, cells: { ...row.cells, [key]: cell } } : row;
    if (table.id !== tableId) return table;
    return { ...table, rows: table.rows.map(write), ...(table.total && { total: write(table.total) }) };
  };
  const sections = report.sections.map((one) => ({ ...one, tables: one.tables.map(broken) }));
  return { ...report, sections };
}

function ledgerOf(plrs: readonly PlrFigures[]): CountedMessage[] {
  return plrs.map(({ ref, cycleId }) => ({ ref, cycleId, state: 'delivered' }));
}

describe('reconciling a report', () => {
  it('lets a report pass whose figures hold', () => {
    assert.deepEqual(contradictions(someReport()), []);
  });

  it('refuses a broken total, naming the cells', () => {
    const broken = withCell(someReport(), 'compliance-by-month', 'total', 'sent', { is: 'number', value: 5 });
    const refused = reconciled(broken);
    assert.ok(isRefusal(refused));
    assert.equal(refused.refused, 'figures-contradict');
    assert.match(
      refused.say,
      /“Compliance by month”, row “Total”, column “Sent” says 5, but its rows add up to 4\./,
    );
  });

  it('finds a count of any row and number of any table that was changed', () => {
    const report = someReport();
    for (const table of tablesOf(report)) {
      for (const row of [...table.rows, ...(table.total ? [table.total] : [])]) {
        for (const { key, type, adds } of table.columns.filter((one) => one.adds !== 'nothing')) {
          const cell = row.cells[key];
          const wrong: Cell | null =
            cell?.is === 'number'
              ? { ...cell, value: cell.value + 1 }
              : cell?.is === 'proportion'
                ? { ...cell, n: cell.n + 1 }
                : null;
          assert.ok(wrong, `${table.id} ${row.id} ${key} is a ${type} that adds ${adds}`);
          if (table.total === undefined) continue;
          const found = contradictions(withCell(report, table.id, row.id, key, wrong));
          assert.ok(found.length > 0, `${table.id} ${row.id} ${key}`);
        }
      }
    }
  });

  it('refuses a share whose base is not the base it names', () => {
    const cell: Cell = { is: 'proportion', n: 2, of: 3 };
    const broken = withCell(someReport(), 'compliance-by-month', '2022-03', 'percentReturnedByService', cell);
    assert.match(
      contradictions(broken).join('\n'),
      /column “% returned by service” \(base\) says 3, but “Sent” gives 4/,
    );
  });

  it('refuses two tables that count the same and do not agree', () => {
    const report = someReport();
    const one = withCell(report, 'compliance-by-service', 'assessment', 'late', { is: 'number', value: 9 });
    const cell: Cell = { is: 'number', value: 3 };
    const both = withCell(
      withCell(one, 'compliance-by-service', 'assessment', 'completedByQa', cell),
      'compliance-by-service',
      'total',
      'completedByQa',
      cell,
    );
    assert.match(
      contradictions(both).join('\n'),
      /“Compliance by service”, row “Total”, column “Completed by QA” says 3, but “Compliance by month”, .* says 1/,
    );
  });

  it('refuses JSON that says otherwise than the table', () => {
    const report = someReport();
    const [first, ...rest] = report.fixed.compliance;
    assert.ok(first);
    const fixed = { ...report.fixed, compliance: [{ ...first, returned: 7 }, ...rest] };
    assert.match(
      contradictions({ ...report, fixed }).join('\n'),
      /“compliance 2022-03 returned” says 7, but “Compliance by month”, row “March 2022”, column “Returned in all” says 3/,
    );
  });

  it('refuses a sent that the delivery ledger does not bear out', () => {
    const plrs = [figures().named('PLR-000001').build(), figures().named('PLR-000002').build()];
    const refused = monthlyReport(month('2022-03'), reportInput(plrs, { ledger: ledgerOf(plrs.slice(1)) }));
    assert.ok(isRefusal(refused));
    assert.match(
      refused.say,
      /row “March 2022”, column “Sent” says 2, but the delivery ledger has 1 of these/,
    );
  });

  it('refuses a ledger with messages for PLRs nobody knows, even where the counts happen to agree', () => {
    const plrs = [figures().named('PLR-000001').build(), figures().named('PLR-000002').build()];
    const stranger = figures().named('PLR-STRAY1').build();
    const ledger = ledgerOf([...plrs.slice(1), stranger]);
    const refused = monthlyReport(month('2022-03'), reportInput(plrs, { ledger }));
    assert.ok(isRefusal(refused));
    assert.match(refused.say, /1 for PLRs that the report does not know/);
  });

  it('asks no message of an imported, exempt, re-drawn or withdrawn PLR', () => {
    const plrs = [
      figures().named('PLR-000001').imported(),
      figures().named('PLR-000002').exempt(),
      figures().named('PLR-000003').standing({ is: 'redrawn' }),
      figures().named('PLR-000004').standing({ is: 'withdrawn' }),
    ].map((plr) => plr.build());
    made(monthlyReport(month('2022-03'), reportInput(plrs, { ledger: [] })));
  });

  it('refuses figures from a month outside the period', () => {
    const plrs = [figures().inCycle('2022-05').build()];
    const refused = monthlyReport(month('2022-03'), reportInput(plrs));
    assert.ok(isRefusal(refused));
    assert.match(refused.say, /column “Sent” says 1, but its rows add up to 0/);
  });

  it('holds for any set of figures: totals equal rows in every table', () => {
    fc.assert(
      fc.property(anyFigures('2022-01'), anyFigures('2021-10', 20), (plrs, previous) => {
        const input: ReportInput = reportInput(plrs, {
          previous,
          openCases: new Map(['2022-01', '2022-02', '2022-03'].map((one) => [month(one), 400])),
          ledger: ledgerOf(plrs),
        });
        const report = made(quarterlyReport('2021-22-Q4', input));
        assert.deepEqual(contradictions(report), []);
        assertCountedApart(report, plrs);
      }),
      { seed: 20220607, numRuns: 150 },
    );
  });
});

/** The same totals, counted here in one line each: a second opinion on the code that counts. */
function assertCountedApart(report: Report, plrs: readonly PlrFigures[]): void {
  const monthly = plrs.filter((one) => one.kind === 'monthly');
  const is = (...standings: string[]) => monthly.filter((one) => standings.includes(one.standing.is)).length;
  const total = report.fixed.compliance.find((line) => line.month === 'total');
  assert.equal(total?.sent, is('assigned', 'draft', 'returned'));
  assert.equal(total?.returned, is('returned'));
  const graded = monthly.filter((one) => one.standing.is === 'returned' && one.grades.original !== undefined);
  assert.equal(report.fixed.grades.total['total'], graded.length);
  assert.equal(report.fixed.alerts.raised, plrs.filter((one) => one.alert !== undefined).length);
}
