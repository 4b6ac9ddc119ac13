import { percent } from './proportion.js';
import type { LocalDate, Month } from '../time.js';

const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** "March 2022". */
export function monthInWords(month: Month): string {
  const [year = '', number = ''] = month.split('-');
  return `${monthNames[Number(number) - 1] ?? number} ${year}`;
}

/** "7 June 2022". */
export function dateInWords(date: LocalDate): string {
  const [year, month, day] = date.split('-');
  return `${Number(day)} ${monthNames[Number(month) - 1] ?? ''} ${year ?? ''}`;
}

/** "9% (7/80)", for a table's cell. */
export function shareInCell(n: number, of: number): string {
  const share = percent(n, of);
  return share === null ? `– (${n}/${of})` : `${share}% (${n}/${of})`;
}

/** "1 PLR", "12 PLRs". */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}

/** "a", "a and b", "a, b and c". */
export function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}
