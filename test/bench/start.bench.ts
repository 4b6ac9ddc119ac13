import { makeWorld } from '../faults/world.js';
import { median, rounded, type BenchResult } from './bench.js';
import { build, product, started } from './programs.js';

const rounds = 7;

/** From the start of the process to ready, against a bare teams-ai bot. In turns, with the same flags of Node. */
export async function benchStart(): Promise<BenchResult[]> {
  const programs = { bare: build('./bare-teams-ai-bot.ts'), ours: product };
  const readyMs = { bare: [] as number[], ours: [] as number[] };
  const world = await makeWorld(0);
  try {
    for (let round = 0; round < rounds; round += 1)
      for (const who of ['bare', 'ours'] as const) {
        const running = await started(programs[who], world.env);
        readyMs[who].push(running.readyMs);
        await running.stop();
      }
  } finally {
    await world.stop();
  }
  const [ours, bare] = [median(readyMs.ours), median(readyMs.bare)];
  return [
    {
      name: 'start: cold start to ready ÷ a bare teams-ai bot',
      ratio: rounded(ours / bare),
      target: 1.3,
      good: 'at most',
      details: { oursMs: rounded(ours, 1), bareMs: rounded(bare, 1), rounds },
    },
  ];
}
