import { assertNever } from '../base/errors.js';
import { shareInWords, wilson, type Interval } from '../base/statistics/proportion.js';
import { grades, type Grade } from '../plr/grade.js';
import {
  bootstrapKappa,
  quadraticWeightedKappa,
  type AgreementTable,
} from '../base/statistics/weighted-kappa.js';
import { type PlrFigures, returnedOnly } from '../plr/figures.js';
import type { CycleId } from '../base/ids.js';

/** One moderated PLR: the manager's overall grade, and the moderator's, given without sight of it. */
export interface GradePair {
  readonly original: Grade;
  readonly moderated: Grade;
}

export interface Share {
  readonly n: number;
  readonly of: number;
}

/**
 * How far managers and moderators grade alike (docs/domain.md, 4.4 to 4.6, 13). *Up* always means that the
 * moderated grade is better than the manager's, and *down* that it is poorer.
 */
export interface Calibration {
  readonly pairs: number;
  /** 4 × 4, each best grade first: rows the manager's grade, columns the moderated. */
  readonly matrix: AgreementTable;
  readonly exact: Share;
  readonly withinOne: Share;
  readonly up: Share;
  readonly down: Share;
  /** Whether one direction outweighs the other by more than chance (two-sided sign test at 5%). */
  readonly lean: 'up' | 'down' | 'not-shown';
  readonly kappa: Kappa;
}

export type Kappa =
  | { readonly is: 'too-few'; readonly pairs: number; readonly needed: number }
  /** All or nearly all pairs have the same grade: agreement beyond chance cannot be worked out. */
  | { readonly is: 'too-little-variation' }
  | {
      readonly is: 'estimate';
      readonly value: number;
      /** 95%, percentile bootstrap. */
      readonly interval: Interval;
      readonly resamples: number;
    };

const pairsForKappa = 30;

/** @param seed of the bootstrap: the same figures under the same seed give the same interval. */
export function calibrate(pairs: readonly GradePair[], seed: string): Calibration {
  const matrix = grades.map((original) =>
    grades.map(
      (moderated) =>
        pairs.filter((pair) => pair.original === original && pair.moderated === moderated).length,
    ),
  );
  // Grades are listed best first, so a moderated grade further along is the poorer one.
  const steps = pairs.map((pair) => grades.indexOf(pair.moderated) - grades.indexOf(pair.original));
  const share = (holds: (step: number) => boolean): Share => ({
    n: steps.filter(holds).length,
    of: pairs.length,
  });
  const up = share((step) => step < 0);
  const down = share((step) => step > 0);
  return {
    pairs: pairs.length,
    matrix,
    exact: share((step) => step === 0),
    withinOne: share((step) => Math.abs(step) <= 1),
    up,
    down,
    lean: leanOf(up.n, down.n),
    kappa: kappaOf(matrix, pairs.length, seed),
  };
}

function kappaOf(matrix: AgreementTable, pairs: number, seed: string): Kappa {
  if (pairs < pairsForKappa) return { is: 'too-few', pairs, needed: pairsForKappa };
  const value = quadraticWeightedKappa(matrix);
  const bootstrap = bootstrapKappa(matrix, seed);
  if (value === undefined || bootstrap === undefined) return { is: 'too-little-variation' };
  return { is: 'estimate', value, interval: bootstrap.interval, resamples: bootstrap.resamples };
}

function leanOf(up: number, down: number): Calibration['lean'] {
  if (signTest(up, down) >= 0.05) return 'not-shown';
  return up > down ? 'up' : 'down';
}

/** The chance, up and down being equally likely, of a split at least as uneven as this one. Exact, two-sided. */
export function signTest(up: number, down: number): number {
  const n = up + down;
  let term = 0.5 ** n;
  let tail = 0;
  for (let k = 0; k <= Math.min(up, down); k += 1) {
    tail += term;
    term = (term * (n - k)) / (k + 1);
  }
  return Math.min(1, 2 * tail);
}

/**
 * The same in sentences that claim no more than the figures allow: no adjective for kappa, no direction
 * that chance would explain, and what the figures are about. For personal chat and the Board's report: a
 * count can be small, so never for a channel.
 */
export function calibrationInWords(calibration: Calibration): string[] {
  const { pairs, exact, withinOne, up, down } = calibration;
  if (pairs === 0) return ['No PLR has been moderated yet, so there is nothing to say about grading.'];
  const plrs = pairs === 1 ? 'moderated PLR' : 'moderated PLRs';
  return [
    `Manager and moderator gave the same grade in ${shareInWords(exact.n, exact.of)} ${plrs}${margin(exact)}.`,
    `They were within one grade in ${shareInWords(withinOne.n, withinOne.of)}.`,
    `Moderation gave a better grade in ${shareInWords(up.n, up.of)} and a poorer grade in ${shareInWords(down.n, down.of)}.`,
    ...leanInWords(calibration),
    kappaInWords(calibration.kappa),
    'Every Inadequate PLR is moderated, so these figures describe moderated PLRs, not all that were returned.',
  ];
}

/** From as many pairs as kappa asks for; below that the sentence about too few says enough. */
function margin({ n, of }: Share): string {
  const interval = of < pairsForKappa ? null : wilson(n, of);
  if (interval === null) return '';
  return ` (95% interval ${Math.round(100 * interval.low)}% to ${Math.round(100 * interval.high)}%)`;
}

function leanInWords({ lean, up, down }: Calibration): string[] {
  if (lean === 'up') return ['Managers tend to give a poorer grade than moderators.'];
  if (lean === 'down') return ['Managers tend to give a better grade than moderators.'];
  return up.n + down.n === 0
    ? []
    : ['These figures do not show that managers grade higher or lower than moderators.'];
}

function kappaInWords(kappa: Kappa): string {
  switch (kappa.is) {
    case 'too-few':
      return `Weighted kappa: too few to say (${kappa.pairs} of the ${kappa.needed} pairs it needs).`;
    case 'too-little-variation':
      return 'Weighted kappa: cannot be worked out, because nearly all the grades are the same.';
    case 'estimate':
      return `Weighted kappa (agreement beyond chance, 1 at most): ${kappa.value.toFixed(2)}, 95% interval ${kappa.interval.low.toFixed(2)} to ${kappa.interval.high.toFixed(2)}.`;
    default:
      return assertNever(kappa);
  }
}

/** The manager's grade and the moderator's blind one, wherever both were given. */
export function gradePairs(figures: readonly PlrFigures[]): GradePair[] {
  return returnedOnly(figures).flatMap(({ grades: { original, moderated } }) =>
    original === undefined || moderated === undefined ? [] : [{ original, moderated }],
  );
}

export interface CycleFigures {
  readonly id: CycleId;
  readonly figures: readonly PlrFigures[];
}
