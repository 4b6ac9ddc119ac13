import assert from 'node:assert/strict';
import { Delivery, type Attempt } from '../../src/delivery/delivery.js';
import type { End, Outbox, Waiting } from '../../src/delivery/outbox.js';
import { Pace } from '../../src/delivery/pace.js';
import type { Message } from '../../src/practice/ports.js';
import type { PersonId } from '../../src/practice/ids.js';
import { addHours, instant, toEpochMilliseconds, type Instant } from '../../src/practice/time.js';

const now = instant('2022-04-01T08:00:00Z');

/** One message in an outbox that notes what becomes of it; each try costs its attempt. */
function aDelivery(urgency: Message['urgency'], attempts: number, answer: Attempt, finishFails = 0) {
  const seen = { sends: 0, ends: [] as End['state'][], postponed: [] as Instant[] };
  let failures = finishFails;
  let row: Waiting | undefined = waiting(urgency, attempts);
  const outbox: Partial<Outbox> = {
    waiting: (_partition, lane) =>
      Promise.resolve(row && (lane === 'alerts') === (urgency === 'alert') ? [row] : []),
    claim: (messages, until) => Promise.resolve(messages.map((one) => ({ ...one, heldUntil: until }))),
    finish: (_message, { state }) => {
      if (failures-- > 0) return Promise.reject(new Error('storage is away'));
      seen.ends.push(state);
      row = undefined;
      return Promise.resolve(true);
    },
    postpone: (_message, until) => {
      seen.postponed.push(until);
      // Its time comes again at once, unless the test looks at one attempt only.
      if (finishFails === 0) row = undefined;
      return Promise.resolve();
    },
  };
  const delivery = new Delivery({
    outbox: outbox as Outbox,
    messenger: {
      send: () => {
        seen.sends += 1;
        return Promise.resolve(answer);
      },
      redraw: () => Promise.resolve(answer),
    },
    pace: new Pace(40, { nowMs: () => 0, wait: () => Promise.resolve() }),
    activePartitions: () => Promise.resolve(['2022-04']),
    present: () => Promise.resolve({ template: 'home/notice', data: {}, summary: '' }),
    ended: () => Promise.resolve(),
    clock: { now: () => now },
    realNowMs: () => toEpochMilliseconds(now),
    log: () => {},
  });
  return { delivery, seen };
}

function waiting(urgency: Message['urgency'], attempts: number): Waiting {
  const about = { partition: '2022-04', kind: 'plr', id: 'PLR-7K3M2Q' };
  const to = { person: 'ash-manager' as PersonId };
  const message: Message = { key: 'told', to, card: 'alert', about, urgency };
  const row = { partition: '2022-04', rowKey: 'out', etag: '', ledgerEtag: '', heldUntil: undefined };
  return { ...row, message, attempts };
}

describe('delivering an alert that cannot be sent now', () => {
  it('is never given up, and is tried again within half a minute', async () => {
    const { delivery, seen } = aDelivery('alert', 500, { again: 'Teams could not be reached' });
    await delivery.drain('alerts');
    assert.deepEqual(seen.ends, []);
    assert.deepEqual(seen.postponed, [addHours(now, 30 / 3_600)]);
  });

  it('gives up an ordinary message after its attempts, and shows it', async () => {
    const { delivery, seen } = aDelivery('ordinary', 12, { again: 'Teams could not be reached' });
    await delivery.drain('others');
    assert.deepEqual(seen.ends, ['setAside']);
  });

  it('is not sent a second time by a process that could not record the first', async () => {
    const where = { serviceUrl: '', conversationId: '', activityId: '1' };
    const { delivery, seen } = aDelivery('alert', 1, { sent: where }, 3);
    await delivery.drain('alerts');
    assert.equal(seen.sends, 1);
    assert.deepEqual(seen.ends, ['delivered']);
  });

  it('leaves the alerts to their own lane', async () => {
    const { delivery, seen } = aDelivery('alert', 1, { again: '' });
    await delivery.drain('others');
    assert.equal(seen.sends, 0);
  });
});
