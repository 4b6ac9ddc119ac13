import { boardReport } from './board-report.js';
import { quarterlyPeriod } from './period.js';
import type { Contradiction } from './reconcile.js';
import type { ReportInput } from './report-input.js';
import type { Report } from './report-model.js';

/**
 * The Board's report of a financial quarter, by its id (`2021-22-Q4`: January to March 2022).
 * @throws RangeError when the id is not a quarter's.
 */
export function quarterlyReport(quarter: string, input: ReportInput): Report | Contradiction {
  return boardReport(quarterlyPeriod(quarter), input);
}
