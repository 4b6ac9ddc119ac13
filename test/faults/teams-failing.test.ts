import assert from 'node:assert/strict';
import type { LedgerRow } from '../../src/delivery/outbox.js';
import { aadObjectIdOf } from '../builders/small-council.js';
import type { RecordedCall } from '../stand-ins/recorded-calls.js';
import type { FailureKind } from '../stand-ins/teams-failures.js';
import type { BotProcess } from './bot-process.js';
import { notesPartition, queueNotes } from './note-feature.js';
import { ledgerSays, makeWorld, storageSays, type World } from './world.js';

/** How Teams fails the people of each group, one request of five. */
const groups: readonly (readonly FailureKind[])[] = [
  ['Throttled'],
  ['PreconditionFailed'],
  ['InternalServerError', 'BadGateway', 'ServiceUnavailable', 'GatewayTimeout'],
  ['BotNotInConversationRoster', 'ConversationBlockedByUser', 'ForbiddenOperationException'],
  ['ConversationNotFound'],
  ['DroppedBefore', 'DroppedAfter'],
  ['MessageSizeTooBig'],
];
const inEachGroup = 30;
const messages = groups.length * inEachGroup;
/** Longer than anything is put back for. */
const longerThanBackoffMs = 86_400_000;

describe('Teams fails one request in five of each: 429, 412, 5xx, 403, 404, 413, connections dropped', function () {
  this.timeout(180_000);
  let world: World;
  let bot: BotProcess;
  before(async () => {
    world = await makeWorld(messages);
    const groupOf = new Map(
      world.people.map((person, index) => [String(aadObjectIdOf(person)), groups[index % groups.length]!]),
    );
    world.connector.fail({ rate: 0.2, seed: 7, kinds: ({ to = '' }) => groupOf.get(to) ?? [] });
    await queueNotes(world.foundation.services, world.people, 'cycle');
    bot = await world.start({ BOT_TENANT_ID: world.connector.tenantId });
    await settle();
  });
  after(() => world.stop());

  /** Whenever all that waits was put back, its time comes. */
  async function settle() {
    for (let round = 0; round < 20; round += 1) {
      const rows = await storageSays(ledger, (all) => all.every(isEndedOrPutBack));
      if (rows.every(({ state }) => state !== 'queued')) return;
      await bot.moveClock(longerThanBackoffMs);
      const waits = rows.find(({ state }) => state === 'queued');
      await storageSays(ledger, (all) => all.some(({ key, at }) => key === waits?.key && at !== waits.at));
    }
    assert.fail('Messages are tried for ever.');
  }

  const ledger = () => world.foundation.outbox.ledger(notesPartition);
  const callsTo = ({ to }: LedgerRow) =>
    world.connector.recorded.filter((call) => 'person' in to && call.to === aadObjectIdOf(to.person));

  it('fails in every one of these ways, one request in five', () => {
    const { recorded } = world.connector;
    const failed = recorded.filter(({ status }) => status !== 200 && status !== 201);
    const ways = new Set(
      failed.map(({ status, happened }) => `${status}${happened ? ' after it was done' : ''}`),
    );
    assert.deepEqual([...ways].sort(), [
      ...['403', '404', '412', '413', '429', '500', '502', '503', '504'],
      ...['dropped', 'dropped after it was done'],
    ]);
    for (const [index, kinds] of groups.entries()) {
      const theirs = new Set(world.people.filter((_, at) => at % groups.length === index).map(aadObjectIdOf));
      const of = (calls: readonly RecordedCall[]) => calls.filter(({ to }) => theirs.has(to as never)).length;
      const share = of(failed) / of(recorded);
      assert.ok(share > 0.1 && share < 0.3, `${share} of the calls failed by ${kinds.join()}`);
    }
  });

  it('delivers every message, but for what is too big for Teams however often it is asked', async () => {
    const rows = await ledger();
    assert.equal(rows.length, messages);
    for (const { state, reason } of rows)
      assert.match(`${state}: ${reason}`, /^(delivered: |undeliverable: the card is too big)$/);
    assert.ok(rows.some(({ state }) => state === 'undeliverable'));
  });

  it('has a card for each delivered message, and none twice but where the answer was lost', async () => {
    for (const row of await ledger()) {
      const lost = callsTo(row).filter(({ status, happened }) => status === 'dropped' && happened);
      const cards = callsTo(row).filter(({ happened, operation }) => happened && operation !== 'create');
      assert.equal(cards.length, (row.state === 'delivered' ? 1 : 0) + lost.length, row.key);
    }
  });

  it('does not send again by itself what is too big', async () => {
    for (const row of await ledger()) {
      const refused = callsTo(row).findIndex(({ status }) => status === 413);
      if (refused >= 0) assert.equal(refused, callsTo(row).length - 1, row.key);
    }
  });

  it('sends again what failed, and only that, when the operator asks', async () => {
    const { connector, foundation } = world;
    connector.fail(undefined);
    const failed = (await ledger()).filter(({ state }) => state === 'undeliverable');
    const before = notes().length;
    await foundation.outbox.requeue(notesPartition, ['undeliverable', 'setAside']);
    await ledgerSays(world, notesPartition, ({ delivered }) => delivered === messages);
    assert.equal(notes().length - before, failed.length);
  });

  const notes = () =>
    world.connector.recorded.filter(
      ({ happened, activity }) => happened && activity?.['summary'] === 'A note',
    );
});

function isEndedOrPutBack({ state, reason }: LedgerRow): boolean {
  return state !== 'sending' && (state !== 'queued' || reason !== '');
}
