import { Agent, request } from 'node:http';
import { createFoundation, type Foundation } from '../../src/foundation.js';
import { readConfig } from '../../src/config.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import type { PersonId } from '../../src/practice/base/ids.js';
import { monthOf } from '../../src/practice/base/time.js';
import { aadObjectIdOf } from '../builders/small-council.js';
import { ledgerSays } from '../faults/world.js';
import { startAzurite, stopSharedAzurite } from '../stand-ins/azurite.js';
import { activityFrom, message } from '../stand-ins/teams-activities.js';
import { startTeamsConnector, type TeamsConnector } from '../stand-ins/teams-connector.js';
import { cpuMs, median, residentMb, rounded, type BenchResult } from './bench.js';
import { product, started, type Running } from './programs.js';
import { issued } from './submit-world.js';

/** A council of 240 managers, each of whom has a review that was sent. */
const managers = 240;
const perSecond = 200;
const seconds = Number(process.env['PLR_BENCH_LOAD_SECONDS'] ?? 60);
/** Each command is asked so often, alone, to find the one that takes longest. */
const timesAlone = 7;
const lightest = 'help';

interface Council {
  readonly connector: TeamsConnector;
  readonly running: Running;
  /** Who may say each command, by turns. */
  readonly commands: Readonly<Record<string, readonly string[]>>;
}

/**
 * The command that takes longest, 200 times a second, against the lightest at the same rate. How long an answer takes is
 * from the words to the end of the turn: its card is in the chat by then.
 */
export async function benchLoad(): Promise<BenchResult[]> {
  const azurite = await startAzurite();
  const connector = await startTeamsConnector();
  const env = {
    PLR_MODE: 'local',
    HOST: '127.0.0.1',
    TEAMS_MAX_RPS: '50',
    TEAMS_SERVICE_URL: connector.url,
    AZURE_STORAGE_CONNECTION_STRING: azurite.connectionString,
  };
  const foundation = await createFoundation(readConfig(env));
  const commands = await whoMaySay(foundation, connector);
  const running = await started(product, env);
  try {
    const cycle = monthOf(foundation.council()!.today);
    await ledgerSays({ foundation }, cycle, (totals) => Object.keys(totals).join() === 'delivered');
    return await measured({ connector, running, commands });
  } finally {
    await running.stop();
    await connector.stop();
    await stopSharedAzurite();
  }
}

async function whoMaySay(foundation: Foundation, connector: TeamsConnector): Promise<Council['commands']> {
  const lead = 'lead' as PersonId;
  const cycleId = await issued(foundation, connector, managers, lead);
  const plrs = await foundation.services.documents.list(plrKind, cycleId);
  const owners = [...new Set(plrs.map(({ managerId }) => managerId))];
  const forLeads = [
    'how are we doing',
    'open alerts',
    'moderations',
    'all actions',
    'calibration',
    'changes',
    'loop',
  ];
  return {
    [lightest]: owners,
    'my reviews': owners,
    'my actions': owners,
    ...Object.fromEntries([...forLeads, `report ${cycleId}`].map((words) => [words, [lead]])),
  };
}

async function measured({ connector, running, commands }: Council): Promise<BenchResult[]> {
  const { port } = new URL(running.url);
  const agent = new Agent({ keepAlive: true, maxSockets: 500 });
  const say = (words: string, turn: number) => {
    const by = commands[words]!;
    return asked(words, by[turn % by.length]!, { connector, port: Number(port), agent });
  };
  const alone: [string, number][] = [];
  for (const words of Object.keys(commands)) {
    const took: number[] = [];
    for (let turn = 0; turn < timesAlone; turn += 1) took.push((await say(words, turn)).tookMs);
    alone.push([words, median(took)]);
  }
  const [heaviest] = alone.filter(([words]) => words !== lightest).sort(([, a], [, b]) => b - a)[0]!;
  const cpuAtStart = cpuMs(running.pid);
  const light = await rush(lightest, say, Math.min(seconds, 20));
  const lightCpuMs = cpuMs(running.pid) - cpuAtStart;
  // The heap first grows to what this work needs; whether it goes on growing is the question.
  await rush(heaviest, say, Math.min(seconds, 20));
  const beforeMb = residentMb(running.pid);
  const busyBefore = putOff(connector);
  const cpuBefore = cpuMs(running.pid);
  const heavy = await rush(heaviest, say, seconds);
  const afterMb = residentMb(running.pid);
  const heavyCpuMs = cpuMs(running.pid) - cpuBefore;
  agent.destroy();
  const details = {
    heaviest,
    ...Object.fromEntries(alone.map(([words, ms]) => [`${words}, alone, ms`, rounded(ms, 1)])),
    p99Ms: rounded(heavy.p99Ms, 1),
    lightestP99Ms: rounded(light.p99Ms, 1),
    cpuMsEach: rounded(heavyCpuMs / heavy.asked, 1),
    lightestCpuMsEach: rounded(lightCpuMs / light.asked, 1),
    asked: heavy.asked,
    askedAgainInAMinute: putOff(connector) - busyBefore,
  };
  const name = `load: ${perSecond} a second of the heaviest command for ${seconds} s`;
  return [
    { name: `${name}: not answered with 200`, ratio: heavy.failed, target: 0, good: 'at most', details },
    {
      name: `${name}: p99 ÷ that of the lightest`,
      ratio: rounded(heavy.p99Ms / light.p99Ms, 2),
      // The lightest takes about 25 ms, and Teams waits three seconds for an answer.
      target: 100,
      good: 'at most',
      details,
    },
    {
      name: `${name}: resident memory after ÷ before`,
      ratio: rounded(afterMb / beforeMb),
      target: 1.2,
      good: 'at most',
      details: { beforeMb, afterMb },
    },
  ];
}

interface Answered {
  readonly status: number;
  readonly tookMs: number;
}

/** Asked at a steady pace, whatever is answered. */
async function rush(
  words: string,
  say: (words: string, turn: number) => Promise<Answered>,
  forSeconds: number,
): Promise<{ asked: number; failed: number; p99Ms: number }> {
  const began = performance.now();
  const answers: Promise<Answered>[] = [];
  while (performance.now() - began < forSeconds * 1_000) {
    const due = Math.floor(((performance.now() - began) / 1_000) * perSecond);
    while (answers.length < due) answers.push(say(words, answers.length));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  const all = await Promise.all(answers);
  const took = all.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
  return {
    asked: all.length,
    failed: all.filter(({ status }) => status !== 200).length,
    p99Ms: took[Math.floor(took.length * 0.99)]!,
  };
}

interface Line {
  readonly connector: TeamsConnector;
  readonly port: number;
  readonly agent: Agent;
}

function asked(words: string, by: string, { connector, port, agent }: Line): Promise<Answered> {
  const person = { aadObjectId: aadObjectIdOf(by), name: by };
  const context = { connector, tenantId: connector.tenantId, now: () => new Date() };
  const body = JSON.stringify(message(activityFrom(person, undefined, context), words));
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const began = performance.now();
  return new Promise((resolve) => {
    const done = (status: number) => resolve({ status, tookMs: performance.now() - began });
    request(
      { host: '127.0.0.1', port, path: '/api/messages', method: 'POST', headers, agent },
      (response) => {
        response.resume();
        response.on('error', () => done(0));
        response.on('end', () => done(response.statusCode ?? 0));
      },
    )
      .on('error', () => done(0))
      .end(body);
  });
}

/** How often somebody was told to ask again, or that something is broken. */
function putOff({ recorded }: TeamsConnector): number {
  return recorded.filter(({ activity }) => activity?.['summary'] === 'Ask again in a minute').length;
}
