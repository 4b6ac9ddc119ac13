import { aadObjectIdOf } from '../builders/small-council.js';
import { makeWorld, type World } from '../faults/world.js';
import { queueNotes } from '../faults/note-feature.js';
import { residentMb, rounded, type BenchResult } from './bench.js';
import { build, started, type Running } from './programs.js';

const sends = Number(process.env['PLR_BENCH_SENDS'] ?? 10_000);
const people = 500;
/** After the first round of the heartbeat, and after the last send, before memory is read. */
const settleMs = 5_000;

/** Resident memory when idle and after the sends, against a bare teams-ai bot that sends as many cards. */
export async function benchMemory(): Promise<BenchResult[]> {
  const bare = await measured(build('./bare-teams-ai-bot.ts'), askBare);
  const ours = await measured(build('./bot-with-notes.ts', '../faults/note-feature.ts'), queueForUs);
  const result = (name: string, oursMb: number, bareMb: number): BenchResult => ({
    name: `memory: resident ${name} ÷ a bare teams-ai bot`,
    ratio: rounded(oursMb / bareMb),
    target: 1.3,
    good: 'at most',
    details: { oursMb, bareMb },
  });
  return [
    result('when idle', ours.idleMb, bare.idleMb),
    result(`after ${sends} sends`, ours.afterMb, bare.afterMb),
  ];
}

type Ask = (world: World, running: Running, turn: number) => Promise<void>;

async function measured(program: string, ask: Ask): Promise<{ idleMb: number; afterMb: number }> {
  const world = await makeWorld(people);
  try {
    const running = await started(program, world.env);
    try {
      await settled();
      const idleMb = residentMb(running.pid);
      for (let turn = 0; turn * people < sends; turn += 1) await ask(world, running, turn);
      await settled();
      return { idleMb, afterMb: residentMb(running.pid) };
    } finally {
      await running.stop();
    }
  } finally {
    await world.stop();
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, settleMs));

/** A card to everyone, told by a request. */
async function askBare({ connector, people }: World, { url }: Running): Promise<void> {
  const conversations = people.map((person) => connector.personalConversation(aadObjectIdOf(person)));
  const answer = await fetch(`${url}/send`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ conversations }),
  });
  if (answer.status !== 200) throw new Error(`The bare bot could not send: ${answer.status}.`);
}

/** A card to everyone, queued in storage as another replica would; our bot finds it at its next round. */
async function queueForUs({ connector, foundation, people }: World, _: Running, turn: number): Promise<void> {
  const wanted = (turn + 1) * people.length;
  await queueNotes(foundation.services, people, `turn-${turn}`);
  await connector.waitUntil(() => connector.recorded.length >= wanted, `${wanted} cards`, 120_000);
}
