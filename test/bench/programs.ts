import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { freePort } from '../stand-ins/free-port.js';

const dist = new URL('../../dist/', import.meta.url);

/**
 * Builds a program of the benches to JavaScript beside the product's own, and returns its path: what compiles
 * on the way would be counted with it.
 */
export function build(...sources: readonly [program: string, ...itsParts: string[]]): string {
  const [built] = sources.map((source) => {
    const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
    const text = readFileSync(new URL(source, import.meta.url), 'utf8');
    const { outputText } = ts.transpileModule(text, { compilerOptions: options });
    const name = source.replace(/^.*\//, '').replace('.ts', '.js');
    const target = new URL(`bench/${name}`, dist);
    mkdirSync(new URL('.', target), { recursive: true });
    writeFileSync(target, outputText.replaceAll('../../src/', '../').replaceAll('../faults/', './'));
    return fileURLToPath(target);
  });
  return built!;
}

export const product = fileURLToPath(new URL('main.js', dist));

export interface Running {
  readonly url: string;
  readonly pid: number;
  /** From the start of the process until `/readyz` said so. */
  readonly readyMs: number;
  stop(): Promise<void>;
}

/** Starts a program of ours or a peer's, on a port of its own, and waits until it is ready. */
export async function started(program: string, env: NodeJS.ProcessEnv): Promise<Running> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const began = performance.now();
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, ...env, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  while (!(await isReady(url)))
    if (child.exitCode !== null) throw new Error(`${program} ended before it was ready.`);
  const readyMs = performance.now() - began;
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  return { url, pid: child.pid ?? 0, readyMs, stop };
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).status === 200;
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 5));
    return false;
  }
}
