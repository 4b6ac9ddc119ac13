import assert from 'node:assert/strict';
import type { TransactionAction } from '@azure/data-tables';
import { SharedTransactions } from '../../src/storage/shared-transactions.js';
import { connectStorage, isDuplicate, isStale, type StorageClients } from '../../src/storage/table.js';
import { freshNames, startAzurite } from '../stand-ins/azurite.js';

const partitionKey = '2022-04';
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
});
