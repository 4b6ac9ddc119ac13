/** A count below `lower` or above `upper` is a signal; the limits themselves are not. */
export interface ControlLimits {
  readonly lower: number;
  readonly upper: number;
}

/** What three standard deviations of a normal distribution cut off on one side. */
export const threeSigmaTail = 0.00135;

/**
 * The narrowest counts whose tails each hold at most `tail` of the binomial distribution of `trials` with
 * probability `p`. Where p is 0 or 1, nothing has varied yet, so nothing can be called unusual.
 */
export function binomialLimits(trials: number, p: number, tail = threeSigmaTail): ControlLimits {
  if (p <= 0 || p >= 1) return { lower: 0, upper: trials };
  const chances = binomialChances(trials, p);
  return { lower: cutOff(chances, tail), upper: trials - cutOff(chances.toReversed(), tail) };
}

/** How many of the first counts together stay within `tail`. */
function cutOff(chances: readonly number[], tail: number): number {
  let sum = 0;
  for (const [count, chance] of chances.entries()) {
    sum += chance;
    if (sum > tail) return count;
  }
  return chances.length - 1;
}

/** The chance of 0, 1, … `trials`, in logarithms so that large numbers of reviews do not underflow. */
export function binomialChances(trials: number, p: number): number[] {
  const chances: number[] = [];
  let logChoose = 0;
  for (let count = 0; count <= trials; count += 1) {
    if (count > 0) logChoose += Math.log((trials - count + 1) / count);
    chances.push(Math.exp(logChoose + count * Math.log(p) + (trials - count) * Math.log1p(-p)));
  }
  return chances;
}
