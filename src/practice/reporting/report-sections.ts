import type { PlrRef } from '../base/ids.js';
import { assertNever } from '../base/errors.js';
import type { Kappa } from '../moderation/calibration.js';
import { actionTable } from './action-figures.js';
import { alertTable } from './alert-figures.js';
import { complianceTables } from './compliance-tables.js';
import { coverageTable } from './coverage.js';
import type { FixedFigures } from '../plr/fixed-figures.js';
import { moderatedGradeTable, originalGradeTable, serviceGradeTable } from './grades.js';
import { counted } from './in-words.js';
import { lateAndUndeliverable } from './late-and-undeliverable.js';
import { moderationTables } from './moderation-figures.js';
import type { Period } from '../plr/period.js';
import { programmeTable } from './programme-figures.js';
import { complianceChart, gradeChart } from './report-charts.js';
import { monthlyOnly, type ReportInput, type ReportScope } from './report-input.js';
import type { Chart, Section, Table } from '../surface/report-model.js';
import { loopTable, themeTable } from './theme-figures.js';

export function undeliverableRefs({ ledger = [] }: ReportInput): ReadonlySet<PlrRef> {
  return new Set(ledger.filter((line) => line.state === 'undeliverable').map((line) => line.ref));
}

/** The report's parts in the Board's order. A part with nothing to count says so in a sentence. */
export function reportSections(
  period: Period,
  { asked, reviewed }: ReportScope,
  fixed: FixedFigures,
  kappa: Kappa,
): Section[] {
  return [
    complianceSection(period, asked),
    gradeSection(period, reviewed, fixed),
    moderationSection(reviewed, fixed, kappa),
    alertSection(reviewed, fixed),
    actionSection(reviewed, fixed),
    learningSection(reviewed, fixed),
    programmeSection(period, reviewed),
  ];
}

function section(id: string, heading: string, parts: Partial<Omit<Section, 'id' | 'heading'>>): Section {
  return { id, heading, sentences: [], charts: [], tables: [], ...parts };
}

/** A part whose table may have nothing to show, in which case the sentence stands alone. */
function tableOr(table: Table | null, none: string): Pick<Section, 'sentences' | 'tables'> {
  return table === null || table.rows.length === 0
    ? { sentences: [none], tables: [] }
    : { sentences: [], tables: [table] };
}

function joined(
  parts: readonly Pick<Section, 'sentences' | 'tables'>[],
): Pick<Section, 'sentences' | 'tables'> {
  return {
    sentences: parts.flatMap((part) => part.sentences),
    tables: parts.flatMap((part) => part.tables),
  };
}

function complianceSection({ months }: Period, input: ReportInput): Section {
  const source = {
    ...{ figures: monthlyOnly(input.figures), months, names: input.names },
    undeliverable: undeliverableRefs(input),
  };
  const tables = complianceTables(source);
  const chartOf = (id: string, title: string): Chart[] => {
    const table = tables.find((one) => one.id === id);
    return table && table.rows.length > 0 ? [complianceChart(table, title)] : [];
  };
  return section('compliance', 'Compliance', {
    charts: [
      ...chartOf('compliance-by-month', 'PLRs returned by month'),
      ...chartOf('compliance-by-service', 'PLRs returned by service'),
    ],
    tables: [...tables, ...lateAndUndeliverable(source)],
  });
}

function gradeSection({ months }: Period, input: ReportInput, { moderation }: FixedFigures): Section {
  const source = { figures: monthlyOnly(input.figures), months, names: input.names };
  const original = originalGradeTable(source);
  const unmoderated = 'No moderation was completed, so the grades first given stand.';
  return section('grades', 'Grades', {
    sentences: moderation.completed === 0 ? [unmoderated] : [],
    charts: [gradeChart(original, 'Grades as first given, by month')],
    tables: [
      original,
      ...(moderation.completed === 0 ? [] : [moderatedGradeTable(source)]),
      serviceGradeTable(source),
    ],
  });
}

function moderationSection(input: ReportInput, { moderation }: FixedFigures, kappa: Kappa): Section {
  if (moderation.drawn === 0) {
    return section('moderation', 'Moderation', { sentences: ['No moderation is recorded.'] });
  }
  return section('moderation', 'Moderation', {
    sentences: [agreementInWords(kappa, moderation.exactAgreement.of)],
    tables: moderationTables(monthlyOnly(input.figures), input.madeOn, input.names),
  });
}

function agreementInWords(agreement: Kappa, pairs: number): string {
  const from = `${counted(pairs, 'PLR')} graded by both`;
  switch (agreement.is) {
    case 'too-few':
      return `Weighted kappa is not given: there are ${from}, and it needs ${agreement.needed}.`;
    case 'too-little-variation':
      return `Weighted kappa is not given: of ${from}, nearly all have one grade.`;
    case 'estimate': {
      const [value, low, high] = [agreement.value, agreement.interval.low, agreement.interval.high].map(
        (one) => one.toFixed(2),
      );
      return (
        `Weighted kappa is ${value} (95% interval ${low} to ${high}), from ${from}. ` +
        '1 is full agreement; 0 is what chance alone would give.'
      );
    }
    default:
      return assertNever(agreement);
  }
}

function alertSection(input: ReportInput, { alerts }: FixedFigures): Section {
  const table = alerts.raised === 0 ? null : alertTable(input.figures, input.names);
  return section('alerts', 'Alerts', tableOr(table, 'No alert is recorded.'));
}

function actionSection({ figures, madeOn, names }: ReportInput, { actions }: FixedFigures): Section {
  const any = Object.values(actions).some((count) => count > 0);
  return section('actions', 'Actions', {
    ...tableOr(any ? actionTable(figures, madeOn, names) : null, 'No action is recorded.'),
  });
}

function learningSection({ names, loop }: ReportInput, { themes }: FixedFigures): Section {
  return section('learning', 'Themes and learning', {
    ...joined([
      tableOr(themeTable(themes, names), 'No finding is recorded.'),
      tableOr(loopTable(loop, names), 'No learning brief was posted.'),
    ]),
  });
}

function programmeSection({ months }: Period, input: ReportInput): Section {
  const coverage = coverageTable({
    ...{ figures: monthlyOnly(input.figures), months, openCases: input.openCases },
    targetPercent: input.coverageTargetPercent,
  });
  const programme = programmeTable(input.figures, undeliverableRefs(input));
  const notKnown = 'The number of open cases is not known for the whole period, so coverage cannot be given.';
  return section('coverage', 'Coverage and programme', {
    ...joined([
      tableOr(coverage, notKnown),
      tableOr(programme, 'No Practice Week or thematic review was held.'),
    ]),
  });
}
