import assert from 'node:assert/strict';
import type { PlainCard } from '../../src/practice/plr/names.js';
import { away, notTried, refusedFor } from '../../src/delivery/failures.js';
import type { End, Outbox, QueuedMessage } from '../../src/delivery/outbox.js';
import type { PersonId } from '../../src/practice/base/ids.js';
import type { DocumentKind, Message, Urgency } from '../../src/practice/plr/ports.js';
import { addHours, fromEpochMilliseconds } from '../../src/practice/base/time.js';
import { TableDocuments } from '../../src/storage/table-documents.js';
import { TableOutbox } from '../../src/storage/table-outbox.js';
import { connectStorage, type StorageClients } from '../../src/storage/table.js';
import { freshNames, startAzurite } from '../stand-ins/azurite.js';

const now = fromEpochMilliseconds(Date.UTC(2022, 3, 1, 8));
const clock = { now: () => now };
const partition = '2022-04';
const noteKind: DocumentKind<object, 'note'> = { kind: 'note', schemaVersion: 1 };
const where = { serviceUrl: 'https://teams.example/', conversationId: 'c1', activityId: 'a1' };

function message(key: string, urgency: Urgency = 'ordinary'): Message {
  const to = { person: 'ash-manager' as PersonId };
  return { key, to, card: 'note' as PlainCard, about: { partition, kind: 'note', id: 'one' }, urgency };
}

describe('the outbox, as every store of it keeps it', () => {
  let outbox: Outbox;
  let table: StorageClients['table'];
  let logged: string[];
  let announce: (...messages: Message[]) => Promise<void>;

  beforeEach(async () => {
    const { connectionString } = await startAzurite();
    const clients = connectStorage({ by: 'connection-string', connectionString }, freshNames());
    await clients.prepare();
    const documents = new TableDocuments({ table: clients.table, clock, timeZone: 'Europe/London' });
    ({ table } = clients);
    logged = [];
    outbox = new TableOutbox(table, clock, { log: (event) => logged.push(event) });
    let made = 0;
    announce = async (...messages) => {
      const key = { partition, kind: 'note', id: `n${(made += 1)}` };
      await documents.create(noteKind, key, { state: {}, did: 'wrote', messages }, 'system');
    };
  });

  const only = async (): Promise<QueuedMessage> => {
    const [first, ...more] = await outbox.waiting(partition, 10);
    assert.ok(first && more.length === 0);
    return first;
  };
  const claimed = async (): Promise<QueuedMessage> => {
    const [one] = await outbox.claim([await only()]);
    assert.ok(one);
    return one;
  };
  const finish = async (message: QueuedMessage, end: End) => (await outbox.finish([{ message, end }]))[0];
  const stateOf = async (key: string) => (await outbox.ledger(partition, key)).map(({ state }) => state);

  it('gives alerts first, then answers, then the rest', async () => {
    await announce(message('c'), message('b', 'answer'), message('a', 'alert'));
    const keys = (found: QueuedMessage[]) => found.map((one) => one.message.key);
    assert.deepEqual(keys(await outbox.waiting(partition, 10)), ['a', 'b', 'c']);
    assert.deepEqual(keys(await outbox.urgent(partition, 10)), ['a', 'b']);
    assert.equal(await outbox.depth(partition), 3);
  });

  it('gives a message to one worker only', async () => {
    await announce(message('a'));
    const waiting = await only();
    const both = await Promise.all([outbox.claim([waiting]), outbox.claim([waiting])]);
    assert.equal(both.flat().length, 1);
  });

  it('takes of many those that no one else has taken', async () => {
    await announce(message('a'), message('b'));
    const waiting = await outbox.waiting(partition, 10);
    await outbox.claim(waiting.slice(0, 1));
    const rest = await outbox.claim(waiting);
    assert.deepEqual(
      rest.map((one) => one.message.key),
      ['b'],
    );
  });

  it('ends a message once: a worker whose claim was lost changes nothing', async () => {
    await announce(message('a'));
    const first = await claimed();
    const second = await claimed();
    assert.equal(await finish(first, { state: 'superseded', at: now, reason: 'late' }), false);
    assert.equal(await finish(second, { state: 'delivered', at: now, where }), true);
    assert.deepEqual(await stateOf('a'), ['delivered']);
    assert.deepEqual(await outbox.waiting(partition, 10), []);
  });

  it('knows where a delivered card is, and nowhere for one that never was', async () => {
    await announce(message('a'));
    await finish(await claimed(), { state: 'delivered', at: now, where });
    assert.deepEqual(await outbox.earlier(partition, 'a'), { where });
    assert.equal(await outbox.earlier(partition, 'never'), undefined);
  });

  it('puts back what could not be delivered, and counts it', async () => {
    await announce(message('a'));
    await finish(await claimed(), { state: 'undeliverable', at: now, reason: 'blocked' });
    assert.equal(await outbox.requeue(partition, ['undeliverable'], () => false), 0);
    assert.equal(await outbox.requeue(partition, ['delivered', 'setAside']), 0);
    assert.equal(await outbox.requeue(partition, ['undeliverable']), 1);
    assert.deepEqual(await stateOf('a'), ['queued']);
    assert.equal((await only()).message.key, 'a');
  });

  it('holds a postponed message until its time', async () => {
    await announce(message('a'));
    const held = { until: addHours(now, 2), forMs: 7_200_000 };
    const tried = { away: 1, unclear: 2, refused: 3, card: 4, storage: 5 };
    await outbox.postpone({ ...(await claimed()), tried }, held, away('Teams answered 503'));
    const waiting = await only();
    assert.deepEqual([waiting.held, waiting.tried], [held, tried]);
    const [line] = await outbox.ledger(partition, 'a');
    assert.deepEqual([line?.state, line?.reason, line?.refused], ['queued', 'Teams answered 503', undefined]);
  });

  it('lets what is put back go at once when asked, all or some', async () => {
    await announce(message('a'), message('b'));
    const held = { until: addHours(now, 24), forMs: 86_400_000 };
    for (const one of await outbox.claim(await outbox.waiting(partition, 10)))
      await outbox.postpone(one, held, refusedFor('403 ConversationBlockedByUser'));
    assert.ok((await outbox.ledger(partition)).every((line) => line.refused === true));
    assert.equal(await outbox.release(partition, ({ key }) => key === 'b'), 1);
    const isHeld = async () => (await outbox.waiting(partition, 10)).map((one) => one.held !== undefined);
    assert.deepEqual(await isHeld(), [true, false]);
    assert.equal(await outbox.release(partition), 1);
    assert.deepEqual(await isHeld(), [false, false]);
    assert.equal(await outbox.release(partition), 0);
  });

  it('says why a claimed message waits, and keeps the claim', async () => {
    await announce(message('a'));
    const first = await claimed();
    const explained = await outbox.explain(first, '429');
    assert.ok(explained);
    const [line] = await outbox.ledger(partition, 'a');
    assert.deepEqual([line?.state, line?.reason], ['queued', '429']);
    assert.equal(await outbox.explain(first, '429'), undefined);
    assert.equal(await finish(explained, { state: 'delivered', at: now, where }), true);
  });

  it('reads a row of before, with one count for every cause and no length of its backoff', async () => {
    await announce(message('a'), message('b', 'alert'));
    for (const { rowKey } of await outbox.waiting(partition, 10))
      await table.updateEntity(
        { partitionKey: partition, rowKey, attempts: 299, heldUntil: addHours(now, 1) },
        'Merge',
      );
    assert.deepEqual(
      (await outbox.waiting(partition, 10)).map(({ tried, held }) => ({ tried, forMs: held?.forMs })),
      [60_000, 300_000].map((forMs) => ({ tried: { ...notTried, away: 299 }, forMs })),
    );
  });

  const unreadable: [what: string, columns: Record<string, string>][] = [
    ['a recipient', { recipientKind: 'region', recipientId: 'north' }],
    ['an urgency', { urgency: 'leisurely' }],
  ];
  for (const [what, columns] of unreadable) {
    it(`sets a row aside that has ${what} of a later version, and goes on with the others`, async () => {
      await announce(message('a'), message('b', 'alert'), message('c'));
      const [, odd] = await outbox.waiting(partition, 10);
      for (const rowKey of [odd!.rowKey, 'msg~a'])
        await table.updateEntity({ partitionKey: partition, rowKey, ...columns }, 'Merge');
      const keys = (found: QueuedMessage[]) => found.map((one) => one.message.key);
      assert.deepEqual(keys(await outbox.urgent(partition, 10)), ['b']);
      assert.deepEqual(await stateOf('a'), ['queued']);
      assert.deepEqual(keys(await outbox.waiting(partition, 2)), ['b', 'c']);
      assert.deepEqual(logged, ['a message was set aside']);
      assert.equal(await outbox.depth(partition), 2);
      const [line] = await outbox.ledger(partition, 'a');
      assert.deepEqual([line?.state, line?.reason], ['setAside', 'this version of the bot cannot read it']);
      assert.equal(await outbox.requeue(partition, ['setAside']), 0);
      const readable = { recipientKind: 'person', urgency: 'ordinary' };
      await table.updateEntity({ partitionKey: partition, rowKey: 'msg~a', ...readable }, 'Merge');
      assert.equal(await outbox.requeue(partition, ['setAside']), 1);
    });
  }

  it('lists the ledger past the first page of 1,000, and by the beginning of a key', async () => {
    for (let from = 0; from < 1_050; from += 35)
      await announce(...Array.from({ length: 35 }, (_, index) => message(`m.${from + index}`)));
    await announce(message('other'));
    assert.equal((await outbox.ledger(partition)).length, 1_051);
    assert.equal((await outbox.ledger(partition, 'm.')).length, 1_050);
    assert.equal((await outbox.ledger(partition, 'other')).length, 1);
  });
});
