import { trackerColumns, type TrackerLine } from '../practice/actions/tracker.js';
import { csvOf } from './spreadsheet-text.js';

/** The tracker as CSV, with a byte order mark: Excel takes it for UTF-8 by that alone. */
export function actionsCsv(lines: readonly TrackerLine[]): string {
  const header = trackerColumns.map(({ title }) => title);
  return `\uFEFF${csvOf([header, ...lines.map((line) => trackerColumns.map(({ key }) => line[key]))])}`;
}
