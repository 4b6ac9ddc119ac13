import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { machineNowMs } from './lease-requests.js';

export interface Line {
  readonly event: string;
  readonly [id: string]: unknown;
}

/** One replica, as a process. */
export class BotProcess {
  readonly lines: Line[] = [];
  /** When it was killed or paused. */
  goneAtMs = Infinity;
  private readonly child: ChildProcess;
  private readonly hearing = new Set<() => void>();

  constructor(program: string, env: NodeJS.ProcessEnv) {
    this.child = spawn(process.execPath, [program], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    const killWithUs = () => void this.child.kill('SIGKILL');
    process.once('exit', killWithUs);
    this.child.once('exit', () => process.off('exit', killWithUs));
    createInterface({ input: this.child.stdout! }).on('line', (text) => {
      this.lines.push(JSON.parse(text) as Line);
      for (const hear of this.hearing) hear();
    });
  }

  /** The first line with this event, past or to come. */
  heard(event: string, withinMs?: number): Promise<Line> {
    return this.heardTimes(1, event, withinMs);
  }

  /** The line that says this for the `times`-th time, past or to come. */
  heardTimes(times: number, event: string, withinMs = 90_000): Promise<Line> {
    const said = () => this.lines.filter((line) => line.event === event)[times - 1];
    const past = said();
    if (past !== undefined) return Promise.resolve(past);
    return new Promise((resolve, reject) => {
      const done = (finish: () => void) => {
        clearTimeout(deadline);
        this.hearing.delete(hear);
        finish();
      };
      const hear = () => {
        const line = said();
        if (line !== undefined) done(() => resolve(line));
      };
      const deadline = setTimeout(() => {
        const lines = this.lines.map((line) => JSON.stringify(line)).join('\n');
        done(() =>
          reject(new Error(`It did not say “${event}” ${times} times in ${withinMs} ms, but:\n${lines}`)),
        );
      }, withinMs);
      this.hearing.add(hear);
    });
  }

  times(event: string): number {
    return this.lines.filter((line) => line.event === event).length;
  }

  async url(): Promise<string> {
    return `http://127.0.0.1:${String((await this.heard('listening'))['port'])}`;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Its wall clock is set forward. */
  moveClock(ms: number): Promise<void> {
    return this.tell(ms);
  }

  /** It has waited long enough for whatever it gives more than ten seconds. */
  endLongWaits(): Promise<void> {
    return this.tell('long waits are over');
  }

  private async tell(what: string | number): Promise<void> {
    const done = this.heardTimes(this.times('done as told') + 1, 'done as told');
    this.child.send(what);
    await done;
  }

  pause(): void {
    this.goneAtMs = machineNowMs();
    this.child.kill('SIGSTOP');
  }

  resume(): void {
    this.child.kill('SIGCONT');
  }

  /** At once, with nothing tidied up. */
  async kill(): Promise<void> {
    const ended = this.ended();
    this.goneAtMs = machineNowMs();
    this.child.kill('SIGKILL');
    await ended;
  }

  /** It is told to end, as a host does. @returns its exit code. */
  async terminate(): Promise<number | null> {
    this.child.kill('SIGTERM');
    await this.ended();
    return this.child.exitCode;
  }

  /** Resolves when it is no more. */
  async ended(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit');
  }
}
