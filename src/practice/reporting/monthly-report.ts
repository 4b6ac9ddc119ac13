import type { Month } from '../time.js';
import { boardReport } from './board-report.js';
import { monthlyPeriod } from './period.js';
import type { Contradiction } from './reconcile.js';
import type { ReportInput } from './report-input.js';
import type { Report } from './report-model.js';

/** The Board's monthly report (5.3): `input.figures` are that month's cycles, `previous` the month's before. */
export function monthlyReport(month: Month, input: ReportInput): Report | Contradiction {
  return boardReport(monthlyPeriod(month), input);
}
