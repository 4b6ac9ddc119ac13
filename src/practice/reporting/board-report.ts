import { complianceService } from '../plr/whose-compliance.js';
import type { ServiceId } from '../base/ids.js';
import { calibrate, type Calibration, gradePairs } from '../moderation/calibration.js';
import type { PlrFigures } from '../plr/figures.js';
import { actionFigures } from './action-figures.js';
import { countedAlerts } from './alert-figures.js';
import { complianceLine, countCompliance } from '../plr/compliance.js';
import { coverageFigures } from './coverage.js';
import { dataNotes } from './data-quality.js';
import type { FixedFigures } from '../plr/fixed-figures.js';
import { gradeAfterModeration, gradeFigures, originalGrade } from './grades.js';
import { headlines } from './headlines.js';
import { countLedger } from './ledger-count.js';
import { moderationFigures } from './moderation-figures.js';
import { periodBefore, type Period } from '../plr/period.js';
import { reconciled, type Contradiction } from './reconcile.js';
import {
  inMonth,
  monthlyOnly,
  reportServiceName,
  type ReportInput,
  type ReportScope,
} from './report-input.js';
import type { Report } from '../surface/report-model.js';
import { reportSections, undeliverableRefs } from './report-sections.js';
import { countedLoop, themeFigures } from './theme-figures.js';

/**
 * The Board's report of a period (docs/domain.md, 5.3, 9, 13, 14): counted once, then reconciled, and refused
 * with the cells named when anything in it contradicts itself.
 */
export function boardReport(period: Period, input: ReportInput): Report | Contradiction {
  return reportOf(period, { asked: input, reviewed: input }, 'All services');
}

/** The same report of one service alone: its page at the Performance Surgery (docs/domain.md, 9). */
export function serviceReport(
  period: Period,
  input: ReportInput,
  service: ServiceId,
): Report | Contradiction {
  const asked = narrowed(input, service, (one) => complianceService(one) === service);
  const reviewed = narrowed(input, service, (one) => one.serviceId === service);
  return reportOf(period, { asked, reviewed }, reportServiceName(service, input.names));
}

function narrowed(input: ReportInput, service: ServiceId, counts: (one: PlrFigures) => boolean): ReportInput {
  const elsewhere = new Set(input.figures.filter((one) => !counts(one)).map((one) => one.ref));
  const { ledger, ...rest } = input;
  return {
    ...rest,
    figures: input.figures.filter(counts),
    previous: input.previous.filter(counts),
    loop: input.loop.filter((line) => line.serviceId === service),
    // Open cases are counted for the council as a whole, so they cannot be the base for one service.
    openCases: new Map(),
    ...(ledger && { ledger: ledger.filter((line) => !elsewhere.has(line.ref)) }),
  };
}

function reportOf(period: Period, scope: ReportScope, name: string): Report | Contradiction {
  const { asked, reviewed } = scope;
  // Seeded by the period, so that the same figures give the same interval every time.
  const calibration = calibrate(gradePairs(monthlyOnly(reviewed.figures)), `report ${period.id}`);
  const fixed = fixedFigures(period, scope, calibration);
  const report: Report = {
    period,
    title: `Practice Learning Reviews: ${period.inWords}`,
    scope: name,
    madeOn: asked.madeOn,
    headlines: headlinesOf(period, asked, fixed),
    sections: reportSections(period, scope, fixed, calibration.kappa),
    notes: dataNotes(scope, period.months, undeliverableRefs(asked)),
    fixed,
  };
  const ledger = asked.ledger && countLedger(asked.figures, asked.ledger, period.months);
  return reconciled(report, ledger);
}

function fixedFigures(
  { months }: Period,
  { asked, reviewed }: ReportScope,
  calibration: Calibration,
): FixedFigures {
  const { names, openCases } = reviewed;
  const sent = monthlyOnly(asked.figures);
  const monthly = monthlyOnly(reviewed.figures);
  const lost = undeliverableRefs(asked);
  return {
    compliance: [
      ...months.map((month) => complianceLine(month, countCompliance(inMonth(sent, month), lost))),
      complianceLine('total', countCompliance(sent, lost)),
    ],
    grades: gradeFigures({ figures: monthly, months, names }, originalGrade),
    gradesAfterModeration: gradeFigures({ figures: monthly, months, names }, gradeAfterModeration),
    moderation: moderationFigures(monthly, reviewed.madeOn, calibration),
    alerts: countedAlerts(reviewed.figures),
    actions: actionFigures(reviewed.figures, reviewed.madeOn),
    themes: themeFigures(monthly, monthlyOnly(reviewed.previous)),
    loop: countedLoop(reviewed.loop),
    coverage: coverageFigures({
      ...{ figures: monthly, months, openCases },
      targetPercent: reviewed.coverageTargetPercent,
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
