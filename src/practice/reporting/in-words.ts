import { percent } from '../base/statistics/proportion.js';

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
