import assert from 'node:assert/strict';
import { appendFile, mkdtemp, readFile, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { BlobServiceClient } from '@azure/storage-blob';
import type { PlainCard } from '../../src/practice/plr/names.js';
import { notTried } from '../../src/delivery/failures.js';
import { verifyPartition } from '../../src/audit/verify.js';
import { Fault } from '../../src/practice/base/errors.js';
import type { PersonId } from '../../src/practice/base/ids.js';
import type { Change, DocumentKind, Message, Urgency } from '../../src/practice/plr/ports.js';
import { fromEpochMilliseconds, type Instant } from '../../src/practice/base/time.js';
import { containerArchive, folderArchive, type Archive } from '../../src/storage/backup/archive.js';
import { backUp } from '../../src/storage/backup/back-up.js';
import { refuseHalfRestored } from '../../src/storage/backup/restore-marker.js';
import { restore } from '../../src/storage/backup/restore.js';
import { BlobLease } from '../../src/storage/lease.js';
import { PartitionRegistry } from '../../src/storage/partition-registry.js';
import { connectStorage, type StorageClients } from '../../src/storage/table.js';
import { TableDocuments } from '../../src/storage/table-documents.js';
import { TableLog } from '../../src/storage/table-log.js';
import { TableOutbox } from '../../src/storage/table-outbox.js';
import { freshNames, startAzurite } from '../stand-ins/azurite.js';

const madeAt = '2022-04-11T02:00:00Z' as Instant;
const clock = { now: () => fromEpochMilliseconds(Date.UTC(2022, 3, 11)) };
const noteKind: DocumentKind<{ text: string }, 'note'> = {
  kind: 'note',
  schemaVersion: 1,
  dueAt: () => '2022-04-12T08:00:00Z' as Instant,
};
const keyOf = (id: string) => ({ partition: '2022-04', kind: 'note', id }) as const;
const note = (text: string, messages: readonly Message[] = []): Change<{ text: string }> => ({
  state: { text },
  did: 'wrote',
  messages,
});

function message(key: string, urgency: Urgency, redraws?: string): Message {
  const to = { person: 'ash-manager' as PersonId };
  const base = { key, to, card: 'note' as PlainCard, about: keyOf('n1'), urgency };
  return redraws === undefined ? base : { ...base, redraws };
}

async function newStore(): Promise<StorageClients> {
  const { connectionString } = await startAzurite();
  const clients = connectStorage({ by: 'connection-string', connectionString }, freshNames());
  await clients.prepare();
  return clients;
}

/** Every row with its types, and every blob, as they lie in storage. */
async function contentOf({ table, container }: StorageClients) {
  const rows: unknown[] = [];
  for await (const row of table.listEntities<object>({ disableTypeConversion: true })) {
    const own = Object.entries(row).filter(([name]) => !/^(etag|timestamp|odata.*)$/.test(name));
    rows.push(Object.fromEntries(own));
  }
  const blobs: Record<string, string> = {};
  for await (const { name } of container.listBlobsFlat()) {
    const { readableStreamBody } = await container.getBlobClient(name).download();
    blobs[name] = (await buffer(readableStreamBody!)).toString('base64');
  }
  return { rows, blobs };
}

const isFault = (code: string, words: RegExp) => (error: unknown) =>
  error instanceof Fault && error.code === code && words.test(error.message);

describe('a backup of the store', () => {
  let folder: string;
  let from: StorageClients;
  let to: StorageClients;
  let archive: Archive;
  let documents: TableDocuments;

  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'plr-')), 'backup');
    archive = folderArchive(folder);
    [from, to] = [await newStore(), await newStore()];
    const registry = new PartitionRegistry(from.table);
    documents = new TableDocuments({
      table: from.table,
      clock,
      timeZone: 'Europe/London',
      keepSwept: (partition) => registry.keepSwept(partition),
    });
    await documents.create(noteKind, keyOf('n1'), note('first'), 'system');
    await documents.change(noteKind, keyOf('n1'), 'ash-manager' as PersonId, () => note('“second” £ 👩‍👧'));
    await from.container
      .getBlockBlobClient('rosters/000001.json.gz')
      .upload(Buffer.from([0, 255, 31, 139]), 4);
  });
  afterEach(() => rm(join(folder, '..'), { recursive: true }));

  const make = (clients = from, into = archive) =>
    backUp({ clients, archive: into, now: madeAt, product: '0.1.0' });
  const bringBack = () => restore({ clients: to, archive });
  const verified = async () => {
    const log = new TableLog(to.table);
    return verifyPartition('2022-04', await log.documents('2022-04'), log.links('2022-04'));
  };

  it('comes back row by row with every type, and blob by blob', async () => {
    await from.table.createEntity({
      partitionKey: 'settings',
      rowKey: 'types',
      text: 'state0',
      empty: '',
      whole: 3,
      long: 9_007_199_254_740_993n,
      half: 0.5,
      yes: true,
      when: { type: 'DateTime', value: '2022-04-01T08:00:00.1234567Z' },
      bytes: new Uint8Array([0, 1, 254, 255]),
      id: { type: 'Guid', value: '7f951dda-4ed3-4680-a7ca-43fe172d538d' },
    });
    const before = await contentOf(from);
    assert.deepEqual(await make(), { partitions: 3, rows: 6, blobs: 1 });
    await bringBack();
    assert.deepEqual(await contentOf(to), before);
    assert.deepEqual((await verified()).findings, []);
  });

  it('is for its owner’s eyes only', async () => {
    await make();
    assert.equal((await stat(folder)).mode & 0o777, 0o700);
    for (const file of ['manifest.json', 'table/2022-04.jsonl', 'blobs/rosters/000001.json.gz'])
      assert.equal((await stat(join(folder, file))).mode & 0o777, 0o600, file);
  });

  it('can lie in a container of another account', async () => {
    const { connectionString } = await startAzurite();
    const { container } = freshNames();
    const elsewhere = BlobServiceClient.fromConnectionString(connectionString).getContainerClient(container);
    await elsewhere.create();
    const there = containerArchive(elsewhere, 'nightly');
    await make(from, there);
    await restore({ clients: to, archive: there });
    assert.deepEqual(await contentOf(to), await contentOf(from));
    await assert.rejects(make(from, there), isFault('archive-not-empty', /is not empty/));
  });

  it('has each partition as it was at one moment, though it is written to meanwhile', async () => {
    let writes = 0;
    const busy = new Proxy(from.table, {
      get: (table, name) => {
        if (name !== 'listEntities') return Reflect.get(table, name) as unknown;
        return (options: Parameters<typeof table.listEntities>[0]) => {
          const rows = table.listEntities<Record<string, unknown>>(options);
          const isReading = options?.disableTypeConversion === true;
          return Object.assign(andThenWrite(rows, isReading), { byPage: rows.byPage.bind(rows) });
        };
      },
    });
    async function* andThenWrite(rows: AsyncIterable<Record<string, unknown>>, isReading: boolean) {
      for await (const row of rows) {
        yield row;
        if (!isReading || writes >= 3) continue;
        writes += 1;
        await documents.change(noteKind, keyOf('n1'), 'system', () =>
          note(`meanwhile ${writes}`, [message(`m${writes}`, 'alert')]),
        );
      }
    }
    await make({ ...from, table: busy });
    assert.equal(writes, 3);
    await bringBack();
    assert.deepEqual((await verified()).findings, []);
    assert.equal(
      (
        await new TableDocuments({ table: to.table, clock, timeZone: 'Europe/London' }).read(
          noteKind,
          keyOf('n1'),
        )
      )?.text,
      'meanwhile 3',
    );
    assert.equal((await new TableOutbox(to.table, clock).waiting('2022-04', 10)).length, 3);
  });

  it('that is damaged is refused whole, each file by its reason', async () => {
    await make();
    await appendFile(join(folder, 'table/2022-04.jsonl'), ' ');
    await writeFile(join(folder, 'blobs/rosters/000001.json.gz'), 'xxxx');
    await unlink(join(folder, 'table/partitions.jsonl'));
    await assert.rejects(
      bringBack(),
      isFault(
        'damaged',
        /2022-04\.jsonl: it has [\s\S]*partitions\.jsonl: it is missing[\s\S]*gz: its checksum/,
      ),
    );
    assert.deepEqual(await contentOf(to), { rows: [], blobs: {} });
  });

  it('that was not finished is no backup', async () => {
    await make();
    await unlink(join(folder, 'manifest.json'));
    await assert.rejects(bringBack(), isFault('no-backup', /not finished/));
    await writeFile(join(folder, 'manifest.json'), '{"schemaVersion":2}');
    await assert.rejects(bringBack(), isFault('no-backup', /another version/));
  });

  it('comes back into an empty store only', async () => {
    await make();
    await to.table.createEntity({ partitionKey: 'references', rowKey: 'PLR-7K3M2Q' });
    await to.container.getBlockBlobClient('rosters/000001.json.gz').upload('', 0);
    const before = await contentOf(to);
    await assert.rejects(bringBack(), isFault('not-empty', /rows in references, rosters\/000001\.json\.gz/));
    assert.deepEqual(await contentOf(to), before);
  });

  it('comes back into a store where a bot was only started, but not while one runs', async () => {
    await make();
    await new PartitionRegistry(to.table).activate('council');
    const lease = new BlobLease({ container: to.container, log: () => {} });
    assert.ok(await lease.lead());
    await assert.rejects(bringBack(), isFault('bot-running', /Stop it first/));
    await lease.stepDown();
    await bringBack();
    assert.deepEqual((await verified()).findings, []);
  });

  it('cut short, keeps every bot out until the same backup is brought back', async () => {
    await make();
    const dying = {
      ...archive,
      read: (name: string) => {
        reads += 1;
        return reads > 5 ? Promise.reject(new Error('killed')) : archive.read(name);
      },
    };
    let reads = 0;
    await assert.rejects(restore({ clients: to, archive: dying }), /killed/);
    await assert.rejects(refuseHalfRestored(to.table), isFault('restore-unfinished', /again with the same/));
    const other = folderArchive(join(folder, '..', 'other'));
    await documents.change(noteKind, keyOf('n1'), 'system', () => note('third'));
    await make(from, other);
    await assert.rejects(
      restore({ clients: to, archive: other }),
      isFault('other-restore', /another backup/),
    );
    await bringBack();
    await refuseHalfRestored(to.table);
    assert.deepEqual((await verified()).findings, []);
    assert.equal((await verified()).links, 2);
  });

  it('sets aside what waited and may have been sent since, but lets alerts and redraws wait again', async () => {
    const outbox = new TableOutbox(from.table, clock);
    const all = [
      message('a', 'alert'),
      message('b', 'ordinary'),
      message('c', 'answer', 'b'),
      message('d', 'alert'),
    ];
    await documents.change(noteKind, keyOf('n1'), 'system', () => note('told', all));
    await outbox.claim(
      (await outbox.waiting('2022-04', 10)).filter(({ message: { key } }) => key === 'd' || key === 'b'),
    );
    await make();
    const { setAside, alertsWaiting } = await bringBack();
    assert.deepEqual({ setAside, alertsWaiting }, { setAside: 1, alertsWaiting: 2 });
    const there = new TableOutbox(to.table, clock);
    assert.deepEqual(
      (await there.ledger('2022-04')).map(({ key, state }) => `${key} ${state}`),
      ['a queued', 'b setAside', 'c queued', 'd queued'],
    );
    assert.deepEqual(
      (await there.waiting('2022-04', 10)).map(({ message: { key }, claimed, tried }) => ({
        key,
        claimed,
        tried,
      })),
      ['a', 'd', 'c'].map((key) => ({ key, claimed: false, tried: notTried })),
    );
    assert.equal(await there.requeue('2022-04', ['setAside']), 1);
    assert.equal((await there.waiting('2022-04', 10)).length, 4);
  });

  it('puts a partition with something due or unsent back into the sweep', async () => {
    await new PartitionRegistry(from.table).activate('2022-04');
    await from.table.updateEntity({ partitionKey: 'partitions', rowKey: '2022-04', active: false }, 'Merge');
    await make();
    await bringBack();
    assert.deepEqual(await new PartitionRegistry(to.table).active(), ['2022-04']);
  });

  it('reads more than one page of rows', async () => {
    const many = Array.from({ length: 1_300 }, (_, index) => ({
      key: keyOf(`m${index}`),
      change: note('x'.repeat(3_000)),
    }));
    await documents.createAll(noteKind, many, 'system');
    await make();
    const lines = (await readFile(join(folder, 'table/2022-04.jsonl'), 'utf8')).split('\n');
    assert.equal(lines.length - 1, 1_300 * 3 + 4);
    await bringBack();
    assert.equal((await verified()).documents, 1_301);
  });
});
