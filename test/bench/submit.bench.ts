import { cpuMs, median, rounded, type BenchResult } from './bench.js';
import { begun, inFlight, lineTo, review, stepsOfReview } from './reviewers.js';
import { makeSubmitWorld, type RunningBot, type SubmitWorld } from './submit-world.js';
import type { Plr } from '../../src/practice/plr.js';

const rounds = 10;
const reviewsOfRound = 3 * inFlight;
const reviewsOfWarmUp = 8 * inFlight;

interface Cost {
  readonly cpuMs: number;
  readonly perSecond: number;
  readonly p99Ms: number;
}

/**
 * A step of a review, checked, saved with its log row and answered with the next card, against the least bots
 * there are, that read one row, write one and answer with a fixed card. 16 at a time, in turns, on one storage.
 */
export async function benchSubmit(): Promise<BenchResult[]> {
  const world = await makeSubmitWorld(reviewsOfWarmUp + rounds * reviewsOfRound);
  try {
    return await measuredIn(world);
  } finally {
    await world.stop();
  }
}

async function measuredIn(world: SubmitWorld): Promise<BenchResult[]> {
  const bots = [...world.peers, world.ours];
  const costs = new Map<string, Cost[]>(bots.map(({ name }) => [name, []]));
  const left = [...world.plrs];
  for (const bot of bots) await measured(bot, left.slice(0, reviewsOfWarmUp), world);
  left.splice(0, reviewsOfWarmUp);
  for (let round = 0; round < rounds; round += 1) {
    const plrs = left.splice(0, reviewsOfRound);
    for (const bot of bots) costs.get(bot.name)?.push(await measured(bot, plrs, world));
  }
  const made = (reviewsOfWarmUp + rounds * reviewsOfRound) * stepsOfReview;
  const saved = await world.saves();
  if (saved !== made) throw new Error(`${made} steps were answered and ${saved} were saved.`);
  return results(costs, world.missing);
}

/** Everyone goes through their review, 16 at a time. */
async function measured(bot: RunningBot, plrs: readonly Plr[], { connector }: SubmitWorld): Promise<Cost> {
  const line = lineTo(bot, connector);
  const waiting = await Promise.all(plrs.map((plr) => begun(plr, line)));
  const took: number[] = [];
  const cpuBefore = cpuMs(bot.pid);
  const began = performance.now();
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      took.push(...(await review(next, line)));
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  const seconds = (performance.now() - began) / 1_000;
  line.agent.destroy();
  const inOrder = took.sort((one, other) => one - other);
  return {
    cpuMs: (cpuMs(bot.pid) - cpuBefore) / took.length,
    perSecond: took.length / seconds,
    p99Ms: inOrder[Math.floor(took.length * 0.99)]!,
  };
}

function results(
  costs: ReadonlyMap<string, readonly Cost[]>,
  missing: Readonly<Record<string, string>>,
): BenchResult[] {
  const each = [
    { what: 'cpuMs', of: 'CPU for each step', target: 1, good: 'at most' },
    { what: 'perSecond', of: 'steps a second', target: 1, good: 'at least' },
    { what: 'p99Ms', of: 'p99', target: 1.2, good: 'at most' },
  ] as const;
  return each.map(({ what, of, target, good }) => {
    const medians = new Map([...costs].map(([name, all]) => [name, median(all.map((one) => one[what]))]));
    const ours = medians.get('ours')!;
    const theirs = [...medians].filter(([name]) => name !== 'ours').map(([, value]) => value);
    const best = good === 'at most' ? Math.min(...theirs) : Math.max(...theirs);
    const details = Object.fromEntries([...medians].map(([name, value]) => [name, rounded(value)]));
    const name = `submit: ${of} ÷ the best of the bare bots`;
    return { name, ratio: rounded(ours / best), target, good, details: { ...details, ...missing } };
  });
}
