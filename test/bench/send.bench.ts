import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { aadObjectIdOf } from '../builders/small-council.js';
import { makeWorld, type World } from '../faults/world.js';
import { median, rounded, type BenchResult } from './bench.js';

const warmUps = 200;
const messages = 800;
const rounds = 3;

interface Cost {
  readonly cpuMs: number;
  readonly perSecond: number;
}

/** What one delivered card costs, against the least that botbuilder needs for one. In turns, a process each. */
export async function benchSend(): Promise<BenchResult[]> {
  const costs: Record<'ours' | 'bare', Cost[]> = { ours: [], bare: [] };
  for (let round = 0; round < rounds; round += 1)
    for (const who of ['bare', 'ours'] as const) costs[who].push(await measured(who));
  const [ours, bare] = [costs.ours, costs.bare].map((all) => median(all.map(({ cpuMs }) => cpuMs)));
  return [
    {
      name: 'send: CPU for each delivered card ÷ a bare botbuilder loop',
      ratio: rounded(ours! / bare!),
      target: 1.3,
      good: 'at most',
      details: {
        oursCpuMs: rounded(ours!),
        bareCpuMs: rounded(bare!),
        oursPerSecond: Math.round(median(costs.ours.map(({ perSecond }) => perSecond))),
        barePerSecond: Math.round(median(costs.bare.map(({ perSecond }) => perSecond))),
      },
    },
  ];
}

async function measured(who: 'ours' | 'bare'): Promise<Cost> {
  const world = await makeWorld(warmUps + messages);
  try {
    return await inChild(who, world);
  } finally {
    await world.stop();
  }
}

async function inChild(who: string, { env, people, connector }: World): Promise<Cost> {
  const program = fileURLToPath(new URL('./send-child.ts', import.meta.url));
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', program, who, String(warmUps), String(messages)],
    { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'inherit'] },
  );
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stdin.end(
    JSON.stringify(
      people.map((person) => ({ person, id: connector.personalConversation(aadObjectIdOf(person)) })),
    ),
  );
  await once(child, 'close');
  return JSON.parse(said) as Cost;
}
