import assert from 'node:assert/strict';
import type { PlainCard } from '../../src/practice/plr/names.js';
import type { DocumentKind, Message } from '../../src/practice/plr/ports.js';
import type { PersonId } from '../../src/practice/base/ids.js';
import { fromEpochMilliseconds } from '../../src/practice/base/time.js';
import { verifyPartition } from '../../src/audit/verify.js';
import { partitions, rowKeys } from '../../src/storage/keys.js';
import { PartitionRegistry } from '../../src/storage/partition-registry.js';
import { StandingRows } from '../../src/storage/standing-rows.js';
import { TableDocuments } from '../../src/storage/table-documents.js';
import { TableLog } from '../../src/storage/table-log.js';
import { TableOutbox } from '../../src/storage/table-outbox.js';
import { connectStorage, type StorageClients } from '../../src/storage/table.js';
import { freshNames, startAzurite } from '../stand-ins/azurite.js';

interface Task {
  readonly left: number;
}

/** As a version had it that knew nothing of the standing view. */
const before: DocumentKind<Task, 'task'> = { kind: 'task', schemaVersion: 1 };
const task: DocumentKind<Task, 'task'> = {
  ...before,
  open: ({ left }) => (left === 0 ? undefined : { left }),
};
const april = '2022-04';
const clock = { now: () => fromEpochMilliseconds(Date.UTC(2022, 3, 1, 8)) };
const keyOf = (id: string) => ({ partition: april, kind: 'task', id }) as const;
const to = (left: number, messages: readonly Message[] = []) => ({ state: { left }, did: 'did', messages });
const message: Message = {
  key: 'card.one',
  to: { person: 'ash-manager' as PersonId },
  card: 'card' as PlainCard,
  about: keyOf('one'),
  urgency: 'alert',
};

describe('what is open, as it is kept beside what it stands for', () => {
  let clients: StorageClients;
  let registry: PartitionRegistry;
  let documents: TableDocuments;
  let standing: StandingRows;
  let outbox: TableOutbox;

  beforeEach(async () => {
    const { connectionString } = await startAzurite();
    clients = connectStorage({ by: 'connection-string', connectionString }, freshNames());
    await clients.prepare();
    const { table } = clients;
    registry = new PartitionRegistry(table);
    const keepSwept = (partition: string) => registry.keepSwept(partition);
    documents = new TableDocuments({ table, clock, timeZone: 'Europe/London', keepSwept });
    standing = new StandingRows({ table, registry, documents, kinds: [task] });
    outbox = new TableOutbox(table, clock, { keepSwept });
  });

  const open = async () => {
    registry.forget();
    const found = (await standing.read()).documents.map(({ key, open }) => [key.id, open]);
    return Object.fromEntries(found) as Record<string, unknown>;
  };
  const change = (id: string, left: number, kind = task) =>
    documents.change(kind, keyOf(id), 'system', () => to(left));
  const lost = async () => (await standing.read()).lost.map(({ key, state }) => `${key} ${state}`);
  /** As storage has a partition that an older version made: nobody said by which rule. */
  const asBefore = async () => {
    const row = { partitionKey: partitions.activePartitions, rowKey: april, active: true };
    await clients.table.upsertEntity(row, 'Replace');
    registry.forget();
  };
  /** As a version saved it that has no such column. */
  const withoutOpen = async (id: string) => {
    const row = await clients.table.getEntity<Record<string, unknown>>(april, rowKeys.document(keyOf(id)));
    delete row['open'];
    const keys = { partitionKey: april, rowKey: rowKeys.document(keyOf(id)) };
    await clients.table.updateEntity({ ...row, ...keys }, 'Replace');
  };
  const findings = async () => {
    const log = new TableLog(clients.table);
    return (await verifyPartition(april, await log.documents(april), log.links(april))).findings;
  };

  it('follows its document with each save, and is gone when nothing is left', async () => {
    await documents.create(task, keyOf('one'), to(2), 'system');
    await documents.create(task, keyOf('none'), to(0), 'system');
    assert.deepEqual(await open(), { one: { left: 2 } });
    await change('one', 1);
    assert.deepEqual(await open(), { one: { left: 1 } });
    await change('one', 0);
    assert.deepEqual(await open(), {});
    await change('one', 3);
    assert.deepEqual(await open(), { one: { left: 3 } });
  });

  it('keeps its partition in the sweep, and brings a settled one back', async () => {
    await documents.create(task, keyOf('one'), to(1), 'system');
    assert.equal(await registry.settle(april), false);
    await change('one', 0);
    assert.equal(await registry.settle(april), true);
    assert.deepEqual(await registry.active(), []);
    await change('one', 1);
    assert.deepEqual(await registry.active(), [april]);
    assert.deepEqual(await open(), { one: { left: 1 } });
  });

  it('is worked out from documents that an older version saved, until it is mended, and then is the same', async () => {
    await documents.create(before, keyOf('one'), to(2), 'system');
    await documents.create(before, keyOf('two'), to(0), 'system');
    for (const id of ['one', 'two']) await withoutOpen(id);
    await asBefore();
    assert.equal(await registry.settle(april), false);
    assert.deepEqual(await open(), { one: { left: 2 } });
    await standing.mend(april);
    assert.deepEqual(await standing.toMend(), []);
    const links = async (id: string) => (await new TableLog(clients.table).of(keyOf(id))).length;
    const after = await links('two');
    await standing.mend(april);
    assert.equal(await links('two'), after, 'it is looked at once');
    assert.deepEqual(await open(), { one: { left: 2 } });
    await change('one', 0);
    assert.deepEqual(await open(), {});
    assert.deepEqual(await findings(), []);
  });

  it('is mended where a replica of an older version saved in between', async () => {
    await documents.create(task, keyOf('done'), to(1), 'system');
    await documents.create(task, keyOf('begun'), to(0), 'system');
    for (const [id, left] of [
      ['done', 0],
      ['begun', 4],
    ] as const) {
      await change(id, left, before);
      await withoutOpen(id);
    }
    await standing.mend(april);
    assert.deepEqual(await open(), { begun: { left: 4 } });
  });

  it('is mended where its row is gone, and changes nothing where all is well', async () => {
    await documents.create(task, keyOf('one'), to(1), 'system');
    await clients.table.deleteEntity(april, rowKeys.openDocument(keyOf('one')));
    assert.deepEqual(await open(), {});
    await standing.mend(april);
    assert.deepEqual(await open(), { one: { left: 1 } });
    const links = async () => (await new TableLog(clients.table).of(keyOf('one'))).length;
    const before = await links();
    await standing.mend(april);
    assert.equal(await links(), before);
  });

  it('has a message that reached nobody, until it is sent again', async () => {
    await documents.create(task, keyOf('one'), to(1, [message]), 'system');
    assert.deepEqual(await lost(), []);
    const [waiting] = await outbox.claim(await outbox.waiting(april, 10));
    assert.ok(waiting);
    const end = { state: 'undeliverable', at: clock.now(), reason: '403' } as const;
    assert.deepEqual(await outbox.finish([{ message: waiting, end }]), [true]);
    assert.deepEqual(await lost(), ['card.one undeliverable']);
    const [found] = (await standing.read()).lost;
    assert.deepEqual([found?.document, found?.urgent], [keyOf('one'), true]);
    await asBefore();
    assert.deepEqual(await lost(), ['card.one undeliverable']);
    await standing.mend(april);
    assert.deepEqual(await lost(), ['card.one undeliverable']);
    assert.equal(await outbox.requeue(april, ['undeliverable']), 1);
    assert.deepEqual(await lost(), []);
  });

  it('has each of 50 messages that reached nobody at once', async () => {
    const many = Array.from({ length: 45 }, (_, at) => ({ ...message, key: `card.${at}` }));
    await documents.create(task, keyOf('one'), to(1, many), 'system');
    await documents.create(
      task,
      keyOf('two'),
      to(
        1,
        many.slice(0, 5).map((one) => ({ ...one, key: `${one.key}b` })),
      ),
      'system',
    );
    const waiting = await outbox.claim(await outbox.waiting(april, 50));
    const end = { state: 'setAside', at: clock.now(), reason: 'failed' } as const;
    const ended = await outbox.finish(waiting.map((message) => ({ message, end })));
    assert.deepEqual([ended.length, ended.every(Boolean)], [50, true]);
    assert.equal((await lost()).length, 50);
  });
});
