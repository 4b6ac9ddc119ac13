import assert from 'node:assert/strict';
import {
  doubled,
  ledgerSays,
  makeWorld,
  maxInFlight,
  sentUnrecorded,
  withoutCard,
  type World,
} from './world.js';
import { assertReplacedWithinLease } from './lease-requests.js';
import { notesPartition, queueNotes } from './note-feature.js';

const messages = 300;

describe('the leader is paused past its lease and resumed', function () {
  this.timeout(180_000);
  let world: World;
  before(async () => {
    world = await makeWorld(messages);
  });
  after(() => world.stop());

  it('is replaced when its lease has run out and not before, and sends nothing more: another sends the rest, once', async () => {
    const { connector } = world;
    const first = await world.start();
    await first.heard('lease granted');
    const next = await world.start();
    await queueNotes(world.foundation.services, world.people, 'cycle');
    await connector.waitUntil(() => connector.recorded.length >= 100, '100 sent', 30_000);
    first.pause();
    const inFlight = await sentUnrecorded(world, notesPartition);
    assert.ok(inFlight <= maxInFlight, `${inFlight} were in flight`);
    await ledgerSays(world, notesPartition, ({ delivered }) => delivered === messages);
    assertReplacedWithinLease(first, next);
    const sent = connector.recorded.length;

    first.resume();
    await first.heard('leads no more');
    // Awake, and asked to look for work: it knows of messages that it had claimed and not sent.
    assert.equal((await fetch(`${await first.url()}/readyz`)).status, 200);
    await queueNotes(world.foundation.services, world.people.slice(0, 20), 'after');
    await ledgerSays(world, notesPartition, ({ delivered }) => delivered === messages + 20);

    assert.equal(connector.recorded.length, sent + 20);
    assert.deepEqual(withoutCard(world), []);
    assert.ok(doubled(world) - 20 <= inFlight, `${doubled(world) - 20} doubled, ${inFlight} were in flight`);
  });
});
