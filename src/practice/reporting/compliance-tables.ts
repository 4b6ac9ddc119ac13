import { complianceTeam } from '../plr/whose-compliance.js';
import type { PlrRef, TeamId } from '../base/ids.js';
import type { PlrFigures } from '../plr/figures.js';
import { compareNames, compareText } from '../base/text-order.js';
import type { Month } from '../base/time.js';
import { countCompliance, type ComplianceCounts } from '../plr/compliance.js';
import { byManagersService, inMonth, type ReportNames } from './report-input.js';
import {
  countColumn,
  monthColumn,
  number,
  proportion,
  shareColumn,
  text,
  textColumn,
  type Cell,
  type Column,
  type ReportRow,
  type SumRule,
  type Table,
} from '../surface/report-model.js';
import { serviceRows } from './service-rows.js';

const basis =
  'Monthly PLRs. Sent is issued less exempt. Returned by the service leaves out those completed by the QA ' +
  'Service. Both percentages are of PLRs sent.';

const headlineColumns: readonly Column[] = [
  countColumn('sent', 'Sent', 'PLRs issued, less those exempt. Undeliverable ones are included.'),
  countColumn(
    'returnedByService',
    'Returned by service',
    'PLRs submitted in full by a manager, late or not.',
  ),
  countColumn('completedByQa', 'Completed by QA', 'PLRs the QA Service completed itself.'),
  countColumn('returned', 'Returned in all', 'Returned by service and completed by QA together.'),
  shareColumn('percentReturnedByService', '% returned by service', 'Returned by service. Base: PLRs sent.'),
  shareColumn('percentReturned', '% returned in all', 'Returned in all. Base: PLRs sent.'),
];

const headlineRules: readonly SumRule[] = [
  { sum: 'returned', terms: ['returnedByService', 'completedByQa'] },
  { sum: 'percentReturnedByService.n', terms: ['returnedByService'] },
  { sum: 'percentReturnedByService.of', terms: ['sent'] },
  { sum: 'percentReturned.n', terms: ['returned'] },
  { sum: 'percentReturned.of', terms: ['sent'] },
];

/** What the tables by month, service and team have in common. */
const headline = { basis, family: 'compliance', rules: headlineRules } as const;

const lineColumns: readonly Column[] = [
  countColumn('issued', 'Issued', 'PLRs drawn for a manager and not taken back.'),
  countColumn('exempt', 'Exempt', 'PLRs a QA lead exempted: leave, conflict of interest, another reason.'),
  countColumn('sent', 'Sent', 'Issued less exempt.'),
  countColumn('returned', 'Returned in all', 'Submitted in full by the time of the report, late or not.'),
  countColumn('late', 'Of these, late', 'Returned after the due date.'),
  countColumn('notReturned', 'Not returned', 'Sent and not submitted in full by the time of the report.'),
  countColumn('undeliverable', 'Undeliverable', 'Sent, but no message could be delivered. Part of sent.'),
  countColumn('redrawn', 'Re-drawn', 'Replaced by another case. Not part of issued: the replacement is.'),
  countColumn('withdrawn', 'Withdrawn', 'Taken back. Not part of issued.'),
];

const lineRules: readonly SumRule[] = [
  { sum: 'issued', terms: ['sent', 'exempt'] },
  { sum: 'sent', terms: ['returned', 'notReturned'] },
];

function headlineCells(counts: ComplianceCounts): Record<string, Cell> {
  const { sent, returned, returnedByService, completedByQa } = counts;
  return {
    sent: number(sent),
    returnedByService: number(returnedByService),
    completedByQa: number(completedByQa),
    returned: number(returned),
    percentReturnedByService: proportion(returnedByService, sent),
    percentReturned: proportion(returned, sent),
  };
}

function lineCells(counts: ComplianceCounts): Record<string, Cell> {
  const { issued, exempt, sent, returned, late, notReturned, undeliverable, redrawn, withdrawn } = counts;
  const lines = { issued, exempt, sent, returned, late, notReturned, undeliverable, redrawn, withdrawn };
  return Object.fromEntries(Object.entries(lines).map(([key, n]) => [key, number(n)]));
}

export interface ComplianceSource {
  readonly figures: readonly PlrFigures[];
  readonly months: readonly Month[];
  readonly undeliverable: ReadonlySet<PlrRef>;
  readonly names: ReportNames;
}

/** What became of the PLRs: by month, by service and (where teams are known) by team. */
export function complianceTables(source: ComplianceSource): Table[] {
  const tables = [monthTable(source), lineTable(source), serviceTable(source)];
  return source.figures.some((one) => complianceTeam(one) !== undefined)
    ? [...tables, teamTable(source)]
    : tables;
}

/** The total is counted from the PLRs themselves and not from the rows: reconcile.ts compares the two. */
function totalRow(source: ComplianceSource, cells: typeof headlineCells, label: string): ReportRow {
  const counts = countCompliance(source.figures, source.undeliverable);
  return { id: 'total', cells: { [label]: text('Total'), ...cells(counts) } };
}

function monthRows(source: ComplianceSource, cells: typeof headlineCells): ReportRow[] {
  return source.months.map((month) => ({
    id: month,
    cells: {
      month: { is: 'month', month },
      ...cells(countCompliance(inMonth(source.figures, month), source.undeliverable)),
    },
  }));
}

function monthTable(source: ComplianceSource): Table {
  return {
    id: 'compliance-by-month',
    title: 'Compliance by month',
    ...headline,
    columns: [monthColumn('The month of the cycle.'), ...headlineColumns],
    rows: monthRows(source, headlineCells),
    total: totalRow(source, headlineCells, 'month'),
  };
}

function lineTable(source: ComplianceSource): Table {
  return {
    id: 'what-became-of-each-plr',
    title: 'What became of each PLR',
    basis:
      'Monthly PLRs. Re-drawn and withdrawn PLRs stand on their own lines and are never sent or returned.',
    family: 'compliance',
    rules: lineRules,
    columns: [monthColumn('The month of the cycle.'), ...lineColumns],
    rows: monthRows(source, lineCells),
    total: totalRow(source, lineCells, 'month'),
  };
}

function serviceTable(source: ComplianceSource): Table {
  return {
    id: 'compliance-by-service',
    title: 'Compliance by service',
    ...headline,
    columns: [
      textColumn('service', 'Service', 'The service of the manager who was sent it.'),
      ...headlineColumns,
    ],
    ...serviceRows(byManagersService(source.figures, source.names), source.figures, (figures) =>
      headlineCells(countCompliance(figures, source.undeliverable)),
    ),
  };
}

function teamTable(source: ComplianceSource): Table {
  const total = totalRow(source, headlineCells, 'service');
  return {
    id: 'compliance-by-team',
    title: 'Compliance by team',
    ...headline,
    columns: [
      textColumn('service', 'Service', 'The service of the manager who was sent it.'),
      textColumn('team', 'Team', 'The team of the manager who was sent it; senior managers may have none.'),
      ...headlineColumns,
    ],
    rows: byManagersService(source.figures, source.names).flatMap((service) =>
      byTeam(service.figures, source.names).map((team) => ({
        id: `${service.id}/${team.id}`,
        cells: {
          service: text(service.name),
          team: text(team.name),
          ...headlineCells(countCompliance(team.figures, source.undeliverable)),
        },
      })),
    ),
    total: { ...total, cells: { ...total.cells, team: text('') } },
  };
}

function byTeam(figures: readonly PlrFigures[], names: ReportNames) {
  const ids = [...new Set(figures.map(complianceTeam))];
  return ids
    .map((id) => ({
      id: id ?? 'no-team',
      name: teamName(id, names),
      figures: figures.filter((one) => complianceTeam(one) === id),
    }))
    .sort((a, b) => compareNames(a.name, b.name) || compareText(a.id, b.id));
}

function teamName(id: TeamId | undefined, names: ReportNames): string {
  return id === undefined ? 'No team recorded' : (names.teams.get(id) ?? id);
}
