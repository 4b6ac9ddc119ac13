import { connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A port that the run needs, what it is for, and the environment variable that moves it. */
export interface PortUse {
  readonly port: number;
  readonly usedFor: string;
  readonly variable: string;
  /** What to set the variable to instead, when it is not this port itself (a range names its first). */
  readonly elsewhere: number;
}

const loopback = '127.0.0.1';

/** The uses whose port is taken by somebody else, in the order given. */
export async function takenPorts(uses: readonly PortUse[]): Promise<PortUse[]> {
  const free = await Promise.all(uses.map(({ port }) => isFree(port)));
  return uses.filter((_, index) => !free[index]);
}

const maxLooks = 75;

/**
 * The uses whose port somebody listens on. One that nobody answers on is waited for: after a connection from
 * it has ended, the system keeps a port for a minute.
 * @param say is told what is waited for.
 */
export async function portsStillTaken(
  uses: readonly PortUse[],
  say: (line: string) => void,
  aSecond: () => Promise<void> = () => delay(1_000),
): Promise<PortUse[]> {
  for (let look = 1; ; look += 1) {
    const taken = await takenPorts(uses);
    const answered = await Promise.all(taken.map(({ port }) => answers(port)));
    if (taken.length === 0 || answered.includes(true) || look === maxLooks) return taken;
    if (look === 1) say(`Waiting a minute at most for port ${taken[0]?.port}, which was used just now`);
    await aSecond();
  }
}

/** Says each taken port, what it was for and the way round it; for a person at a terminal. */
export function sayTaken(taken: readonly PortUse[]): string {
  const lines = taken.flatMap((use) => [
    `Port ${use.port} is already in use. It is needed for ${use.usedFor}.`,
    `  Use another: set ${use.variable}=${use.elsewhere} before npm start.`,
    `  Or stop what holds it: lsof -i :${use.port} shows it (Windows: netstat -ano | findstr :${use.port}).`,
  ]);
  return [
    ...lines,
    'Nothing was started. If npm start is running in another window, stop it there with Ctrl-C first.',
  ].join('\n');
}

// Both ways: macOS lets two processes bind one port when one of them binds every address, so a bind that
// works proves nothing there; and a connection alone misses a port the system keeps for itself.
async function isFree(port: number): Promise<boolean> {
  return !(await answers(port)) && (await canBind(port));
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, loopback);
    const finish = (answered: boolean) => {
      socket.destroy();
      done(answered);
    };
    socket.once('connect', () => finish(true)).once('error', () => finish(false));
  });
}

function canBind(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, loopback, () => server.close(() => done(true)));
  });
}
