import assert from 'node:assert/strict';
import { Delivery } from '../../../src/delivery/delivery.js';
import { notTried } from '../../../src/delivery/failures.js';
import type { Outbox, QueuedMessage } from '../../../src/delivery/outbox.js';
import { Pace } from '../../../src/delivery/pace.js';
import type { PersonId } from '../../../src/practice/base/ids.js';
import { instant } from '../../../src/practice/base/time.js';
import type { PlainCard } from '../../../src/practice/plr/names.js';
import type { Message, Urgency } from '../../../src/practice/plr/ports.js';
import { fairTime, type FairTime } from '../../builders/fair-time.js';

const now = instant('2022-04-01T08:00:00Z');
const partition = '2022-04';
/** What one send takes Teams. */
const sendMs = 200;

function saved(key: string, urgency: Urgency): QueuedMessage {
  const about = { partition, kind: 'plr', id: key };
  const message: Message = {
    key,
    to: { person: key as PersonId },
    card: 'note' as PlainCard,
    about,
    urgency,
  };
  const rowKey = `out~${urgency === 'alert' ? 0 : 2}~${now}~${key}`;
  const row = { partition, rowKey, etag: '', ledgerEtag: '' };
  return { ...row, message, tried: notTried, savedAt: now, held: undefined, claimed: false };
}

/** An outbox of these rows, from which nobody else takes. */
function outboxOf(rows: Map<string, QueuedMessage>): Outbox {
  const sorted = () => [...rows.values()].sort((a, b) => (a.rowKey < b.rowKey ? -1 : 1));
  const outbox: Partial<Outbox> = {
    waiting: (_partition, limit, after = '') =>
      Promise.resolve(
        sorted()
          .filter(({ rowKey }) => rowKey > after)
          .slice(0, limit),
      ),
    urgent: () => Promise.resolve(sorted().filter(({ message }) => message.urgency === 'alert')),
    claim: (messages) => Promise.resolve([...messages]),
    finish: (ended) => Promise.resolve(ended.map(({ message: { rowKey } }) => rows.delete(rowKey))),
  };
  return outbox as Outbox;
}

function deliveryOf(outbox: Outbox, maxRps: number, timer: FairTime, sent: (key: string) => void) {
  return new Delivery({
    outbox,
    messenger: {
      send: async (to, _content, permit) => {
        if (!(await permit())) return { stopped: true };
        sent('person' in to ? to.person : '');
        await timer.wait(sendMs);
        return { sent: { serviceUrl: '', conversationId: '', activityId: '' } };
      },
      redraw: () => Promise.reject(new Error('Nothing is redrawn here.')),
    },
    pace: new Pace(maxRps, timer),
    timer,
    leadership: {
      lead: () => Promise.resolve(true),
      mayStillSend: () => true,
      stepDown: () => Promise.resolve(),
    },
    activePartitions: () => Promise.resolve([partition]),
    present: () => Promise.resolve({ template: 'home/notice', data: {}, summary: '' }),
    mustArrive: () => Promise.resolve(true),
    isOfStorage: () => true,
    ended: () => Promise.resolve(),
    clock: { now: () => now },
    realNowMs: () => timer.nowMs(),
    random: () => 1,
    log: () => {},
    count: () => {},
  });
}

describe('an alert that another process saved, and nobody announced, during a long pass', () => {
  for (const maxRps of [10, 40, 50, 100])
    it(`is sent within two seconds, at ${maxRps} requests a second`, async () => {
      const timer = fairTime(0);
      const ordinary = Array.from({ length: 1_000 }, (_, n) => saved(`m${n + 1_000}`, 'ordinary'));
      const rows = new Map(ordinary.map((row) => [row.rowKey, row]));
      const sentAtMs = new Map<string, number>();
      let savedAtMs = 0;
      const delivery = deliveryOf(outboxOf(rows), maxRps, timer, (key) => {
        sentAtMs.set(key, timer.nowMs());
        if (sentAtMs.size !== 75) return;
        const alert = saved('danger', 'alert');
        rows.set(alert.rowKey, alert);
        savedAtMs = timer.nowMs();
      });
      await delivery.drain();
      timer.stop();
      assert.equal(sentAtMs.size, 1_001);
      const waitedMs = (sentAtMs.get('danger') ?? Infinity) - savedAtMs;
      assert.ok(waitedMs <= 2_000, `${waitedMs} ms`);
    });
});
