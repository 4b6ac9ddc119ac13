import assert from 'node:assert/strict';
import type { PlainCard } from '../../src/practice/plr/names.js';
import { verifyPartition } from '../../src/audit/verify.js';
import { isRefusal } from '../../src/practice/base/errors.js';
import type { PersonId } from '../../src/practice/base/ids.js';
import type { Change, DocumentKind, LogEntry, Message } from '../../src/practice/plr/ports.js';
import { fromEpochMilliseconds } from '../../src/practice/base/time.js';
import { RestError } from '../../src/storage/azure.js';
import { TableDocuments } from '../../src/storage/table-documents.js';
import { TableLog } from '../../src/storage/table-log.js';
import { TableOutbox } from '../../src/storage/table-outbox.js';
import { connectStorage, type StorageClients } from '../../src/storage/table.js';
import { freshNames, startAzurite } from '../stand-ins/azurite.js';

interface Note {
  readonly count: number;
}
const noteKind: DocumentKind<Note, 'note'> = { kind: 'note', schemaVersion: 1 };
const clock = { now: () => fromEpochMilliseconds(Date.UTC(2022, 3, 1, 8)) };
const by: LogEntry['by'] = 'system';
const partition = '2022-04';
const keyOf = (id: string) => ({ partition, kind: 'note', id }) as const;
const counted = (count: number, messages: readonly Message[] = []): Change<Note> => ({
  state: { count },
  did: `counted ${count}`,
  messages,
});

describe('documents that many use at once', () => {
  let names: ReturnType<typeof freshNames>;
  let connectionString: string;

  beforeEach(async () => {
    names = freshNames();
    ({ connectionString } = await startAzurite());
  });

  /** A process with storage of its own view; `clients` is where its requests can be met. */
  async function replica(): Promise<{ documents: TableDocuments; clients: StorageClients }> {
    const clients = connectStorage({ by: 'connection-string', connectionString }, names);
    await clients.prepare();
    const documents = new TableDocuments({ table: clients.table, clock, timeZone: 'Europe/London' });
    return { documents, clients };
  }

  async function assertLogHolds({ table }: StorageClients) {
    const log = new TableLog(table);
    const { findings } = await verifyPartition(
      partition,
      await log.documents(partition),
      log.links(partition),
    );
    assert.deepEqual(findings, []);
  }

  it('fail nobody: 24 readers and savers of one document on two replicas', async () => {
    const [one, two] = [await replica(), await replica()];
    await one.documents.create(noteKind, keyOf('one'), counted(0), by);
    const people = Array.from({ length: 24 }, (_, at) => ({ at, documents: [one, two][at % 2]!.documents }));
    const outcomes = await Promise.allSettled(
      people.map(async ({ at, documents }) => {
        for (let round = 0; round < 4; round += 1) {
          await documents.noteRead(noteKind, [keyOf('one')], by, 'looked');
          if (at % 4 > 1)
            await documents.change(noteKind, keyOf('one'), by, ({ count }) => counted(count + 1));
        }
      }),
    );
    assert.deepEqual(
      outcomes.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : [])),
      [],
    );
    assert.deepEqual(await one.documents.read(noteKind, keyOf('one')), { count: 48 });
    await assertLogHolds(one.clients);
  });

  describe('when the answer to a save is lost', () => {
    type Lost = 'before' | 'after';
    /**
     * Of the next transactions, as many as named are lost on their way there, or on their way back; `isAskedAgain`: the
     * client's own pipeline then asks again.
     */
    function losing(clients: StorageClients, lost: readonly Lost[], isAskedAgain: boolean) {
      const moments = [...lost];
      const words = 'the line broke';
      const broken = () => (isAskedAgain ? new RestError(words, { code: 'ECONNRESET' }) : new Error(words));
      clients.table.pipeline.addPolicy(
        {
          name: 'lost',
          sendRequest: async (request, next) => {
            if (request.method !== 'POST' || !request.url.endsWith('$batch')) return next(request);
            const lost = moments.shift();
            if (lost === 'before') throw broken();
            const answer = await next(request);
            if (lost === 'after') throw broken();
            return answer;
          },
        },
        { afterPhase: 'Retry' },
      );
    }
    const message: Message = {
      key: 'assigned.ash-manager',
      to: { person: 'ash-manager' as PersonId },
      card: 'note' as PlainCard,
      about: keyOf('one'),
      urgency: 'ordinary',
    };

    for (const moments of [
      ['after'],
      ['before'],
      ['before', 'before'],
      ['after', 'after'],
      ['before', 'after'],
    ] as const)
      for (const [messages, isAskedAgain] of [
        [[], false],
        [[message], false],
        [[], true],
        [[message], true],
      ] as const)
        it(`is saved once and said to be (${moments.join(', ')}; ${messages.length} messages; ${isAskedAgain ? '' : 'not '}asked again)`, async () => {
          const { documents, clients } = await replica();
          await documents.create(noteKind, keyOf('one'), counted(0), by);
          losing(clients, moments, isAskedAgain);
          const saved = await documents.change(noteKind, keyOf('one'), by, ({ count }) =>
            counted(count + 1, messages),
          );
          assert.ok(!isRefusal(saved));
          assert.deepEqual([saved.before, saved.after], [{ count: 0 }, { count: 1 }]);
          assert.deepEqual(saved.outcome, counted(1, messages));
          assert.deepEqual(await documents.read(noteKind, keyOf('one')), { count: 1 });
          assert.equal(
            (await new TableOutbox(clients.table, clock).ledger(partition)).length,
            messages.length,
          );
          await assertLogHolds(clients);
        });

    it('and somebody else saves meanwhile: both are there', async () => {
      const [one, two] = [await replica(), await replica()];
      await one.documents.create(noteKind, keyOf('one'), counted(0), by);
      let isFirst = true;
      one.clients.table.pipeline.addPolicy({
        name: 'overtaken',
        sendRequest: async (request, next) => {
          const answer = await next(request);
          if (!isFirst || !request.url.endsWith('$batch')) return answer;
          isFirst = false;
          await two.documents.change(noteKind, keyOf('one'), by, ({ count }) => counted(count + 10));
          throw new Error('the line broke');
        },
      });
      const saved = await one.documents.change(noteKind, keyOf('one'), by, ({ count }) => counted(count + 1));
      assert.ok(!isRefusal(saved));
      assert.deepEqual(saved.after, { count: 1 });
      assert.deepEqual(await one.documents.read(noteKind, keyOf('one')), { count: 11 });
    });

    it('a document that was made is said to be made', async () => {
      const { documents, clients } = await replica();
      losing(clients, ['after', 'after'], true);
      assert.equal(await documents.create(noteKind, keyOf('one'), counted(0), by), true);
      assert.equal(await documents.create(noteKind, keyOf('one'), counted(5), by), false);
    });

    it('others that shared its request are told the truth too', async () => {
      const { documents, clients } = await replica();
      const keys = ['one', 'two', 'three'].map(keyOf);
      for (const key of keys) await documents.create(noteKind, key, counted(0), by);
      losing(clients, ['after'], true);
      const saved = await Promise.all(
        keys.map((key) => documents.change(noteKind, key, by, ({ count }) => counted(count + 1))),
      );
      assert.deepEqual(
        saved.map((one) => !isRefusal(one) && one.after),
        keys.map(() => ({ count: 1 })),
      );
      await assertLogHolds(clients);
    });

    it('one that storage cannot tell about is doubtful, and says so', async () => {
      const { documents, clients } = await replica();
      await documents.create(noteKind, keyOf('one'), counted(0), by);
      clients.table.pipeline.addPolicy({
        name: 'away',
        sendRequest: () => Promise.reject(new Error('the line broke')),
      });
      await assert.rejects(
        documents.change(noteKind, keyOf('one'), by, ({ count }) => counted(count + 1)),
        /the line broke/,
      );
    });

    it('a refusal is the last word when nothing was saved', async () => {
      const { documents, clients } = await replica();
      await documents.create(noteKind, keyOf('one'), counted(0), by);
      losing(clients, ['before'], false);
      let asked = 0;
      const answer = await documents.change(noteKind, keyOf('one'), by, () =>
        (asked += 1) === 1 ? counted(1) : { refused: 'late', say: 'Too late.' },
      );
      assert.ok(isRefusal(answer));
      assert.deepEqual(await documents.read(noteKind, keyOf('one')), { count: 0 });
    });
  });
});
