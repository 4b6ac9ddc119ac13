import { cpuMs, median, rounded, type BenchResult } from './bench.js';
import {
  begin,
  checked,
  inFlight,
  lineTo,
  pressesOf,
  review,
  reviewer,
  stepsOfReview,
  type Presses,
  type Reviewed,
} from './reviewers.js';
import { makeSubmitWorld, type RunningBot, type SubmitWorld } from './submit-world.js';
import type { Plr } from '../../src/practice/plr/plr.js';

const rounds = 10;
const reviewsOfRound = 3 * inFlight;
const reviewsOfWarmUp = 16 * inFlight;
/** And one that shows what the presses are. */
const reviews = 1 + reviewsOfWarmUp + rounds * reviewsOfRound;

/** Of one bot in one round. */
interface Cost {
  readonly cpuMs: number;
  readonly perSecond: number;
  /** How long each answer took, in milliseconds. */
  readonly took: readonly number[];
}

/**
 * A step of a review, checked, saved with its log row and answered with the next card, against the least bots
 * there are, that read one row, write one and answer with a fixed card. 16 at a time, in turns, on one storage.
 */
export async function benchSubmit(): Promise<BenchResult[]> {
  const world = await makeSubmitWorld(reviews);
  try {
    return await measuredIn(world);
  } finally {
    await world.stop();
  }
}

async function measuredIn(world: SubmitWorld): Promise<BenchResult[]> {
  const bots = [...world.peers, world.ours];
  const costs = new Map<string, Cost[]>(bots.map(({ name }) => [name, []]));
  const [first, ...left] = world.plrs;
  const presses = await pressesOf(first!, lineTo(world.ours, world.connector));
  const warmUp = left.splice(0, reviewsOfWarmUp);
  for (const bot of bots) await measured(bot, warmUp, presses, world);
  for (let round = 0; round < rounds; round += 1) {
    const plrs = left.splice(0, reviewsOfRound);
    for (const bot of bots) costs.get(bot.name)?.push(await measured(bot, plrs, presses, world));
  }
  const made = reviews * stepsOfReview;
  const saved = await world.saves();
  if (saved !== made) throw new Error(`${made} steps were answered and ${saved} were saved.`);
  return results(costs, world.missing);
}

/** Everyone goes through their review, 16 at a time. Every bot gets the same, made before; what it answered is read after. */
async function measured(
  bot: RunningBot,
  plrs: readonly Plr[],
  presses: Presses,
  { connector }: SubmitWorld,
): Promise<Cost> {
  const line = lineTo(bot, connector);
  if (bot.name === 'ours') await Promise.all(plrs.map((plr) => begin(plr, line)));
  const waiting = plrs.map((plr) => reviewer(plr, presses, line));
  const done: Reviewed[] = [];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      done.push(await review(next, line));
  };
  const cpuBefore = cpuMs(bot.pid);
  const began = performance.now();
  await Promise.all(Array.from({ length: inFlight }, worker));
  const seconds = (performance.now() - began) / 1_000;
  const cpu = cpuMs(bot.pid) - cpuBefore;
  line.agent.destroy();
  for (const { answers } of done) checked(answers, presses, line);
  const took = done.flatMap((one) => one.took);
  return { cpuMs: cpu / took.length, perSecond: took.length / seconds, took };
}

function results(
  costs: ReadonlyMap<string, readonly Cost[]>,
  missing: Readonly<Record<string, string>>,
): BenchResult[] {
  const each = [
    { what: 'CPU for each step', of: medianOf('cpuMs'), target: 1, good: 'at most' },
    { what: 'steps a second', of: medianOf('perSecond'), target: 1, good: 'at least' },
    { what: 'p99', of: p99, target: 1.2, good: 'at most' },
  ] as const;
  return each.map(({ what, of, target, good }) => {
    const figures = new Map([...costs].map(([name, rounds]) => [name, of(rounds)]));
    const ours = figures.get('ours')!;
    const theirs = [...figures].filter(([name]) => name !== 'ours').map(([, value]) => value);
    const best = good === 'at most' ? Math.min(...theirs) : Math.max(...theirs);
    const details = Object.fromEntries([...figures].map(([name, value]) => [name, rounded(value)]));
    const name = `submit: ${what} ÷ the best of the bare bots`;
    return { name, ratio: rounded(ours / best), target, good, details: { ...details, ...missing } };
  });
}

function medianOf(what: 'cpuMs' | 'perSecond') {
  return (rounds: readonly Cost[]) => median(rounds.map((round) => round[what]));
}

/** Of all steps together: the slowest hundredth of one round is seven steps, which one pause of the storage takes at once. */
function p99(rounds: readonly Cost[]): number {
  const took = rounds.flatMap((round) => round.took).sort((one, other) => one - other);
  return took[Math.floor(took.length * 0.99)]!;
}
