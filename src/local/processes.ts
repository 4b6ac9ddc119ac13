import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Fault } from '../practice/base/errors.js';

export interface ChildSpec {
  /** Names the log file, `<name>.log`, and the child in what people read. */
  readonly name: string;
  /** A JavaScript file, run with this Node. */
  readonly script: string;
  readonly args?: readonly string[];
  /** The address of a module that Node loads before the script. */
  readonly preload?: string;
  /** Added to this process's own environment. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
}

export interface Child {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  /** Settles, never rejects, when the process has ended, for whatever reason. */
  readonly ended: Promise<ProcessEnd>;
}

export interface ProcessEnd {
  readonly child: string;
  /** `exit code 1`, `SIGKILL`, or the reason it could not be started. */
  readonly how: string;
}

/**
 * Runs inside each child before its own code, and does two things:
 *
 * - It watches stdin, a pipe whose other end only the parent holds. The system closes it however the parent
 *   ends, `kill -9` included, so no child outlives it. The child then gets the SIGTERM that it would have had,
 *   and 5 seconds to write its data down.
 * - A server that names no host gets the loopback address: the Agents Playground would listen to the whole
 *   network and has no option against it.
 */
const guard = `
import { Server } from 'node:net';
const listen = Server.prototype.listen;
Server.prototype.listen = function (port, ...rest) {
  const open = typeof port === 'number' && typeof rest[0] !== 'string';
  return open ? listen.call(this, port, '127.0.0.1', ...rest) : listen.call(this, port, ...rest);
};
process.stdin.on('end', () => {
  setTimeout(() => process.exit(1), 5000).unref();
  process.kill(process.pid, 'SIGTERM');
});
process.stdin.resume();
process.stdin.unref();
`;
const guardModule = `data:text/javascript,${encodeURIComponent(guard)}`;

interface Held {
  readonly child: Child;
  readonly process: ChildProcess;
}

/** Children that run and end together. */
export class ProcessGroup {
  private readonly logFolder: string;
  private readonly graceMs: number;
  private readonly held: Held[] = [];
  private stopping: Promise<void> | undefined;
  private tellDeath: (ending: ProcessEnd) => void = () => undefined;
  /** Settles with the first child that ends without being asked to. */
  readonly firstDeath: Promise<ProcessEnd>;

  /** `graceMs`: how long a child has to end by itself before it is killed; 5 seconds unless said. */
  constructor(logFolder: string, graceMs = 5000) {
    this.logFolder = logFolder;
    this.graceMs = graceMs;
    this.firstDeath = new Promise((tell) => (this.tellDeath = tell));
  }

  start(spec: ChildSpec): Child {
    if (this.stopping) throw new Fault('stopping', `${spec.name} was not started: the run is being stopped.`);
    mkdirSync(this.logFolder, { recursive: true });
    const logFile = join(this.logFolder, `${spec.name}.log`);
    const log = openSync(logFile, 'w');
    const preloads = [guardModule, ...(spec.preload === undefined ? [] : [spec.preload])];
    const before = preloads.flatMap((address) => ['--import', address]);
    const child = spawn(process.execPath, [...before, spec.script, ...(spec.args ?? [])], {
      cwd: spec.folder,
      env: { ...process.env, ...spec.environment },
      stdio: ['pipe', log, log],
      // A process group of its own: Ctrl-C at the terminal reaches this process alone, which then stops
      // the children in order (the bot before its storage).
      detached: true,
      windowsHide: true,
    });
    closeSync(log);
    const held = { process: child, child: describe(spec.name, child, logFile) };
    this.held.push(held);
    void held.child.ended.then((ending) => {
      this.held.splice(this.held.indexOf(held), 1);
      if (!this.stopping) this.tellDeath(ending);
    });
    return held.child;
  }

  /** Stops the youngest first, one after the other; a second call waits for the first. */
  stopAll(): Promise<void> {
    this.stopping ??= (async () => {
      for (const held of [...this.held].reverse()) await this.stop(held);
    })();
    return this.stopping;
  }

  /** For a person who does not want to wait: everything that is still running is killed at once. */
  async killAll(): Promise<void> {
    this.stopping ??= Promise.resolve();
    for (const held of this.held) held.process.kill('SIGKILL');
    await Promise.all(this.held.map(({ child }) => child.ended));
  }

  private async stop({ process, child }: Held): Promise<void> {
    process.kill('SIGTERM');
    const waited = new AbortController();
    const patience = delay(this.graceMs, 'too long' as const, { signal: waited.signal }).catch(
      () => undefined,
    );
    if ((await Promise.race([child.ended, patience])) === 'too long') process.kill('SIGKILL');
    waited.abort();
    await child.ended;
  }
}

/** The end of a log, for a message that says why something stopped. */
export function lastLines(logFile: string, count = 12): string {
  return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
}

/** Asks every 100 ms until the child is ready; a Fault when it ends or takes too long. */
export async function untilReady(
  child: Child,
  isReady: () => Promise<boolean>,
  limitMs = 60_000,
): Promise<void> {
  let ended: ProcessEnd | undefined;
  void child.ended.then((ending) => (ended = ending));
  for (const giveUpAt = Date.now() + limitMs; ; await delay(100)) {
    if (ended) throw notReady(child, `it stopped (${ended.how})`);
    if (await isReady()) return;
    if (Date.now() > giveUpAt) throw notReady(child, `it did not answer within ${limitMs / 1000} seconds`);
  }
}

/** Whether anything at all answers HTTP there, or, with `status`, whether it answers with that status. */
export async function answersHttp(url: string, status?: number): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    await response.arrayBuffer();
    return status === undefined || response.status === status;
  } catch {
    return false;
  }
}

function notReady(child: Child, why: string): Fault {
  const said = lastLines(child.logFile);
  const heard = said === '' ? 'It wrote nothing to its log.' : `The end of ${child.logFile}:\n${said}`;
  return new Fault('child-not-ready', `${child.name} is not ready: ${why}. ${heard}`, { child: child.name });
}

function describe(name: string, process: ChildProcess, logFile: string): Child {
  // Writing to a child that has just ended must not bring this process down.
  process.stdin?.on('error', () => undefined);
  const ended = new Promise<ProcessEnd>((settle) => {
    process.once('error', (error) => settle({ child: name, how: error.message }));
    process.once('exit', (code, signal) => settle({ child: name, how: signal ?? `exit code ${code}` }));
  });
  return { name, pid: process.pid ?? 0, logFile, ended };
}
