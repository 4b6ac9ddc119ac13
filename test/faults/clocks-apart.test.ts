import assert from 'node:assert/strict';
import { toEpochMilliseconds } from '../../src/practice/base/time.js';
import { aadObjectIdOf } from '../builders/small-council.js';
import type { BotProcess } from './bot-process.js';
import { assertLedAtFirstLookAfter, hasLed, machineNowMs } from './lease-requests.js';
import { notesPartition, queueNotes } from './note-feature.js';
import {
  doubled,
  ledgerSays,
  makeWorld,
  maxInFlight,
  sentUnrecorded,
  withoutCard,
  type World,
} from './world.js';

const messages = 200;
const putBack = 10;
const apartMs = 30_000;
/** What failed three times is put back for no longer; more often it is not tried until 100 are sent. */
const longestBackoffMs = 8_000;

describe('two replicas with clocks 30 seconds apart', function () {
  this.timeout(180_000);
  let world: World;
  beforeEach(async () => {
    world = await makeWorld(messages);
  });
  afterEach(() => world.stop());

  const startAhead = (ms: number) => world.start({ CLOCK_AHEAD_MS: String(ms) });

  /** One leads and dies in the middle, having put some messages back by its own clock; then the other leads. */
  async function leaderDies(aheadMs: number): Promise<{ next: BotProcess; inFlight: number }> {
    const { connector, foundation, people } = world;
    const failing = new Set<string>(people.slice(0, putBack).map(aadObjectIdOf));
    const match = ({ to = '' }) => failing.has(to);
    connector.fail({ rate: 1, seed: 1, kinds: ['ServiceUnavailable'], match });
    const leader = await startAhead(aheadMs);
    await leader.heard('lease granted');
    const next = await startAhead(-aheadMs);
    await queueNotes(foundation.services, people, 'cycle');
    const sent = () => connector.recorded.filter(({ happened }) => happened).length;
    await connector.waitUntil(() => sent() >= 100, '100 sent', 60_000);
    await leader.kill();
    assert.ok(!hasLed(next), 'both led');
    await assertPutBack(Date.now() + aheadMs + longestBackoffMs);
    connector.fail(undefined);
    const inFlight = await sentUnrecorded(world, notesPartition);
    assert.ok(inFlight <= maxInFlight, `${inFlight} were in flight`);
    assertLedAtFirstLookAfter(await leaseEnded(next), next);
    return { next, inFlight };
  }

  /** Without this nothing that one clock put back would be left to the other. */
  async function assertPutBack(untilMs: number) {
    const waiting = await world.foundation.outbox.waiting(notesPartition, messages);
    const held = waiting.flatMap((waits) => (waits.held === undefined ? [] : [waits.held.until]));
    assert.equal(held.length, putBack);
    for (const until of held) assert.ok(toEpochMilliseconds(until) <= untilMs, `put back until ${until}`);
  }

  async function leaseEnded(next: BotProcess): Promise<number> {
    await world.endLease();
    const freeAtMs = machineNowMs();
    await next.heard('took over the sending');
    return freeAtMs;
  }

  const assertOnceEach = (inFlight: number) => {
    assert.deepEqual(withoutCard(world), []);
    assert.ok(doubled(world) <= inFlight, `${doubled(world)} doubled, ${inFlight} were in flight`);
  };

  it('send each message once, also those that the one behind put back before it died', async () => {
    const { inFlight } = await leaderDies(-apartMs / 2);
    await ledgerSays(world, notesPartition, ({ delivered }) => delivered === messages);
    assertOnceEach(inFlight);
  });

  it('send each message once, also those that the one ahead put back before it died: they wait 30 seconds more at most', async () => {
    const { next, inFlight } = await leaderDies(apartMs / 2);
    await ledgerSays(world, notesPartition, ({ delivered = 0 }) => delivered >= messages - putBack);
    await next.moveClock(apartMs + longestBackoffMs);
    await ledgerSays(world, notesPartition, ({ delivered }) => delivered === messages);
    assertOnceEach(inFlight);
  });
});
