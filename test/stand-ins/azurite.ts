import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { azuriteProgram, connectionString } from '../../src/local/azurite.js';
import { freePort } from './free-port.js';

const SERVICES = ['blob', 'queue', 'table'] as const;
type Service = (typeof SERVICES)[number];
type Ports = Record<Service, number>;

export interface Azurite {
  readonly ports: Ports;
  /** With explicit endpoints; clients need `allowInsecureConnection: true`. */
  readonly connectionString: string;
  /** Storage hangs: connections are taken and not answered. */
  pause(): void;
  resume(): void;
  stop(): Promise<void>;
}

export interface OwnAzurite extends Azurite {
  /**
   * Storage is gone: connections are refused. What it acknowledged stays, as in Azure; Azurite itself would
   * lose up to five seconds of it to a `kill -9`, so it is given the time to write.
   */
  kill(): Promise<void>;
  /** Starts again on the same ports, with the same data. */
  restart(): Promise<void>;
}

let shared: Promise<Azurite> | undefined;

/** The one Azurite of this process, in memory; started at the first call, gone when the process ends. */
export function startAzurite(): Promise<Azurite> {
  shared ??= launch(['--inMemoryPersistence'], anyPorts).then(({ child, ports }) =>
    azurite(ports, () => child),
  );
  return shared;
}

/** For a program that measures what comes after it. */
export async function stopSharedAzurite(): Promise<void> {
  const running = shared;
  shared = undefined;
  await (await running)?.stop();
}

/** An Azurite of one's own with its data in `location`, to be killed and started again. */
export async function startOwnAzurite({ location }: { location: string }): Promise<OwnAzurite> {
  // None that the system gives out by itself: while this Azurite is down, nobody else is to have them.
  const [blob, queue, table] = [await freePort(), await freePort(), await freePort()];
  let { child, ports } = await launch(['--location', location], { blob, queue, table });
  return {
    ...azurite(ports, () => child),
    kill: () => saveAndEnd(child),
    restart: async () => {
      await saveAndEnd(child);
      ({ child, ports } = await launch(['--location', location], ports));
    },
  };
}

function azurite(ports: Ports, child: () => ChildProcess): Azurite {
  return {
    ports,
    connectionString: connectionString(ports),
    pause: () => void child().kill('SIGSTOP'),
    resume: () => void child().kill('SIGCONT'),
    stop: () => end(child(), 'SIGKILL'), // Nothing is to be kept, and a paused one hears nothing else.
  };
}

/** The system chooses; Azurite then says which it was given. */
const anyPorts: Ports = { blob: 0, queue: 0, table: 0 };

async function launch(persistence: readonly string[], ports: Ports) {
  const { preload, script, args } = azuriteProgram;
  const portFlags = SERVICES.flatMap((service) => [`--${service}Port`, String(ports[service])]);
  const all = ['--import', preload, script, ...args, ...persistence, ...portFlags];
  const child = spawn(process.execPath, all, { stdio: ['ignore', 'pipe', 'pipe'] });
  const killWithUs = () => void child.kill('SIGKILL');
  process.once('exit', killWithUs);
  child.once('exit', () => process.off('exit', killWithUs));
  const given = await announcedPorts(child);
  letGo(child);
  return { child, ports: given };
}

/** Listens on: what Azurite says later is read and dropped, or a full pipe would stop it. */
function announcedPorts(child: ChildProcess): Promise<Ports> {
  let said = '';
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said = isComplete(portsIn(said)) ? said : said + chunk.toString();
      const ports = portsIn(said);
      if (isComplete(ports)) resolve(ports);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', () => reject(new Error(`Azurite ended before it listened:\n${said}`)));
  });
}

function portsIn(said: string): Partial<Ports> {
  const listening = /Azurite (Blob|Queue|Table) service is successfully listening at http:\/\/[^:]+:(\d+)/g;
  return Object.fromEntries(
    [...said.matchAll(listening)].map(([, service = '', port]) => [service.toLowerCase(), Number(port)]),
  );
}

const isComplete = (ports: Partial<Ports>): ports is Ports => SERVICES.every((service) => service in ports);

/** A test run may end while Azurite still runs: nothing here keeps the event loop alive. */
function letGo(child: ChildProcess): void {
  child.unref();
  for (const pipe of [child.stdout, child.stderr])
    if (pipe && 'unref' in pipe) (pipe as { unref(): void }).unref();
}

/** Azurite says when each service is saved; it might then still wait for clients to hang up. */
async function saveAndEnd(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
    if (said.match(/successfully closed/g)?.length === SERVICES.length) child.kill('SIGKILL');
  });
  child.kill('SIGCONT'); // A paused process would not hear of its end.
  await end(child, 'SIGTERM');
}

const hasEnded = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (hasEnded(child)) return;
  child.ref();
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}

/** Names no other test uses, for what it stores: letters and digits only, as tables want them. */
export function freshNames() {
  const suffix = randomUUID().replaceAll('-', '').slice(0, 16);
  return { suffix, table: `t${suffix}`, queue: `q${suffix}`, container: `c${suffix}` };
}
