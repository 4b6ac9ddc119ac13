import assert from 'node:assert/strict';
import type { PlainCard } from '../../src/practice/plr/names.js';
import type { Foundation } from '../../src/foundation.js';
import type { PersonId } from '../../src/practice/base/ids.js';
import type { DocumentKind } from '../../src/practice/plr/ports.js';
import { runPlr, startOperatorsStore } from './plr-command.js';

const noteKind: DocumentKind<object, 'note'> = { kind: 'note', schemaVersion: 1 };
const partition = '2022-04';

describe('plr deliveries --resend-failed', () => {
  let foundation: Foundation;
  let stop: () => Promise<void>;

  beforeEach(async () => {
    ({ foundation, stop } = await startOperatorsStore());
    const { services, outbox, registry, clock } = foundation;
    const about = { partition, kind: 'note', id: 'one' } as const;
    const messages = (['refused', 'delivered'] as const).map((key) => {
      const to = { person: 'ash-manager' as PersonId };
      return { key, to, card: 'note' as PlainCard, about, urgency: 'ordinary' } as const;
    });
    await services.documents.create(noteKind, about, { state: {}, did: 'wrote', messages }, 'system');
    const at = clock.now();
    const where = { serviceUrl: 'https://teams.example/', conversationId: 'c1', activityId: 'a1' };
    for (const message of await outbox.claim(await outbox.waiting(partition, 10))) {
      const end =
        message.message.key === 'refused'
          ? ({ state: 'undeliverable', at, reason: '403' } as const)
          : ({ state: 'delivered', at, where } as const);
      await outbox.finish([{ message, end }]);
    }
    assert.equal(await registry.settle(partition), true);
  });
  afterEach(() => stop());

  for (const words of [[], ['--cycle', partition]]) {
    it(`brings what failed back where it is looked for (${words.join(' ') || 'everywhere'})`, async () => {
      const { code, out } = await runPlr('deliveries', '--resend-failed', ...words);
      assert.equal(code, 0);
      assert.match(out, /^1 put back on the outbox/);
      const { outbox, registry, wakes } = foundation;
      registry.forget();
      assert.ok((await registry.active()).includes(partition));
      const waiting = await outbox.waiting(partition, 10);
      assert.deepEqual(
        waiting.map(({ message }) => message.key),
        ['refused'],
      );
      assert.deepEqual(await wakes.take(), ['resend']);
    });
  }

  it('leaves a cycle at rest that has nothing to send again', async () => {
    await runPlr('deliveries', '--resend-failed');
    const { outbox, registry } = foundation;
    const [message] = await outbox.claim(await outbox.waiting(partition, 10));
    assert.ok(message);
    await outbox.finish([{ message, end: { state: 'superseded', at: foundation.clock.now(), reason: '' } }]);
    await registry.settle(partition);
    assert.match((await runPlr('deliveries', '--resend-failed')).out, /^0 put back/);
    registry.forget();
    assert.ok(!(await registry.active()).includes(partition));
  });
});
