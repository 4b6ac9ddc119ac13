/**
 * Text that a spreadsheet would take for a formula, made harmless: a service named `=HYPERLINK(…)` in an
 * import must not run when the Board opens the report. The apostrophe is what a person would type.
 */
export function harmless(text: string): string {
  return /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
}
