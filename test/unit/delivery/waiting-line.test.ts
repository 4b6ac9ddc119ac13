import assert from 'node:assert/strict';
import type { PlainCard } from '../../../src/practice/plr/names.js';
import { notTried } from '../../../src/delivery/failures.js';
import type { Outbox, QueuedMessage } from '../../../src/delivery/outbox.js';
import { WaitingLine } from '../../../src/delivery/waiting-line.js';
import type { PersonId } from '../../../src/practice/base/ids.js';
import type { Message, Urgency } from '../../../src/practice/plr/ports.js';
import { fromEpochMilliseconds, instant, toEpochMilliseconds } from '../../../src/practice/base/time.js';

const now = instant('2022-04-01T08:00:00Z');

function waits(partition: string, key: string, urgency: Urgency): QueuedMessage {
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

/** An outbox of these rows, which nobody else takes from. */
function outboxOf(rows: readonly QueuedMessage[]): Outbox {
  const of = (partition: string, from = '') =>
    rows.filter((row) => row.partition === partition && row.rowKey > from);
  const outbox: Partial<Outbox> = {
    waiting: (partition, limit, after) => Promise.resolve(of(partition, after).slice(0, limit)),
    urgent: (partition) =>
      Promise.resolve(of(partition).filter(({ message }) => message.urgency === 'alert')),
    claim: (messages) => Promise.resolve([...messages]),
  };
  return outbox as Outbox;
}

describe('the line of what waits', () => {
  it('finds in the middle of a pass what waits in a partition that has come back since it began', async () => {
    const many = Array.from({ length: 60 }, (_, index) => waits('2022-04', `m${index + 10}`, 'ordinary'));
    const active = ['2022-04'];
    const line = new WaitingLine({
      outbox: outboxOf([...many, waits('2022-01', 'old', 'ordinary'), waits('2022-01', 'danger', 'alert')]),
      activePartitions: () => Promise.resolve([...active]),
      now: () => now,
      realNow: () => now,
    });
    const keys: (string | undefined)[] = [];
    const next = () => keys.push(line.next(() => true)?.message.key);
    await line.beginPass();
    await line.fill();
    next();
    active.push('2022-01');
    line.urgentMayWait();
    assert.ok(line.needsFill());
    await line.fill();
    next();
    assert.deepEqual(keys, ['m10', 'danger']);
    while (!line.isEmpty()) {
      await line.fill();
      next();
    }
    assert.equal(keys.length, 62);
    assert.equal(new Set(keys).size, 62);
  });

  /** Seconds until it may go, and for how many it was put back. */
  const heldRows = [
    { leftS: 20, forS: 30, goes: false },
    { leftS: 0, forS: 30, goes: true },
    { leftS: -86_400, forS: 30, goes: true },
    // Written by a clock a day ahead; or the clock went back a day since.
    { leftS: 86_400 + 20, forS: 30, goes: true },
    { leftS: 80_000, forS: 86_400, goes: false },
    { leftS: 2 * 86_400, forS: 86_400, goes: true },
  ];
  for (const { leftS, forS, goes } of heldRows)
    it(`${goes ? 'takes' : 'leaves'} what was put back for ${forS} s and has ${leftS} s left`, async () => {
      const until = fromEpochMilliseconds(toEpochMilliseconds(now) + leftS * 1_000);
      const held = { until, forMs: forS * 1_000 };
      const line = new WaitingLine({
        outbox: outboxOf([{ ...waits('2022-04', 'danger', 'alert'), held }]),
        activePartitions: () => Promise.resolve(['2022-04']),
        now: () => now,
        realNow: () => now,
      });
      await line.beginPass();
      await line.fill();
      assert.equal(line.next(() => true) !== undefined, goes);
    });
});
