import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readGzipped } from '../../src/storage/gzipped.js';
import { connectStorage, rowsOf, type StorageClients } from '../../src/storage/table.js';
import { submitRows } from '../../src/storage/transaction.js';
import { WakeQueue } from '../../src/storage/wake-queue.js';
import { freshNames, startAzurite, startOwnAzurite, type OwnAzurite } from '../stand-ins/azurite.js';

describe('storage that takes connections and does not answer', () => {
  let azurite: OwnAzurite;
  let location: string;
  let clients: StorageClients;
  let patient: StorageClients;
  const row = { partitionKey: 'p', rowKey: 'r' };

  before(async () => {
    location = await mkdtemp(join(tmpdir(), 'plr-hanging-'));
    azurite = await startOwnAzurite({ location });
    const { connectionString } = azurite;
    const [config, names] = [{ by: 'connection-string', connectionString } as const, freshNames()];
    clients = connectStorage(config, names);
    patient = connectStorage(config, names, { isPatient: true });
    await clients.prepare();
    await clients.table.createEntity(row);
    azurite.pause();
  });
  after(async () => {
    azurite.resume();
    await azurite.stop();
    await rm(location, { recursive: true, force: true });
  });

  it('is given up by a read, a save and a listing, and waited for by a restore', async () => {
    const restored = submitRows(patient.table, [['update', row, 'Merge']]);
    const wakes = new WakeQueue(clients.queue);
    await Promise.all([
      assert.rejects(clients.table.getEntity('p', 'r')),
      assert.rejects(submitRows(clients.table, [['update', row, 'Merge']])),
      assert.rejects(clients.probe()),
      assert.rejects(wakes.take()),
      assert.rejects(wakes.wake('p')),
    ]);
    azurite.resume();
    assert.equal((await restored).length, 1);
  });
});

describe('storage that begins its answers and does not finish them', () => {
  let server: Server;
  let clients: StorageClients;

  before(async () => {
    server = createServer((request, response) => {
      request.resume();
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"value":[');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const endpoints = ['Blob', 'Queue', 'Table'].map((one) => `${one}Endpoint=${address}/${one}/a`);
    const connectionString = `DefaultEndpointsProtocol=http;AccountName=a;AccountKey=YQ==;${endpoints.join(';')};`;
    clients = connectStorage({ by: 'connection-string', connectionString });
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });

  it('is given up: a row, a listing, a transaction, a wake, and a file', async () => {
    const row = { partitionKey: 'p', rowKey: 'r' };
    const wakes = new WakeQueue(clients.queue);
    await Promise.all([
      assert.rejects(clients.table.getEntity('p', 'r')),
      assert.rejects(rowsOf(clients.table, 'p', 'doc~').next()),
      assert.rejects(submitRows(clients.table, [['update', row, 'Merge']])),
      assert.rejects(wakes.take()),
      assert.rejects(readGzipped(clients.container, 'draws/2022-04.json.gz')),
    ]);
  });
});

describe('storage of which only the files are away', () => {
  it('is not ready: nobody can lead', async () => {
    const { connectionString } = await startAzurite();
    const names = freshNames();
    const whole = connectStorage({ by: 'connection-string', connectionString }, names);
    await whole.prepare();
    await whole.probe();
    const withoutFiles = connectionString.replace(/(BlobEndpoint=http:\/\/127\.0\.0\.1):\d+/, '$1:1');
    assert.notEqual(withoutFiles, connectionString);
    const half = connectStorage({ by: 'connection-string', connectionString: withoutFiles }, names);
    await assert.rejects(half.probe());
  });
});
