import { ledgerSays, makeWorld } from '../faults/world.js';
import { notesPartition, queueNotes } from '../faults/note-feature.js';
import { residentMb, rounded, type BenchResult } from './bench.js';

const allowedRps = 40;
/** `FANOUT=10000` for the whole council; it takes four minutes for each row. */
const messages = Number(process.env['FANOUT'] ?? 1_000);

/** A cycle's messages against Teams' own limits, from one replica and from two. */
export async function benchFanout(): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const replicas of [1, 2]) results.push(...(await fanOut(replicas)));
  return results;
}

async function fanOut(replicas: number): Promise<BenchResult[]> {
  const world = await makeWorld(messages, { limits: 'teams' });
  try {
    await queueNotes(world.foundation.services, world.people, 'cycle');
    const env = { TEAMS_MAX_RPS: String(allowedRps) };
    const bots = await Promise.all(Array.from({ length: replicas }, () => world.start(env)));
    const { connector } = world;
    // Nothing else is done here meanwhile: the connector measures by this process's clock.
    const all = () => connector.counts.allowed >= messages;
    await connector.waitUntil(all, `${messages} messages`, messages * 200);
    await ledgerSays(world, notesPartition, ({ delivered }) => delivered === messages);
    const { recorded, counts } = connector;
    const first = recorded[0]!.at;
    const last = recorded.at(-1)!.at;
    const rps = ((recorded.length - 1) / (last - first)) * 1_000;
    const name = `fanout, ${messages} messages, ${replicas === 1 ? 'one replica' : `${replicas} replicas`}`;
    return [
      {
        name: `${name}: achieved ÷ allowed rate`,
        ratio: rounded(rps / allowedRps),
        target: 0.97,
        good: 'at least',
        details: { rps: rounded(rps, 1), allowedRps, residentMb: residentMb(bots[0]!.pid) },
      },
      {
        name: `${name}: throttled requests`,
        ratio: rounded(counts.throttled / (counts.throttled + counts.allowed), 4),
        target: 0.001,
        good: 'at most',
        details: { ...counts },
      },
    ];
  } finally {
    await world.stop();
  }
}
