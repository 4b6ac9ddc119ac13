import { printable } from './printable.js';

/** Rows as CSV (RFC 4180): texts made harmless, and quoted where they must be. */
export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  return rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

function csvCell(value: string | number): string {
  const text = typeof value === 'number' ? String(value) : harmless(printable(value));
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Text that a spreadsheet would take for a formula, made harmless: a service named `=HYPERLINK(…)` in an
 * import must not run when the Board opens the report. The apostrophe is what a person would type.
 */
export function harmless(text: string): string {
  return /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
}
