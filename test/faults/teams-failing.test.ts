import assert from 'node:assert/strict';
import { createApp, type App } from '../../src/app.js';
import { localConfig, timerThatDoesNotWait } from '../builders/local-config.js';
import type { LedgerRow } from '../../src/delivery/outbox.js';
import { addDuration, fromEpochMilliseconds, toEpochMilliseconds } from '../../src/practice/time.js';
import { aadObjectIdOf } from '../builders/small-council.js';
import { teamsClient } from '../stand-ins/teams-client.js';
import { makeWorld, type World } from './world.js';
import { noteFeature, notesPartition, queueNotes } from './note-feature.js';

const messages = 300;
const refusals = /^(403|404|413|500) |^the card is too big$/;

describe('Teams fails one request in five: 429, 412, 500 to 504, 403, 404, 413, connections dropped', function () {
  this.timeout(120_000);
  let world: World;
  let app: App;
  let nowMs = Date.parse('2022-04-01T08:00:00Z');
  before(async () => {
    world = await makeWorld(messages);
    const { azurite, connector } = world;
    app = await createApp(localConfig(azurite, connector), {
      log: () => {},
      features: [noteFeature],
      realNowMs: () => nowMs,
      timer: timerThatDoesNotWait(),
    });
    await queueNotes(world.foundation.services, world.people, 'cycle');
    connector.fail({ rate: 0.2, seed: 7 });
    await settle();
  });
  after(async () => {
    await app.stop();
    await world.stop();
  });

  /** Lets backoff pass until nothing waits any more. */
  async function settle() {
    for (let round = 0; round < 100; round += 1) {
      await app.heartbeat.beat();
      const waiting = (await ledger()).filter(({ state }) => state === 'queued' || state === 'sending');
      if (waiting.length === 0) return;
      nowMs = toEpochMilliseconds(addDuration(fromEpochMilliseconds(nowMs), 'PT5M'));
    }
    assert.fail('Messages are tried for ever.');
  }

  const ledger = () => app.foundation.outbox.ledger(notesPartition);
  const cardsOf = ({ to }: LedgerRow) =>
    world.connector.cardsTo(aadObjectIdOf('person' in to ? to.person : ''));
  const dropsTo = ({ to }: LedgerRow) =>
    world.connector.recorded.filter(
      (call) =>
        call.to === aadObjectIdOf('person' in to ? to.person : '') &&
        call.status === 'dropped' &&
        call.happened,
    ).length;

  it('fails in every one of these ways in this one run', () => {
    const { recorded } = world.connector;
    const failed = new Set(recorded.map(({ status }) => status).filter((status) => status !== 201));
    assert.deepEqual([...failed].sort(), [403, 404, 412, 413, 429, 500, 502, 503, 504, 'dropped']);
    const drops = recorded.filter(({ status }) => status === 'dropped');
    assert.ok(
      drops.some(({ happened }) => happened),
      'none was dropped after Teams took it',
    );
    assert.ok(
      drops.some(({ happened }) => !happened),
      'none was dropped before',
    );
  });

  it('ends every message in a named state, with Teams’ own reason where it refused', async () => {
    const rows = await ledger();
    assert.equal(rows.length, messages);
    for (const { state, reason } of rows) {
      if (state === 'delivered') assert.equal(reason, '');
      else assert.match(`${state}: ${reason}`, /^undeliverable: /);
      if (state === 'undeliverable') assert.match(reason, refusals);
    }
    assert.ok(rows.some(({ state }) => state === 'undeliverable'));
  });

  it('has a card for each delivered message, and none twice but where the answer was lost', async () => {
    for (const row of await ledger()) {
      const expected = (row.state === 'delivered' ? 1 : 0) + dropsTo(row);
      assert.equal(cardsOf(row).length, expected, row.key);
    }
  });

  it('retries nothing that Teams refused', () => {
    const final = new Set([403, 413, 500]);
    for (const person of world.people) {
      const calls = world.connector.recorded.filter(({ to }) => to === aadObjectIdOf(person));
      const refused = calls.findIndex(({ status }) => typeof status === 'number' && final.has(status));
      if (refused >= 0) assert.equal(refused, calls.length - 1, person);
    }
  });

  it('sends again what failed, and only that, when people let the bot in and the operator asks', async () => {
    const { connector, foundation } = world;
    connector.fail(undefined);
    const failed = (await ledger()).filter(({ state }) => state === 'undeliverable');
    const before = notes().length;
    const port = await app.listen();
    const teams = teamsClient({ botUrl: `http://127.0.0.1:${port}/api/messages`, connector });
    for (const { to, reason } of failed)
      if (reason.startsWith('403') && 'person' in to)
        await teams.install({ aadObjectId: aadObjectIdOf(to.person), name: to.person });
    await foundation.outbox.requeue(notesPartition, ['undeliverable', 'setAside']);
    await settle();
    assert.ok((await ledger()).every(({ state }) => state === 'delivered'));
    assert.equal(notes().length - before, failed.length);
  });

  const notes = () =>
    world.connector.recorded.filter(
      ({ happened, activity }) => happened && activity?.['summary'] === 'A note',
    );
});
