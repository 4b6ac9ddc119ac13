import { trackerColumns, type TrackerLine } from '../practice/actions/tracker.js';
import { harmless } from './spreadsheet-text.js';

/** The tracker as CSV (RFC 4180), with a byte order mark: Excel takes it for UTF-8 by that alone. */
export function actionsCsv(lines: readonly TrackerLine[]): string {
  const rows = lines.map((line) =>
    trackerColumns.map(({ key }) => {
      const value = line[key];
      return typeof value === 'number' ? String(value) : harmless(value);
    }),
  );
  const header = trackerColumns.map(({ title }) => title);
  return `\uFEFF${[header, ...rows].map((row) => `${row.map(quoted).join(',')}\r\n`).join('')}`;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
