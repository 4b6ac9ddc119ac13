import { fractionsFrom } from '../keyed-order.js';
import type { Interval } from './proportion.js';

/** Counts of two raters' grades of the same things: rows the first rater, columns the second. Square. */
export type AgreementTable = readonly (readonly number[])[];

export interface Bootstrap {
  readonly interval: Interval;
  /** Resamples in which kappa could be worked out, of those drawn. */
  readonly usable: number;
  readonly resamples: number;
}

/**
 * Weighted kappa with quadratic weights (Cohen 1968): one less the observed disagreement over that
 * expected of the two raters' own habits, a disagreement of d grades counting d².
 * @returns undefined when no disagreement could be expected: there is one grade only, or no pair.
 */
export function quadraticWeightedKappa(table: AgreementTable): number | undefined {
  const rows = table.map(sum);
  const columns = rows.map((_, column) => sum(table.map((row) => row[column] ?? 0)));
  const n = sum(rows);
  let observed = 0;
  let expected = 0;
  for (const [i, inRow] of rows.entries()) {
    for (const [j, inColumn] of columns.entries()) {
      const weight = (i - j) ** 2;
      observed += weight * (table[i]?.[j] ?? 0);
      expected += weight * inRow * inColumn;
    }
  }
  return expected === 0 ? undefined : 1 - (n * observed) / expected;
}

/**
 * A 95% percentile interval for kappa: pairs are drawn again with replacement, as many as there are, and
 * the middle 95% of the kappas kept (Efron). Seeded, so that a report made again says the same.
 * @returns undefined when more than 5% of the resamples have too little variation for a kappa.
 */
export function bootstrapKappa(table: AgreementTable, seed: string, resamples = 2000): Bootstrap | undefined {
  const size = table.length;
  const cells = table.flatMap((row, i) =>
    row.flatMap((count, j) => new Array<number>(count).fill(i * size + j)),
  );
  const next = fractionsFrom(seed);
  const kappas: number[] = [];
  for (let resample = 0; resample < resamples; resample += 1) {
    const again = table.map((row) => row.map(() => 0));
    for (let pair = 0; pair < cells.length; pair += 1) {
      const cell = cells[Math.floor(next() * cells.length)] ?? 0;
      const row = again[Math.floor(cell / size)];
      if (row !== undefined) row[cell % size] = (row[cell % size] ?? 0) + 1;
    }
    const kappa = quadraticWeightedKappa(again);
    if (kappa !== undefined) kappas.push(kappa);
  }
  if (kappas.length < 0.95 * resamples || kappas.length === 0) return undefined;
  kappas.sort((a, b) => a - b);
  const interval = { low: quantile(kappas, 0.025), high: quantile(kappas, 0.975) };
  return { interval, usable: kappas.length, resamples };
}

/** Linear between the two nearest of a sorted, non-empty list (Hyndman and Fan's type 7, R's default). */
export function quantile(sorted: readonly number[], part: number): number {
  const at = (sorted.length - 1) * part;
  const below = sorted[Math.floor(at)] ?? NaN;
  const above = sorted[Math.ceil(at)] ?? NaN;
  return below + (above - below) * (at - Math.floor(at));
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
