import type { LocalDate, Month } from '../base/time.js';
import { monthOf } from '../base/time.js';
import { monthInWords } from '../council/words.js';
import { binomialLimits, type ControlLimits } from '../base/statistics/binomial.js';
import { countForChannel, type Count } from './themes.js';

/** One month of one theme: `n` of `of` returned reviews. */
export interface MonthlyCount extends Count {
  readonly month: Month;
}

export type ChartPoint =
  | {
      readonly is: 'shown';
      readonly month: Month;
      readonly n: number;
      readonly of: number;
      /** n ÷ of. */
      readonly proportion: number;
      /** Exact binomial limits for this month's number of reviews, as counts. */
      readonly limits: ControlLimits;
    }
  /** Too few reviews: not shown, and not in the centre line either. */
  | { readonly is: 'withheld'; readonly month: Month };
export type ShownPoint = Extract<ChartPoint, { is: 'shown' }>;

interface MonthSignal {
  readonly is: 'above-limit' | 'below-limit';
  readonly month: Month;
}
interface RunSignal {
  readonly is: 'run-above' | 'run-below';
  readonly from: Month;
  readonly until: Month;
}
export type Signal = MonthSignal | RunSignal;

export interface RunChart {
  readonly points: readonly ChartPoint[];
  /** The pooled proportion of the months on which it is based; `null` when no month may be shown. */
  readonly centre: number | null;
  readonly signals: readonly Signal[];
  /** The month in which the brief was discussed, to be marked. */
  readonly discussedIn: Month | null;
  /** One sentence, fit for a channel. */
  readonly say: string;
}

export interface ChartRules {
  readonly smallCount: number;
  readonly discussedOn?: LocalDate;
}

/** Fewer months than this say nothing about change. */
const fewestMonths = 8;
/** Months in a row on one side of the centre line that make a run. */
const runLength = 8;

/**
 * A p-chart whose limits are exact binomial tail probabilities and not three standard errors, which are
 * wrong (and often below 0) for a dozen reviews a month. Each tail is 0.00135, the share that three
 * standard deviations cut off. Source: D. J. Spiegelhalter, "Funnel plots for comparing institutional
 * performance", Statistics in Medicine 24 (2005), 1185–1202 (exact binomial limits); the run of eight on
 * one side of the centre line, months on the line passed over: L. P. Provost and S. K. Murray, The Health
 * Care Data Guide (2011). The centre is pooled over the months before the brief was discussed when there
 * are eight, else over all.
 *
 * Months come in order, one each.
 */
export function runChart(months: readonly MonthlyCount[], { smallCount, discussedOn }: ChartRules): RunChart {
  const discussedIn = discussedOn === undefined ? null : monthOf(discussedOn);
  const usable = months.filter(({ of }) => of >= smallCount && of > 0);
  const centre = pooled(baseline(usable, discussedIn));
  const points = months.map((one) => pointOf(one, centre, usable.includes(one)));
  const shown = points.filter((point) => point.is === 'shown');
  const enough = centre !== null && shown.length >= fewestMonths;
  const signals = enough ? [...beyondLimits(shown), ...runs(shown, centre)] : [];
  return { points, centre, signals, discussedIn, say: sentence(shown, signals, enough, smallCount) };
}

function baseline(usable: readonly MonthlyCount[], discussedIn: Month | null): readonly MonthlyCount[] {
  const before = usable.filter(({ month }) => discussedIn !== null && month < discussedIn);
  return before.length >= fewestMonths ? before : usable;
}

function pooled(months: readonly MonthlyCount[]): number | null {
  const { n, of } = total(months);
  return of === 0 ? null : n / of;
}

function total(months: readonly Count[]): Count {
  return months.reduce((sum, { n, of }) => ({ n: sum.n + n, of: sum.of + of }), { n: 0, of: 0 });
}

function pointOf({ month, n, of }: MonthlyCount, centre: number | null, mayShow: boolean): ChartPoint {
  if (!mayShow || centre === null) return { is: 'withheld', month };
  return { is: 'shown', month, n, of, proportion: n / of, limits: binomialLimits(of, centre) };
}

function beyondLimits(points: readonly ShownPoint[]): Signal[] {
  return points.flatMap(({ month, n, limits }): Signal[] => {
    if (n > limits.upper) return [{ is: 'above-limit', month }];
    return n < limits.lower ? [{ is: 'below-limit', month }] : [];
  });
}

/** Runs, at their full length. A month exactly on the centre line neither breaks a run nor makes it longer. */
function runs(points: readonly ShownPoint[], centre: number): Signal[] {
  const found: Signal[] = [];
  let run: ShownPoint[] = [];
  const close = () => {
    const [first, last] = [run[0], run.at(-1)];
    if (run.length < runLength || first === undefined || last === undefined) return;
    found.push({
      is: first.proportion > centre ? 'run-above' : 'run-below',
      from: first.month,
      until: last.month,
    });
  };
  for (const point of points.filter(({ n, of }) => n !== centre * of)) {
    const goesOn = run.at(-1)?.proportion;
    if (goesOn !== undefined && goesOn > centre !== point.proportion > centre) {
      close();
      run = [];
    }
    run.push(point);
  }
  close();
  return found;
}

/** States the latest signal, a run rather than a single month, and never why it came about. */
function sentence(
  shown: readonly ShownPoint[],
  signals: readonly Signal[],
  enough: boolean,
  smallCount: number,
): string {
  if (!enough) {
    return `It takes ${fewestMonths} months with enough reviews to tell a change from chance; so far the chart has ${shown.length}.`;
  }
  const run = signals.findLast((signal) => 'from' in signal);
  if (run !== undefined) {
    const often = run.is === 'run-above' ? 'more' : 'less';
    return `From ${monthInWords(run.from)} to ${monthInWords(run.until)} this was found ${often} often than usual, longer than chance is likely to explain; the chart cannot say why.`;
  }
  const point = signals.findLast((signal) => 'month' in signal);
  if (point !== undefined) {
    const often = point.is === 'above-limit' ? 'more' : 'less';
    return `In ${monthInWords(point.month)} this was found ${often} often than chance is likely to explain; one month does not make a trend.`;
  }
  return `This was found in ${countForChannel(total(shown), smallCount)} reviews over ${shown.length} months, with no change beyond what chance could explain; with so few reviews a month, only a large change would show.`;
}
