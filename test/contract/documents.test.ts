import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { PlainCard } from '../../src/practice/plr/names.js';
import { Fault, isRefusal, refuse } from '../../src/practice/base/errors.js';
import type { Change, DocumentKind, LogEntry, Message } from '../../src/practice/plr/ports.js';
import type { PersonId } from '../../src/practice/base/ids.js';
import { fromEpochMilliseconds } from '../../src/practice/base/time.js';
import { TableDocuments } from '../../src/storage/table-documents.js';
import { verifyPartition } from '../../src/audit/verify.js';
import { TableLog } from '../../src/storage/table-log.js';
import { TableOutbox } from '../../src/storage/table-outbox.js';
import { connectStorage, type StorageClients } from '../../src/storage/table.js';
import { freshNames, startAzurite } from '../stand-ins/azurite.js';

interface Note {
  readonly text: string;
  readonly count: number;
}

const noteKind: DocumentKind<Note, 'note'> = {
  kind: 'note',
  schemaVersion: 1,
  figures: ({ count }: Note, timeZone) => ({ count, timeZone }),
};
const clock = { now: () => fromEpochMilliseconds(Date.UTC(2022, 3, 1, 8)) };
const by: LogEntry['by'] = 'system';
const keyOf = (id: string) => ({ partition: '2022-04', kind: 'note', id }) as const;

function message(key: string): Message {
  const to = { person: 'ash-manager' as PersonId };
  return { key, to, card: 'note' as PlainCard, about: keyOf('one'), urgency: 'ordinary' };
}

function written(text: string, messages: readonly Message[] = [], count = 0): Change<Note> {
  return { state: { text, count }, did: 'wrote', messages };
}

describe('documents, as every store of them keeps them', () => {
  let clients: StorageClients;
  let documents: TableDocuments;
  /** A second process on the same storage: it remembers nothing of what the first one did. */
  let others: TableDocuments;
  let outbox: TableOutbox;

  beforeEach(async () => {
    const { connectionString } = await startAzurite();
    clients = connectStorage({ by: 'connection-string', connectionString }, freshNames());
    await clients.prepare();
    documents = new TableDocuments({ table: clients.table, clock, timeZone: 'Europe/London' });
    others = new TableDocuments({ table: clients.table, clock, timeZone: 'Europe/London' });
    outbox = new TableOutbox(clients.table, clock);
  });

  it('give nothing for a document that is not there, and refuse to change it', async () => {
    assert.equal(await documents.read(noteKind, keyOf('none')), undefined);
    const answer = await documents.change(noteKind, keyOf('none'), by, () => written('new'));
    assert.ok(isRefusal(answer));
    assert.equal(answer.refused, 'missing');
    assert.equal(await documents.read(noteKind, keyOf('none')), undefined);
  });

  for (const odd of ["O'Neill", 'Zoë%20+="é~:27:', 'a|b<c>,{d}', '李.小龙@x'])
    it(`keep a document, its messages and its log under the id ${odd}, which keys cannot have as it is`, async () => {
      const [key, cards] = [keyOf(odd), [message(`card.${odd}.2`), message(`card.${odd}.1`)]];
      assert.equal(await documents.create(noteKind, key, written('first', cards), by), true);
      await documents.change(noteKind, key, by, () => written('second', cards));
      assert.deepEqual(await others.read(noteKind, key), { text: 'second', count: 0 });
      assert.equal(await documents.read(noteKind, keyOf(`${odd}x`)), undefined);
      const lines = await outbox.ledger('2022-04', `card.${odd}.`);
      assert.deepEqual(
        lines.map((line) => line.key),
        [`card.${odd}.1`, `card.${odd}.2`],
      );
      assert.deepEqual(await outbox.earlier('2022-04', `card.${odd}.1`), { state: 'queued' });
      const log = new TableLog(clients.table);
      assert.equal((await log.of(key)).length, 2);
      const verified = await verifyPartition('2022-04', await log.documents('2022-04'), log.links('2022-04'));
      assert.deepEqual([verified.documents, verified.links, verified.findings], [1, 2, []]);
    });

  it('create once: the second finds it there and changes nothing, its messages included', async () => {
    assert.equal(await documents.create(noteKind, keyOf('one'), written('first', [message('a')]), by), true);
    assert.equal(await others.create(noteKind, keyOf('one'), written('second', [message('b')]), by), false);
    assert.equal((await others.read(noteKind, keyOf('one')))?.text, 'first');
    assert.deepEqual(
      (await outbox.ledger('2022-04')).map(({ key }) => key),
      ['a'],
    );
  });

  it('decide again on what another saved meanwhile', async () => {
    await documents.create(noteKind, keyOf('one'), written('', [], 1), by);
    await others.change(noteKind, keyOf('one'), by, ({ count }) => written('', [], count + 1));
    const seen: number[] = [];
    await documents.change(noteKind, keyOf('one'), by, ({ count }) => {
      seen.push(count);
      return written('', [], count + 1);
    });
    assert.deepEqual(seen, [1, 2]);
    assert.equal((await others.read(noteKind, keyOf('one')))?.count, 3);
  });

  it('never refuse on what they only remember', async () => {
    await documents.create(noteKind, keyOf('one'), written('', [], 1), by);
    await others.change(noteKind, keyOf('one'), by, () => written('', [], 2));
    const saved = await documents.change(noteKind, keyOf('one'), by, ({ count }) =>
      count === 1 ? refuse('too-early', 'Not yet.') : written('', [], 3),
    );
    assert.ok(!isRefusal(saved));
    assert.equal(saved.after.count, 3);
  });

  it('say how it was before, how it is now, and what was said by the decision that was saved', async () => {
    await documents.create(noteKind, keyOf('one'), written('', [], 1), by);
    await others.change(noteKind, keyOf('one'), by, () => written('', [], 2));
    const changed = await documents.change(noteKind, keyOf('one'), by, ({ count }) => ({
      ...written('', [], count + 1),
      said: `from ${count}`,
    }));
    assert.ok(!isRefusal(changed));
    assert.deepEqual([changed.before.count, changed.after.count], [2, 3]);
    assert.equal(changed.outcome.said, 'from 2');
  });

  it('say on what they refused, and all that the refusal says', async () => {
    await documents.create(noteKind, keyOf('one'), written('', [], 1), by);
    await others.change(noteKind, keyOf('one'), by, () => written('', [], 2));
    const refused = await documents.change(noteKind, keyOf('one'), by, ({ count }) => ({
      ...refuse('too-early', 'Not yet.'),
      count,
    }));
    assert.ok('before' in refused && isRefusal(refused));
    assert.deepEqual([refused.refused, refused.say, refused.before.count], ['too-early', 'Not yet.', 2]);
    assert.deepEqual(refused.outcome, { refused: 'too-early', say: 'Not yet.', count: 2 });
  });

  it('lose no change of many at once', async () => {
    await documents.create(noteKind, keyOf('one'), written('', [], 0), by);
    await Promise.all(
      [documents, others, documents, others].map((store) =>
        store.change(noteKind, keyOf('one'), by, ({ count }) => written('', [], count + 1)),
      ),
    );
    assert.equal((await documents.read(noteKind, keyOf('one')))?.count, 4);
  });

  it('make figures by the wall clock of the time zone they are given', async () => {
    const { table } = clients;
    const elsewhere = new TableDocuments({ table, clock, timeZone: 'Pacific/Auckland' });
    await elsewhere.create(noteKind, keyOf('one'), written('there'), by);
    await elsewhere.createAll(noteKind, [{ key: keyOf('two'), change: written('there too') }], by);
    const figures = await documents.listFigures<{ timeZone: string }>(noteKind, '2022-04');
    assert.deepEqual(
      figures.map(({ timeZone }) => timeZone),
      ['Pacific/Auckland', 'Pacific/Auckland'],
    );
  });

  it('list past the first page of 1,000 rows, and read figures without the states', async () => {
    const entries = Array.from({ length: 1_100 }, (_, index) => ({
      key: keyOf(`n${String(index).padStart(4, '0')}`),
      change: written('', [], index),
    }));
    const { created } = await documents.createAll(noteKind, entries, by);
    assert.equal(created, 1_100);
    assert.equal((await others.list(noteKind, '2022-04')).length, 1_100);
    const figures = await others.listFigures<{ count: number }>(noteKind, '2022-04');
    assert.equal(
      figures.reduce((sum, { count }) => sum + count, 0),
      (1_099 * 1_100) / 2,
    );
  });

  it('create many where some are there already, and leave those alone', async () => {
    await documents.create(noteKind, keyOf('n1'), written('kept'), by);
    const entries = ['n0', 'n1', 'n2'].map((id) => ({
      key: keyOf(id),
      change: written('made', [message(id)]),
    }));
    assert.deepEqual(await others.createAll(noteKind, entries, by), { created: 2, existing: 1 });
    assert.equal((await others.read(noteKind, keyOf('n1')))?.text, 'kept');
    assert.deepEqual((await outbox.ledger('2022-04')).map(({ key }) => key).sort(), ['n0', 'n2']);
  });

  it('keep texts longer than a property holds, surrogate pairs across the cuts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 31_980, max: 32_020 }), fc.nat(1_000_000), async (before, n) => {
        const text = `${'x'.repeat(before)}${'👩‍👧'.repeat(300)}${'y'.repeat(33_000)}`;
        const key = keyOf(`long-${before}-${n}`);
        await documents.create(noteKind, key, written(text), by);
        assert.equal((await others.read(noteKind, key))?.text, text);
      }),
      { numRuns: 12, seed: 20220401 },
    );
  });

  it('refuse a state that no row can hold, and save nothing of it', async () => {
    await documents.create(noteKind, keyOf('one'), written('small'), by);
    await assert.rejects(
      documents.change(noteKind, keyOf('one'), by, () => written('x'.repeat(400_001), [message('a')])),
      (error) => error instanceof Fault && error.code === 'state-too-large',
    );
    assert.equal((await others.read(noteKind, keyOf('one')))?.text, 'small');
    assert.deepEqual(await outbox.ledger('2022-04'), []);
  });

  it('refuse a change of more than 100 rows, and save nothing of it', async () => {
    await documents.create(noteKind, keyOf('one'), written('small'), by);
    const many = Array.from({ length: 60 }, (_, index) => message(`m${index}`));
    await assert.rejects(
      documents.change(noteKind, keyOf('one'), by, () => written('large', many)),
      (error) => error instanceof Fault && error.code === 'too-many-rows',
    );
    assert.equal((await others.read(noteKind, keyOf('one')))?.text, 'small');
    assert.deepEqual(await outbox.ledger('2022-04'), []);
  });

  it('leave out a message whose key was used, and save the rest', async () => {
    await documents.create(noteKind, keyOf('one'), written('', [message('a')]), by);
    await others.change(noteKind, keyOf('one'), by, () => written('again', [message('a'), message('b')]));
    assert.equal((await others.read(noteKind, keyOf('one')))?.text, 'again');
    assert.deepEqual(
      (await outbox.ledger('2022-04')).map(({ key }) => key),
      ['a', 'b'],
    );
    assert.equal((await outbox.waiting('2022-04', 10)).length, 2);
  });
});
