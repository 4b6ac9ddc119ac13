import { boardReport } from '../../src/practice/reporting/board-report.js';
import { monthlyPeriod, quarterlyPeriod } from '../../src/practice/plr/period.js';
import type { ReportInput } from '../../src/practice/reporting/report-input.js';
import type { Month } from '../../src/practice/base/time.js';

export function monthlyReport(month: Month, input: ReportInput) {
  return boardReport(monthlyPeriod(month), input);
}

/** By the quarter's id: `2021-22-Q4`. */
export function quarterlyReport(quarter: string, input: ReportInput) {
  return boardReport(quarterlyPeriod(quarter), input);
}
