import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { TableClient } from '@azure/data-tables';
import { createFoundation, type Foundation } from '../../src/foundation.js';
import { readConfig } from '../../src/config.js';
import type { PersonId } from '../../src/practice/base/ids.js';
import { issueCycle } from '../../src/practice/cycles/jobs-issue.js';
import { isRefusal } from '../../src/practice/base/errors.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import type { Plr } from '../../src/practice/plr/plr.js';
import { monthOf } from '../../src/practice/base/time.js';
import { aCouncil } from '../builders/council.js';
import { aadObjectIdOf } from '../builders/small-council.js';
import { haveTheApp, ledgerSays } from '../faults/world.js';
import { startAzurite, stopSharedAzurite } from '../stand-ins/azurite.js';
import { startTeamsConnector, type TeamsConnector } from '../stand-ins/teams-connector.js';

const peersFolder = new URL('./peers/', import.meta.url);
const ours = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** The least bot that answers a step, on each SDK; the last runs on newer Node only. */
const peers = [
  { name: 'botbuilder', needsNode: 20 },
  { name: 'teams-ai', needsNode: 20 },
  { name: 'agents-hosting', needsNode: 20 },
  { name: 'teams-apps', needsNode: 22 },
] as const;

/** A bot that listens, in a process of its own. */
export interface RunningBot {
  readonly name: string;
  readonly pid: number;
  readonly port: number;
}

/** A council whose cycle is issued and delivered, and every bot that can run here on the same storage. */
export interface SubmitWorld {
  readonly connector: TeamsConnector;
  readonly ours: RunningBot;
  readonly peers: readonly RunningBot[];
  /** Peers that cannot run here, and why. */
  readonly missing: Readonly<Record<string, string>>;
  readonly plrs: readonly Plr[];
  /** Saves of all drafts so far, as storage has them. */
  saves(): Promise<number>;
  stop(): Promise<void>;
}

/** @throws when the peers cannot be installed. */
export async function makeSubmitWorld(reviewers: number): Promise<SubmitWorld> {
  installPeers();
  const azurite = await startAzurite();
  const connector = await startTeamsConnector();
  const env = {
    PLR_MODE: 'local',
    HOST: '127.0.0.1',
    PORT: '0',
    TEAMS_MAX_RPS: '50',
    TEAMS_SERVICE_URL: connector.url,
    AZURE_STORAGE_CONNECTION_STRING: azurite.connectionString,
  };
  const foundation = await createFoundation(readConfig(env));
  const cycleId = await issued(foundation, connector, reviewers);
  const bare = TableClient.fromConnectionString(azurite.connectionString, 'bare', {
    allowInsecureConnection: true,
  });
  await bare.createTable();
  const children: ChildProcess[] = [];
  const start = async (name: string, program: string): Promise<RunningBot> => {
    const child = spawn(process.execPath, [...nodeOptions(name), program], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    process.once('exit', () => void child.kill('SIGKILL'));
    children.push(child);
    return { name, pid: child.pid ?? 0, port: await portOf(child) };
  };
  const major = Number(process.versions.node.split('.')[0]);
  const able = peers.filter(({ needsNode }) => major >= needsNode);
  const unable = peers.filter(({ needsNode }) => major < needsNode);
  const list = () => foundation.services.documents.list<Plr>(plrKind, cycleId);
  const bot = await start('ours', ours);
  await ledgerSays({ foundation }, cycleId, (totals) => Object.keys(totals).join() === 'delivered');
  return {
    connector,
    ours: bot,
    peers: await Promise.all(
      able.map(({ name }) => start(name, fileURLToPath(new URL(`${name}.js`, peersFolder)))),
    ),
    missing: Object.fromEntries(unable.map(({ name, needsNode }) => [name, `needs Node ${needsNode}`])),
    plrs: await list(),
    saves: async () =>
      (await list()).reduce((sum, { review }) => sum + (review.state === 'draft' ? review.saves : 0), 0),
    stop: async () => {
      await Promise.all(children.map(ended));
      await connector.stop();
      await stopSharedAzurite();
    },
  };
}

/** Once: they are a package of their own, which nothing but this needs. */
function installPeers(): void {
  if (existsSync(new URL('node_modules', peersFolder))) return;
  console.log('Installing the bots to compare with, in test/bench/peers');
  const { status } = spawnSync('npm', ['ci'], { cwd: peersFolder, stdio: 'inherit' });
  if (status !== 0) throw new Error('`npm ci` in test/bench/peers did not succeed: see above.');
}

/** More options for one bot's Node: `BENCH_NODE_OPTIONS_OURS=--cpu-prof`. */
function nodeOptions(name: string): string[] {
  const options = process.env[`BENCH_NODE_OPTIONS_${name.toUpperCase().replaceAll('-', '_')}`] ?? '';
  return options.split(' ').filter((option) => option !== '');
}

/** @param qaLead somebody besides, who oversees it all. */
export async function issued(
  foundation: Foundation,
  connector: TeamsConnector,
  reviewers: number,
  qaLead?: PersonId,
) {
  const size = {
    services: 2,
    teams: 6,
    managers: reviewers,
    practitioners: reviewers,
    casesPerPractitioner: 2,
  };
  const { roster } = aCouncil(size).build();
  const [anyone] = roster.people;
  const lead = { ...anyone!, id: qaLead!, email: 'lead@council.example', roles: ['qa-lead' as const] };
  const people = [...roster.people, ...(qaLead === undefined ? [] : [lead])].map((person) => ({
    ...person,
    aadObjectId: aadObjectIdOf(person.id),
  }));
  await foundation.rosters.replace({ ...roster, people });
  await haveTheApp(
    people.map(({ id }) => id),
    connector,
    foundation,
  );
  const council = await foundation.refresh();
  const result = await issueCycle(monthOf(council!.today), foundation.services, council!);
  if (isRefusal(result)) throw new Error(result.say);
  return result.cycle.id;
}

/** Each bot says in a line of JSON on which port it listens. */
function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('A bot ended before it listened.')));
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const { port } = JSON.parse(line) as { port?: number };
      if (port !== undefined) resolve(port);
    });
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = once(child, 'exit');
  child.kill('SIGTERM');
  await over;
}
