import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TableClient } from '@azure/data-tables';
import { BlobServiceClient } from '@azure/storage-blob';
import { QueueServiceClient } from '@azure/storage-queue';
import { freshNames, startAzurite, startOwnAzurite } from '../../stand-ins/azurite.js';

const insecure = { allowInsecureConnection: true };
// Without the SDK's own patience, so that storage that is away is seen to be away.
const impatient = { ...insecure, retryOptions: { maxRetries: 0 } };

describe('the stand-in storage', () => {
  it('is one Azurite for the whole run, with tables, queues and blobs', async () => {
    const { connectionString } = await startAzurite();
    assert.equal((await startAzurite()).connectionString, connectionString);
    const names = freshNames();
    await TableClient.fromConnectionString(connectionString, names.table, insecure).createTable();
    await QueueServiceClient.fromConnectionString(connectionString).createQueue(names.queue);
    const { containerClient } = await BlobServiceClient.fromConnectionString(
      connectionString,
    ).createContainer(names.container);
    assert.equal(await containerClient.exists(), true);
  });

  it('gives each test names of its own, that tables, queues and containers all take', () => {
    const [one, other] = [freshNames(), freshNames()];
    assert.notEqual(one.suffix, other.suffix);
    for (const name of [one.table, one.queue, one.container]) assert.match(name, /^[a-z][a-z0-9]{3,62}$/);
  });

  it('refuses while killed, hangs while paused, and goes on with the same data on the same ports', async () => {
    const location = await mkdtemp(join(tmpdir(), 'azurite-'));
    const own = await startOwnAzurite({ location });
    try {
      const table = TableClient.fromConnectionString(own.connectionString, freshNames().table, impatient);
      await table.createTable();
      await table.createEntity({ partitionKey: 'p', rowKey: 'r', kept: true });
      const read = () => table.getEntity('p', 'r');

      own.pause();
      let answered = false;
      const reading = read().then(() => (answered = true));
      await assert.rejects(fetch(`http://127.0.0.1:${own.ports.blob}`, { signal: AbortSignal.timeout(50) }));
      assert.equal(answered, false);
      own.resume();
      await reading;

      await own.kill();
      await assert.rejects(read(), { code: 'ECONNREFUSED' });
      const { ports } = own;
      await own.restart();
      assert.deepEqual(own.ports, ports);
      assert.equal((await read())['kept'], true);
    } finally {
      await own.stop();
      await rm(location, { recursive: true });
    }
  });
});
