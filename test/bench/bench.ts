import { readFileSync } from 'node:fs';

/** One measurement as a ratio: of us to what people would use instead, or of what was reached to what is allowed. */
export interface BenchResult {
  readonly name: string;
  readonly ratio: number;
  readonly target: number;
  /** Which side of the target is good. */
  readonly good: 'at most' | 'at least';
  /** What the ratio was made of. */
  readonly details: Readonly<Record<string, number | string>>;
}

export function isMet({ ratio, target, good }: BenchResult): boolean {
  return good === 'at most' ? ratio <= target : ratio >= target;
}

/** Resident memory of a process in MB (Linux). */
export function residentMb(pid: number): number {
  const kb = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kb) / 102.4) / 10;
}

export function rounded(value: number, digits = 3): number {
  return Number(value.toFixed(digits));
}

export function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)]!;
}

/** CPU time of a process so far, in milliseconds, to the clock tick of 10 ms (Linux). */
export function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return 10 * (Number(fields[11]) + Number(fields[12]));
}
