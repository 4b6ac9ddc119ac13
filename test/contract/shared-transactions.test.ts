import assert from 'node:assert/strict';
import type { PipelineRequest } from '@azure/core-rest-pipeline';
import type { TransactionAction } from '@azure/data-tables';
import { createHttpHeaders } from '../../src/storage/azure.js';
import { SharedTransactions } from '../../src/storage/shared-transactions.js';
import { connectStorage, isDuplicate, isStale, type StorageClients } from '../../src/storage/table.js';
import { freshNames, startAzurite } from '../stand-ins/azurite.js';

const partitionKey = '2022-04';
const bodyOf = ({ body }: PipelineRequest) => (Buffer.isBuffer(body) ? body.toString() : '');
const made = (rowKey: string): TransactionAction => ['create', { partitionKey, rowKey }];

describe('saves of one partition, made in the same turn', () => {
  let clients: StorageClients;
  let shared: SharedTransactions;
  let requests: number;

  beforeEach(async () => {
    const { connectionString } = await startAzurite();
    const onRequest = () => void (requests += 1);
    clients = connectStorage({ by: 'connection-string', connectionString }, freshNames(), { onRequest });
    await clients.prepare();
    shared = new SharedTransactions(clients.table);
    requests = 0;
  });

  async function rowKeys() {
    const keys: string[] = [];
    for await (const { rowKey } of clients.table.listEntities()) keys.push(rowKey ?? '');
    return keys;
  }

  it('share one request, and each gets the ETags of its own rows', async () => {
    const etags = await Promise.all([shared.submit([made('a'), made('b')]), shared.submit([made('c')])]);
    assert.equal(requests, 1);
    const stored = await Promise.all(
      ['a', 'b', 'c'].map(async (key) => (await clients.table.getEntity(partitionKey, key)).etag),
    );
    assert.deepEqual(etags, [stored.slice(0, 2), stored.slice(2)]);
  });

  it('are each saved or refused by themselves when one of them is refused', async () => {
    const { etag } = await clients.table.createEntity({ partitionKey, rowKey: 'there' });
    const old: TransactionAction = [
      'update',
      { partitionKey, rowKey: 'there', text: 'late' },
      'Replace',
      { etag: 'W/"old"' },
    ];
    const [first, stale, twice, last] = await Promise.allSettled([
      shared.submit([made('a')]),
      shared.submit([old, made('with it')]),
      shared.submit([made('there')]),
      shared.submit([made('z')]),
    ]);
    assert.deepEqual([first.status, last.status], ['fulfilled', 'fulfilled']);
    assert.ok(stale.status === 'rejected' && isStale(stale.reason));
    assert.ok(twice.status === 'rejected' && isDuplicate(twice.reason));
    assert.deepEqual(await rowKeys(), ['a', 'there', 'z']);
    assert.equal((await clients.table.getEntity(partitionKey, 'there')).etag, etag);
  });

  it('go as many as fit into a transaction', async () => {
    const saves = Array.from({ length: 30 }, (_, save) =>
      [1, 2, 3, 4, 5, 6, 7].map((row) => made(`${save}-${row}`)),
    );
    await Promise.all(saves.map((rows) => shared.submit(rows)));
    assert.equal(requests, 3);
    assert.equal((await rowKeys()).length, 210);
  });

  it('are not mixed with those of another partition', async () => {
    await Promise.all([
      shared.submit([made('a')]),
      shared.submit([['create', { partitionKey: 'council', rowKey: 'a' }]]),
    ]);
    assert.equal(requests, 2);
  });

  it('all fail when nobody knows what became of them: a second try could save what was saved', async () => {
    let tries = 0;
    clients.table.pipeline.addPolicy({
      name: 'fault',
      sendRequest: () => {
        tries += 1;
        return Promise.reject(new Error('the line broke'));
      },
    });
    const outcomes = await Promise.allSettled([shared.submit([made('a')]), shared.submit([made('b')])]);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    assert.equal(tries, 1);
  });

  /** Storage answers so, and saves nothing, when a transaction has more than `most` rows. */
  function answering(most: number, status: number) {
    clients.table.pipeline.addPolicy({
      name: 'answer',
      sendRequest: async (request, next) => {
        const rows = bodyOf(request).split('content-type: application/http').length - 1;
        if (rows <= most) return next(request);
        return { request, status, headers: createHttpHeaders() };
      },
    });
  }

  for (const status of [400, 413])
    it(`are each saved by themselves when together they are too much for storage (${status})`, async () => {
      answering(2, status);
      await Promise.all(['a', 'b', 'c'].map((key) => shared.submit([made(key)])));
      assert.deepEqual(await rowKeys(), ['a', 'b', 'c']);
    });

  it('fail alone when a row of theirs is too large', async () => {
    clients.table.pipeline.addPolicy({
      name: 'too large',
      sendRequest: async (request, next) =>
        bodyOf(request).includes('"RowKey":"huge"')
          ? { request, status: 413, headers: createHttpHeaders() }
          : next(request),
    });
    const outcomes = await Promise.allSettled(['a', 'huge', 'z'].map((key) => shared.submit([made(key)])));
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
    assert.deepEqual(await rowKeys(), ['a', 'z']);
  });

  it('are saved once when two make the same row, or change it', async () => {
    const twice = await Promise.allSettled([1, 2, 3].map(() => shared.submit([made('same')])));
    assert.equal(twice.filter(({ status }) => status === 'fulfilled').length, 1);
    for (const one of twice) assert.ok(one.status === 'fulfilled' || isDuplicate(one.reason));
    const { etag = '' } = await clients.table.getEntity(partitionKey, 'same');
    const change = (text: string): TransactionAction => [
      'update',
      { partitionKey, rowKey: 'same', text },
      'Replace',
      { etag },
    ];
    const changed = await Promise.allSettled([
      shared.submit([change('one')]),
      shared.submit([change('two')]),
    ]);
    assert.equal(changed.filter(({ status }) => status === 'fulfilled').length, 1);
    for (const one of changed) assert.ok(one.status === 'fulfilled' || isStale(one.reason));
  });

  it('all fail when storage says yes in words that cannot be read: a second try could save twice', async () => {
    answering(0, 202);
    await Promise.allSettled([shared.submit([made('a')]), shared.submit([made('b')])]);
    assert.equal(requests, 1);
  });
});
