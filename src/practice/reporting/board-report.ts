import type { ServiceId } from '../ids.js';
import { actionFigures } from './action-figures.js';
import { alertFigures } from './alert-figures.js';
import { complianceLine, countCompliance } from './compliance.js';
import { coverageFigures } from './coverage.js';
import { dataNotes } from './data-quality.js';
import type { FixedFigures } from './fixed-figures.js';
import { gradeAfterModeration, gradeFigures, originalGrade } from './grades.js';
import { headlines } from './headlines.js';
import { countLedger } from './ledger-count.js';
import { moderationFigures } from './moderation-figures.js';
import { periodBefore, type Period } from './period.js';
import { reconciled, type Contradiction } from './reconcile.js';
import { inMonth, monthlyOnly, serviceName, type ReportInput } from './report-input.js';
import type { Report } from './report-model.js';
import { sectionsOf, undeliverableRefs } from './report-sections.js';
import { loopFigures, themeFigures } from './theme-figures.js';

/**
 * The Board's report of a period (5.3, 9, 13, 14): counted once, then reconciled, and refused with the
 * cells named when anything in it contradicts.
 */
export function boardReport(
  period: Period,
  input: ReportInput,
  scope = 'All services',
): Report | Contradiction {
  const fixed = fixedFigures(period, input);
  const report: Report = {
    period,
    title: `Practice Learning Reviews: ${period.inWords}`,
    scope,
    madeOn: input.madeOn,
    headlines: headlinesOf(period, input, fixed),
    sections: sectionsOf(period, input, fixed),
    notes: dataNotes(input, period.months, undeliverableRefs(input)),
    fixed,
  };
  const ledger = input.ledger && countLedger(input.figures, input.ledger, period.months);
  return reconciled(report, ledger);
}

/** The same report of one service alone: its page at the Performance Surgery (9). */
export function serviceReport(
  period: Period,
  input: ReportInput,
  service: ServiceId,
): Report | Contradiction {
  const own = <T extends { readonly serviceId: ServiceId }>(all: readonly T[]) =>
    all.filter((one) => one.serviceId === service);
  const figures = own(input.figures);
  const elsewhere = new Set(input.figures.filter((one) => one.serviceId !== service).map((one) => one.ref));
  const { ledger, ...rest } = input;
  const narrowed: ReportInput = {
    ...rest,
    ...{ figures, previous: own(input.previous), loop: own(input.loop) },
    // Open cases are counted for the council as a whole: they are no base for one service.
    openCases: new Map(),
    ...(ledger && { ledger: ledger.filter((line) => !elsewhere.has(line.ref)) }),
  };
  return boardReport(period, narrowed, serviceName(service, input.names));
}

function fixedFigures({ months }: Period, input: ReportInput): FixedFigures {
  const { names, openCases } = input;
  const monthly = monthlyOnly(input.figures);
  const lost = undeliverableRefs(input);
  return {
    compliance: [
      ...months.map((month) => complianceLine(month, countCompliance(inMonth(monthly, month), lost))),
      complianceLine('total', countCompliance(monthly, lost)),
    ],
    grades: gradeFigures({ figures: monthly, months, names }, originalGrade),
    gradesAfterModeration: gradeFigures({ figures: monthly, months, names }, gradeAfterModeration),
    moderation: moderationFigures(monthly, input.measureAgreement),
    alerts: alertFigures(input.figures),
    actions: actionFigures(input.figures, input.madeOn),
    themes: themeFigures(monthly, monthlyOnly(input.previous)),
    loop: loopFigures(input.loop),
    coverage: coverageFigures({
      ...{ figures: monthly, months, openCases },
      targetPercent: input.coverageTargetPercent,
    }),
  };
}

function headlinesOf(period: Period, input: ReportInput, fixed: FixedFigures): string[] {
  const before = countCompliance(monthlyOnly(input.previous), new Set());
  return headlines({
    fixed,
    before: before.sent === 0 ? null : complianceLine('total', before),
    beforeInWords: periodBefore(period).inWords,
    smallNumber: input.smallNumber,
  });
}
