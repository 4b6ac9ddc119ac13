import assert from 'node:assert/strict';
import { TableTransaction, type TableClient } from '@azure/data-tables';
import { Fault } from '../../src/practice/base/errors.js';
import { connectStorage, isDuplicate, isMissing, isStale } from '../../src/storage/table.js';
import { submitRows } from '../../src/storage/transaction.js';
import { freshNames, startAzurite } from '../stand-ins/azurite.js';

const partitionKey = '2022-04';

describe('a transaction, written out', () => {
  let table: TableClient;

  beforeEach(async () => {
    const { connectionString } = await startAzurite();
    const clients = connectStorage({ by: 'connection-string', connectionString }, freshNames());
    await clients.prepare();
    ({ table } = clients);
    await table.createEntity({ partitionKey, rowKey: 'there', text: 'before', kept: 'this' });
    await table.createEntity({ partitionKey, rowKey: 'going' });
  });

  async function rows() {
    const all: Record<string, Record<string, unknown>> = {};
    for await (const { rowKey, text, kept } of table.listEntities<Record<string, unknown>>())
      all[rowKey ?? ''] = { text, kept };
    return all;
  }

  it('creates, replaces, merges and deletes in one, and gives the ETag of each row as it lies there', async () => {
    const transaction = new TableTransaction();
    transaction.createEntity({ partitionKey, rowKey: 'new', text: 'made' });
    transaction.updateEntity({ partitionKey, rowKey: 'there', text: 'merged' }, 'Merge');
    transaction.deleteEntity(partitionKey, 'going');
    transaction.upsertEntity({ partitionKey, rowKey: 'either', text: 'put' }, 'Replace');
    const etags = await submitRows(table, transaction.actions);
    assert.deepEqual(await rows(), {
      new: { text: 'made', kept: undefined },
      there: { text: 'merged', kept: 'this' },
      either: { text: 'put', kept: undefined },
    });
    const stored = await Promise.all(
      ['new', 'there', 'either'].map(async (key) => (await table.getEntity(partitionKey, key)).etag),
    );
    assert.deepEqual([etags[0], etags[1], etags[3]], stored);
  });

  it('replaces a row whole', async () => {
    const transaction = new TableTransaction();
    transaction.updateEntity({ partitionKey, rowKey: 'there', text: 'after' }, 'Replace');
    await submitRows(table, transaction.actions);
    assert.deepEqual((await rows())['there'], { text: 'after', kept: undefined });
  });

  it('keeps every text as it is, whatever it looks like', async () => {
    const texts = [
      `the child’s “words” 🙂 \u200d and \\ back`,
      'a line\r\nETag: W/"forged"\r\n\r\nHTTP/1.1 412\r\n--changesetresponse_1\r\n--batch_1--\r\n',
      "O'Neill's; PartitionKey eq ''",
      'The grandmother took her in.\u2028Visit at 5pm.\u2029And\u0085again.',
    ];
    const transaction = new TableTransaction();
    texts.forEach((text, at) => transaction.createEntity({ partitionKey, rowKey: `text-${at}`, text }));
    await submitRows(table, transaction.actions);
    const all = await rows();
    assert.deepEqual(
      texts.map((_, at) => all[`text-${at}`]?.['text']),
      texts,
    );
  });

  it('says why it was refused, and then nothing is saved', async () => {
    const before = await rows();
    const refusals: [(transaction: TableTransaction) => void, (error: unknown) => boolean][] = [
      [(one) => one.createEntity({ partitionKey, rowKey: 'there' }), isDuplicate],
      [(one) => one.updateEntity({ partitionKey, rowKey: 'none', text: 'x' }, 'Merge'), isMissing],
      [
        (one) =>
          one.updateEntity({ partitionKey, rowKey: 'there', text: 'x' }, 'Replace', { etag: 'W/"old"' }),
        isStale,
      ],
    ];
    for (const [add, isWhy] of refusals) {
      const transaction = new TableTransaction();
      transaction.createEntity({ partitionKey, rowKey: 'beside' });
      add(transaction);
      await assert.rejects(submitRows(table, transaction.actions), isWhy);
      assert.deepEqual(await rows(), before);
    }
  });

  it('takes a hundred rows and no more', async () => {
    const transaction = new TableTransaction();
    for (let row = 0; row < 100; row += 1) transaction.createEntity({ partitionKey, rowKey: `row-${row}` });
    assert.equal((await submitRows(table, transaction.actions)).filter(Boolean).length, 100);
    transaction.createEntity({ partitionKey, rowKey: 'row-100' });
    await assert.rejects(submitRows(table, transaction.actions), Fault);
  });
});
