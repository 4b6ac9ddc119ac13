import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { makeWorld } from '../faults/bot-process.js';
import { median, residentMb, rounded, type BenchResult } from './bench.js';

const rounds = 5;
const programs = {
  ours: fileURLToPath(new URL('../../dist/main.js', import.meta.url)),
  bare: fileURLToPath(new URL('../../dist/bench/bare-teams-ai-bot.js', import.meta.url)),
};

/** As JavaScript, as we are: what compiles on the way would be counted with it. */
function buildBare(): void {
  const source = readFileSync(new URL('./bare-teams-ai-bot.ts', import.meta.url), 'utf8');
  const { module, target } = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
  mkdirSync(dirname(programs.bare), { recursive: true });
  writeFileSync(
    programs.bare,
    ts.transpileModule(source, { compilerOptions: { module, target } }).outputText,
  );
}

/** From the start of the process to ready, and resident then, against a bare teams-ai bot. In turns. */
export async function benchStart(): Promise<BenchResult[]> {
  buildBare();
  const world = await makeWorld(0);
  const found = { ours: [] as Started[], bare: [] as Started[] };
  try {
    for (let round = 0; round < rounds; round += 1)
      for (const who of ['bare', 'ours'] as const) found[who].push(await started(programs[who], world.env));
  } finally {
    await world.stop();
  }
  return (['readyMs', 'idleMb'] as const).map((what) => {
    const [ours, bare] = [found.ours, found.bare].map((all) => median(all.map((one) => one[what])));
    const name = what === 'readyMs' ? 'start: cold start to ready' : 'memory: resident when idle';
    return {
      name: `${name} ÷ a bare teams-ai bot`,
      ratio: rounded(ours! / bare!),
      target: 1.3,
      good: 'at most',
      details: { ours: rounded(ours!, 1), bare: rounded(bare!, 1), unit: what === 'readyMs' ? 'ms' : 'MB' },
    };
  });
}

interface Started {
  readonly readyMs: number;
  readonly idleMb: number;
}

async function started(program: string, env: NodeJS.ProcessEnv): Promise<Started> {
  const port = await freePort();
  const began = performance.now();
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, ...env, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    while (!(await isReady(port)));
    const readyMs = performance.now() - began;
    return { readyMs, idleMb: residentMb(child.pid ?? 0) };
  } finally {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
}

async function isReady(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/readyz`)).status === 200;
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
