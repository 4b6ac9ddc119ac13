import assert from 'node:assert/strict';
import type { Attempt, Messenger } from '../../../src/delivery/messenger.js';
import type { Outbox, Waiting } from '../../../src/delivery/outbox.js';
import { Pace } from '../../../src/delivery/pace.js';
import { Sender } from '../../../src/delivery/sender.js';
import type { PersonId } from '../../../src/practice/base/ids.js';
import type { Message } from '../../../src/practice/plr/ports.js';
import { fromEpochMilliseconds, instant, toEpochMilliseconds } from '../../../src/practice/base/time.js';

const now = instant('2022-04-01T08:00:00Z');
const nowMs = toEpochMilliseconds(now);

/** A message that was tried this often before, this time included. */
function tried(attempts: number, urgency: Message['urgency']): Waiting {
  const about = { partition: '2022-04', kind: 'plr', id: 'one' };
  const message: Message = { key: 'one', to: { person: 'p' as PersonId }, card: 'note', about, urgency };
  const row = { partition: '2022-04', rowKey: 'w', etag: '', ledgerEtag: '' };
  return { ...row, message, attempts, savedAt: now, heldUntil: undefined, claimed: true };
}

/** A sender whose Teams gives one answer; `heldForMs` fills with how long what was put back is held. */
function senderThat(answers: Attempt | 'cannot draw', leads = true) {
  const heldForMs: number[] = [];
  const outbox: Partial<Outbox> = {
    postpone: (_message, until) => Promise.resolve(void heldForMs.push(toEpochMilliseconds(until) - nowMs)),
  };
  const answer = () => (answers === 'cannot draw' ? Promise.reject(new Error()) : Promise.resolve(answers));
  let asked = 0;
  const send: Messenger['send'] = async (_to, _content, permit) => {
    if (!(await permit())) return { stopped: true };
    asked += 1;
    return answer();
  };
  const pace = new Pace(40, { nowMs: () => 0, wait: () => Promise.resolve() });
  const sender = new Sender({
    outbox: outbox as Outbox,
    messenger: { send, redraw: answer, mayBeReached: () => Promise.resolve(false) },
    pace,
    present: () =>
      answers === 'cannot draw'
        ? Promise.reject(new Error())
        : Promise.resolve({ template: 'home/notice', data: {}, summary: '' }),
    ended: () => Promise.resolve(),
    mayStillSend: () => leads,
    clock: { now: () => fromEpochMilliseconds(nowMs) },
    realNowMs: () => nowMs,
    random: () => 1,
    log: () => {},
    count: () => {},
  });
  return { sender, pace, heldForMs, requests: () => asked };
}

const failures = [
  { what: 'Teams does not answer', answers: { again: 'Teams could not be reached' }, most: 300 },
  { what: 'its card cannot be drawn', answers: 'cannot draw', most: 12 },
] as const;

for (const { what, answers, most } of failures) {
  describe(`a message that fails because ${what}`, () => {
    for (const urgency of ['ordinary', 'answer'] as const) {
      it(`is put back until it was tried ${most} times, then set aside (${urgency})`, async () => {
        const { sender, heldForMs } = senderThat(answers);
        assert.equal(await sender.carryOut(tried(most - 1, urgency), false), undefined);
        assert.equal(heldForMs.length, 1);
        const ending = await sender.carryOut(tried(most, urgency), false);
        assert.ok(typeof ending === 'object' && ending.end.state === 'setAside');
        assert.equal(heldForMs.length, 1);
      });
    }

    it('is never set aside when it is an alert: it is tried again within half a minute, for ever', async () => {
      const { sender, heldForMs } = senderThat(answers);
      const attempts = [1, most - 1, most, most + 1, 10 * most, 1_000_000];
      for (const many of attempts)
        assert.equal(await sender.carryOut(tried(many, 'alert'), false), undefined);
      assert.equal(heldForMs.length, attempts.length);
      for (const ms of heldForMs) assert.ok(ms > 0 && ms <= 30_000, `${ms} ms`);
    });
  });
}

describe('a message that Teams answers with 429', () => {
  it('holds everyone for as long as Teams asks, keeps its turn and counts no attempt', async () => {
    const { sender, pace, heldForMs } = senderThat({ throttledMs: 7_000 });
    assert.equal(await sender.carryOut(tried(1_000, 'ordinary'), false), 'wait');
    assert.equal(pace.waitMs(), 7_000);
    assert.deepEqual(heldForMs, []);
  });

  it('holds what was chosen before it came and is not asked yet, which keeps its turn', async () => {
    const { sender, pace, requests } = senderThat({ throttledMs: 7_000 });
    pace.holdEveryone(7_000);
    assert.equal(await sender.carryOut(tried(1, 'ordinary'), false), 'wait');
    assert.equal(requests(), 0);
  });

  it('is left to the next leader by one that leads no more', async () => {
    const { sender, pace, requests } = senderThat({ throttledMs: 7_000 }, false);
    pace.holdEveryone(7_000);
    assert.equal(await sender.carryOut(tried(1, 'ordinary'), false), undefined);
    assert.equal(requests(), 0);
  });
});
