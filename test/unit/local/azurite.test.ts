import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TableClient } from '@azure/data-tables';
import { QueueServiceClient } from '@azure/storage-queue';
import { BlobServiceClient } from '@azure/storage-blob';
import { startAzurite, type AzuritePorts } from '../../../src/local/azurite.js';
import { freePort } from '../../stand-ins/free-port.js';
import { ProcessGroup } from '../../../src/local/processes.js';

describe('Azurite on this machine', () => {
  let folder: string, ports: AzuritePorts;
  const groups: ProcessGroup[] = [];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'plr-azurite-'));
    ports = { blob: await freePort(), queue: await freePort(), table: await freePort() };
  });

  afterEach(async () => {
    for (const group of groups.splice(0)) await group.stopAll();
    rmSync(folder, { recursive: true, force: true });
  });

  async function start() {
    const group = new ProcessGroup(join(folder, 'logs'));
    groups.push(group);
    const { connectionString } = await startAzurite(group, { folder: join(folder, 'data'), ports });
    const table = TableClient.fromConnectionString(connectionString, 'reviews', {
      allowInsecureConnection: true,
      retryOptions: { maxRetries: 0 },
    });
    return { group, connectionString, table };
  }

  it('serves tables, queues and blobs by its connection string', async () => {
    const { connectionString } = await start();
    const options = { allowInsecureConnection: true };
    await TableClient.fromConnectionString(connectionString, 'reviews', options).createTable();
    await QueueServiceClient.fromConnectionString(connectionString).createQueue('wake');
    await BlobServiceClient.fromConnectionString(connectionString).createContainer('leases');
  });

  it('has after a stop and a start what was written the moment before', async () => {
    const first = await start();
    await first.table.createTable();
    await first.table.createEntity({ partitionKey: 'a', rowKey: 'b', grade: 'good' });
    await first.group.stopAll();
    const second = await start();
    assert.equal((await second.table.getEntity<{ grade: string }>('a', 'b')).grade, 'good');
  });

  it('starts again over a folder it was killed on', async () => {
    const first = await start();
    await first.table.createTable();
    const writes = Array.from({ length: 50 }, (_, row) =>
      first.table.createEntity({ partitionKey: 'a', rowKey: String(row) }).catch(() => undefined),
    );
    await writes[0];
    await first.group.killAll();
    await Promise.all(writes);
    const second = await start();
    await second.table.createTable();
    await second.table.createEntity({ partitionKey: 'a', rowKey: 'after' });
  });
});
