import assert from 'node:assert/strict';
import { features, kindsOf } from '../../src/features.js';
import { plrKey } from '../../src/practice/plr/plr.js';
import { plrKind } from '../../src/practice/plr/plr-kind.js';
import { fromEpochMilliseconds } from '../../src/practice/base/time.js';
import { emptyLog, linkOver } from '../../src/audit/chain.js';
import { verifyPartition } from '../../src/audit/verify.js';
import { coveredColumns, isDeclaredColumn } from '../../src/storage/columns.js';
import { rowKeys } from '../../src/storage/keys.js';
import { TableDocuments } from '../../src/storage/table-documents.js';
import { TableLog } from '../../src/storage/table-log.js';
import { connectStorage, type StorageClients } from '../../src/storage/table.js';
import { aReview } from '../builders/a-plr.js';
import { freshNames, startAzurite } from '../stand-ins/azurite.js';

/** What storage itself adds. */
const itsOwn = ['partitionKey', 'rowKey', 'etag', 'timestamp', 'odata.metadata'];
const plr = aReview()
  .complete()
  .with({ reminders: { sent: 0, next: { stage: 'before', at: '2022-04-22T08:00:00.000Z' as never } } })
  .build();
const key = plrKey(plr.cycleId, plr.ref);

describe('every column of a document’s row', () => {
  let clients: StorageClients;
  let documents: TableDocuments;

  beforeEach(async () => {
    const { connectionString } = await startAzurite();
    clients = connectStorage({ by: 'connection-string', connectionString }, freshNames());
    await clients.prepare();
    const clock = { now: () => fromEpochMilliseconds(Date.UTC(2022, 3, 1, 8)) };
    const kinds = kindsOf(features);
    documents = new TableDocuments({ table: clients.table, clock, timeZone: 'Europe/London', kinds });
    await documents.create(plrKind, key, { state: plr, did: 'issued', messages: [] }, 'system');
  });

  const rowOf = () => clients.table.getEntity<Record<string, unknown>>(key.partition, rowKeys.document(key));
  const findings = async () => {
    const log = new TableLog(clients.table);
    const { partition } = key;
    return (await verifyPartition(partition, await log.documents(partition), log.links(partition))).findings;
  };
  const columnsOf = async () => Object.keys(await rowOf()).filter((name) => !itsOwn.includes(name));
  const changed = async (name: string, to: unknown) => {
    const row = { partitionKey: key.partition, rowKey: rowKeys.document(key), [name]: to };
    await clients.table.updateEntity(row, 'Merge');
  };

  it('is declared, so that somebody has asked whether the log covers it', async () => {
    const columns = await columnsOf();
    assert.deepEqual(
      columns.filter((name) => !isDeclaredColumn(name)),
      [],
    );
    assert.deepEqual(
      coveredColumns.filter((name) => !columns.includes(name)),
      [],
      'the row has each that is covered',
    );
  });

  it('cannot be changed in storage without the log showing it', async () => {
    for (const name of await columnsOf()) {
      assert.deepEqual(await findings(), []);
      const { [name]: before } = await rowOf();
      await changed(name, typeof before === 'number' ? before + 1 : `${String(before)} `);
      assert.notDeepEqual(await findings(), [], name);
      await changed(name, before);
    }
  });

  it('is covered still after somebody looked, who changed nothing', async () => {
    await documents.noteRead(plrKind, [key], 'operator', 'looked');
    assert.deepEqual(await findings(), []);
    await changed('dueAt', '2023-04-22T08:00:00.000Z');
    assert.notDeepEqual(await findings(), []);
  });

  it('leaves a log whole whose links are from before it was covered', async () => {
    const log = new TableLog(clients.table);
    const [link] = await log.of(key);
    assert.ok(link?.actedOnHash);
    // As an older version wrote it: the link, and the head on the row.
    const { at, by, did } = link;
    const { sequence, previous, stateHash, hash } = linkOver(emptyLog, key, { at, by, did }, link.stateHash);
    const row = { partitionKey: key.partition, rowKey: rowKeys.log(key, 1) };
    await clients.table.updateEntity({ ...row, at, by, did, sequence, previous, stateHash, hash }, 'Replace');
    await changed('logHash', hash);
    assert.deepEqual(await findings(), []);
  });
});
