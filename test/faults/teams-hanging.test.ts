import assert from 'node:assert/strict';
import { aadObjectIdOf } from '../builders/small-council.js';
import { notesPartition, queueNotes } from './note-feature.js';
import { doubled, ledgerSays, makeWorld, withoutCard, type World } from './world.js';

const messages = 50;
const hanging = 10;

describe('Teams takes a request and never answers it', function () {
  this.timeout(180_000);
  let world: World;
  before(async () => {
    world = await makeWorld(messages);
    await queueNotes(world.foundation.services, world.people, 'cycle');
  });
  after(() => world.stop());

  it('is given up and asked again, while the others go on: only what was not answered comes twice', async () => {
    const { connector, people } = world;
    const unanswered = new Set<string | undefined>(people.slice(0, hanging).map(aadObjectIdOf));
    // The first request for each; it is never released.
    connector.hold(({ to }) => unanswered.delete(to));
    const bot = await world.start();
    await ledgerSays(
      world,
      notesPartition,
      ({ delivered, sending }) => delivered === messages - hanging && sending === hanging,
    );
    await bot.endLongWaits();
    await ledgerSays(world, notesPartition, ({ delivered }) => delivered === messages);
    assert.deepEqual(withoutCard(world), []);
    assert.equal(doubled(world), hanging);
    assert.equal(connector.recorded.length, messages + hanging);
  });
});
