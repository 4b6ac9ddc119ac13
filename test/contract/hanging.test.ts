import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import sinon from 'sinon';
import { readGzipped } from '../../src/storage/gzipped.js';
import { connectStorage, entitiesOf, type StorageClients } from '../../src/storage/table.js';
import { submitRows } from '../../src/storage/transaction.js';
import { WakeQueue } from '../../src/storage/wake-queue.js';
import { freshNames, startAzurite, startOwnAzurite, type OwnAzurite } from '../stand-ins/azurite.js';

/** How long a request may take before it is given up, at most. */
const giveUpMs = 10_000;

/** Enough for what is under way in this process to arrive. */
async function someTurns(): Promise<void> {
  for (let turns = 0; turns < 100; turns += 1) await setImmediate();
}

/** What these come to when ten seconds have passed since they were all under way, by a clock of the test's own. */
async function afterTenSeconds<T>(begin: () => Promise<T>, areUnderWay = () => true): Promise<T> {
  const clock = sinon.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const timeout = sinon.stub(AbortSignal, 'timeout').callsFake((ms) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new DOMException('It took too long.', 'TimeoutError')), ms);
    return controller.signal;
  });
  try {
    const begun = begin();
    do await someTurns();
    while (!areUnderWay());
    await clock.tickAsync(giveUpMs);
    return await begun;
  } finally {
    timeout.restore();
    clock.restore();
  }
}

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
    await afterTenSeconds(() =>
      Promise.all([
        assert.rejects(clients.table.getEntity('p', 'r')),
        assert.rejects(submitRows(clients.table, [['update', row, 'Merge']])),
        assert.rejects(clients.probe()),
        assert.rejects(wakes.take()),
        assert.rejects(wakes.wake('p')),
      ]),
    );
    azurite.resume();
    assert.equal((await restored).length, 1);
  });
});

describe('storage that begins its answers and does not finish them', () => {
  let server: Server;
  let clients: StorageClients;
  let answersBegun = 0;

  before(async () => {
    server = createServer((request, response) => {
      request.resume();
      response.writeHead(200, { 'content-length': '1000', etag: '"1"' });
      // How large a file is, is asked first.
      if (request.method === 'HEAD') return response.end();
      response.write('{"value":[', () => (answersBegun += 1));
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
    await afterTenSeconds(
      () =>
        Promise.all([
          assert.rejects(clients.table.getEntity('p', 'r')),
          assert.rejects(entitiesOf(clients.table, 'p', 'doc~').next()),
          assert.rejects(submitRows(clients.table, [['update', row, 'Merge']])),
          assert.rejects(wakes.take()),
          assert.rejects(readGzipped(clients.container, 'draws/2022-04.json.gz')),
        ]),
      () => answersBegun === 5,
    );
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
