import assert from 'node:assert/strict';
import { doubled, ledgerSays, makeWorld, sentUnrecorded, withoutCard, type World } from './bot-process.js';
import { notesPartition, queueNotes } from './note-feature.js';

const messages = 300;

describe('two replicas with clocks 30 seconds apart', function () {
  this.timeout(180_000);
  let world: World;
  before(async () => {
    world = await makeWorld(messages);
    await queueNotes(world.foundation.services, world.people, 'cycle');
  });
  after(() => world.stop());

  it('send each message once, also those put back by the other, and the second takes over when the first dies', async () => {
    const { connector } = world;
    connector.failNext({ kind: 'ServiceUnavailable', times: 10 });
    const behind = await world.start({ CLOCK_AHEAD_MS: '-15000' });
    await connector.waitUntil(() => connector.recorded.length >= 50, '50 sent', 30_000);
    await world.start({ CLOCK_AHEAD_MS: '15000' });
    await connector.waitUntil(() => connector.recorded.length >= 150, '150 sent', 30_000);
    await behind.kill();
    const inFlight = await sentUnrecorded(world, notesPartition);

    await world.endLease();
    await ledgerSays(world, notesPartition, ({ delivered }) => delivered === messages);
    assert.deepEqual(withoutCard(world), []);
    assert.ok(doubled(world) <= inFlight, `${doubled(world)} doubled, ${inFlight} were in flight`);
  });
});
