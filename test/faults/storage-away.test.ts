import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { aadObjectIdOf } from '../builders/small-council.js';
import { teamsClient } from '../stand-ins/teams-client.js';
import { doubled, ledgerSays, makeWorld, sentUnrecorded, withoutCard, type World } from './world.js';
import { notesPartition, queueNotes } from './note-feature.js';

const messages = 300;
/** `AWAY_SECONDS=60` for a minute of real time; without, only until the bot has noticed. */
const awaySeconds = Number(process.env['AWAY_SECONDS'] ?? 0);

describe(`storage goes away in the middle of sending${awaySeconds > 0 ? ` for ${awaySeconds} seconds` : ''}, and comes back`, function () {
  this.timeout(180_000 + awaySeconds * 1_000);
  let world: World;
  before(async () => {
    world = await makeWorld(messages);
    await queueNotes(world.foundation.services, world.people, 'cycle');
  });
  after(() => world.stop());

  it('loses nothing and repeats nothing, says meanwhile that it is not ready, and still answers people', async () => {
    const { connector, azurite } = world;
    const bot = await world.start();
    await connector.waitUntil(() => connector.recorded.length >= 100, '100 sent', 30_000);
    await azurite.kill();
    const passed = setTimeout(awaySeconds * 1_000);
    await bot.heard('drain failed');
    assert.equal((await fetch(`${await bot.url()}/readyz`)).status, 503);
    assert.equal((await fetch(`${await bot.url()}/healthz`)).status, 200);
    const teams = teamsClient({
      botUrl: `${await bot.url()}/api/messages`,
      connector,
      now: () => new Date(),
    });
    await teams.says({ aadObjectId: aadObjectIdOf('ash-manager'), name: 'Ash Manager' }, 'help');
    await connector.waitUntil(
      () => connector.messagesTo(aadObjectIdOf('ash-manager')).length > 0,
      'an answer',
    );
    await passed;
    const sent = connector.recorded.length;

    await azurite.restart();
    await ledgerSays(world, notesPartition, ({ delivered }) => delivered === messages);
    assert.ok(sent < messages);
    assert.deepEqual(withoutCard(world), []);
    assert.equal(doubled(world), 0);
    // The answer to `help` is in no ledger.
    assert.equal(await sentUnrecorded(world, notesPartition), 1);
  });
});
