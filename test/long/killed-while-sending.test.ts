import assert from 'node:assert/strict';
import {
  doubled,
  ledgerSays,
  makeWorld,
  maxInFlight,
  sentUnrecorded,
  withoutCard,
  type World,
} from '../faults/world.js';
import { notesPartition, queueNotes } from '../faults/note-feature.js';
import { length } from './length.js';

/** Teams takes 50 a second. */
const messages = length({ full: 1_000, short: 200 });
/** `KILLS=20` for more. */
const kills = Number(process.env['KILLS'] ?? length({ full: 4, short: 2 }));

describe(`killed ${kills} times while it sends ${messages} messages`, function () {
  this.timeout(180_000 + kills * 30_000);
  let world: World;
  before(async () => {
    world = await makeWorld(messages);
    await queueNotes(world.foundation.services, world.people, 'cycle');
  });
  after(() => world.stop());

  it(`loses none, and repeats at most those sent and not yet recorded, never more than ${maxInFlight} a kill`, async () => {
    const { connector } = world;
    // All that came twice, or will: what is in flight at a kill is sent again.
    let repeats = 0;
    for (const sent of momentsOf(11)) {
      const bot = await world.start();
      await connector.waitUntil(() => connector.recorded.length >= sent + repeats, `${sent} sent`, 60_000);
      await bot.kill();
      await world.endLease();
      const before = repeats;
      repeats = await sentUnrecorded(world, notesPartition);
      assert.ok(repeats - before <= maxInFlight, `${repeats - before} were in flight at one kill`);
    }
    await world.start();
    await ledgerSays(world, notesPartition, ({ delivered }) => delivered === messages);
    assert.deepEqual(withoutCard(world), []);
    assert.ok(doubled(world) <= repeats, `${doubled(world)} doubled, ${repeats} were in flight`);
    assert.deepEqual(connector.violations, []);
  });
});

/** After how many messages it is killed: the same in each run. */
function momentsOf(seed: number): number[] {
  let state = seed;
  const next = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  return Array.from({ length: kills }, () => 1 + Math.floor(next() * (messages - 100))).sort((a, b) => a - b);
}
