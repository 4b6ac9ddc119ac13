import assert from 'node:assert/strict';
import type { PlainCard } from '../../../src/practice/plr/names.js';
import {
  away,
  causes,
  failing,
  notTried,
  refusedFor,
  unclear,
  undrawn,
  type Cause,
  type Failed,
} from '../../../src/delivery/failures.js';
import type { Attempt, Messenger } from '../../../src/delivery/messenger.js';
import type { Outbox, QueuedMessage } from '../../../src/delivery/outbox.js';
import { Pace } from '../../../src/delivery/pace.js';
import { Sender } from '../../../src/delivery/sender.js';
import type { PersonId } from '../../../src/practice/base/ids.js';
import type { Message } from '../../../src/practice/plr/ports.js';
import { fromEpochMilliseconds, instant, toEpochMilliseconds } from '../../../src/practice/base/time.js';

const now = instant('2022-04-01T08:00:00Z');
const nowMs = toEpochMilliseconds(now);

/** A message that failed this often before, by this cause. */
function failedBefore(times: number, cause: Cause, urgency: Message['urgency']): QueuedMessage {
  const about = { partition: '2022-04', kind: 'plr', id: 'one' };
  const message: Message = {
    key: 'one',
    to: { person: 'p' as PersonId },
    card: 'note' as PlainCard,
    about,
    urgency,
  };
  const row = { partition: '2022-04', rowKey: 'w', etag: '', ledgerEtag: '' };
  const tried = { ...notTried, [cause]: times };
  return { ...row, message, tried, savedAt: now, held: undefined, claimed: true };
}

interface SenderWhere {
  readonly leads: boolean;
  readonly explain: Outbox['explain'];
}

/** A sender whose Teams gives one answer; `heldForMs` fills with how long what was put back is held. */
function senderThat(
  answers: Attempt | (() => Attempt) | 'cannot draw' | 'cannot read',
  { leads = true, explain = (message) => Promise.resolve(message) }: Partial<SenderWhere> = {},
) {
  const told: string[] = [];
  const heldForMs: number[] = [];
  const outbox: Partial<Outbox> = {
    postpone: (_message, { until }) =>
      Promise.resolve(void heldForMs.push(toEpochMilliseconds(until) - nowMs)),
    explain,
  };
  const answer = () =>
    typeof answers === 'string'
      ? Promise.reject(new Error(answers))
      : Promise.resolve(typeof answers === 'function' ? answers() : answers);
  let asked = 0;
  const send: Messenger['send'] = async (_to, _content, permit) => {
    if (!(await permit())) return { stopped: true };
    asked += 1;
    return answer();
  };
  const pace = new Pace(40, { nowMs: () => 0, wait: () => Promise.resolve() });
  const sender = new Sender({
    outbox: outbox as Outbox,
    messenger: { send, redraw: answer },
    pace,
    present: () =>
      typeof answers === 'string'
        ? Promise.reject(new Error(answers))
        : Promise.resolve({ template: 'home/notice', data: {}, summary: '' }),
    ended: (_message, as, reason) => Promise.resolve(void told.push(`${as} ${reason}`)),
    mustArrive: ({ urgency }) => Promise.resolve(urgency === 'alert'),
    isOfStorage: (error) => error instanceof Error && error.message === 'cannot read',
    mayStillSend: () => leads,
    clock: { now: () => fromEpochMilliseconds(nowMs) },
    realNowMs: () => nowMs,
    random: () => 1,
    log: () => {},
    count: () => {},
  });
  return { sender, pace, heldForMs, told, requests: () => asked };
}

const failures = [
  { what: 'Teams does not answer', cause: 'away', answers: { failed: away('no answer') }, maxTries: 300 },
  { what: 'Teams’ answer is none', cause: 'unclear', answers: { failed: unclear('garbage') }, maxTries: 5 },
  { what: 'they refuse it', cause: 'refused', answers: { failed: refusedFor('403') }, maxTries: 30 },
  { what: 'its card cannot be drawn', cause: 'card', answers: 'cannot draw', maxTries: 12 },
] as const;

for (const { what, cause, answers, maxTries } of failures) {
  describe(`a message that fails because ${what}`, () => {
    for (const urgency of ['ordinary', 'answer'] as const) {
      it(`is put back until it was tried ${maxTries} times, then ends (${urgency})`, async () => {
        const { sender, heldForMs } = senderThat(answers);
        assert.equal(await sender.carryOut(failedBefore(maxTries - 2, cause, urgency), false), undefined);
        assert.equal(heldForMs.length, 1);
        const ending = await sender.carryOut(failedBefore(maxTries - 1, cause, urgency), false);
        assert.ok(ending !== undefined && 'end' in ending);
        assert.equal(ending.end.state, cause === 'refused' ? 'undeliverable' : 'setAside');
        assert.equal(heldForMs.length, 1);
      });
    }

    it('never ends when it is an alert: it is tried again within a minute, for ever', async () => {
      const { sender, heldForMs } = senderThat(answers);
      const times = [0, maxTries - 2, maxTries - 1, maxTries, 10 * maxTries, 1_000_000];
      for (const many of times)
        assert.equal(await sender.carryOut(failedBefore(many, cause, 'alert'), false), undefined);
      assert.equal(heldForMs.length, times.length);
      for (const ms of heldForMs) assert.ok(ms > 0 && ms <= 60_000, `${ms} ms`);
    });

    it('is counted apart from the other causes: what those have used up ends nothing', async () => {
      const { sender } = senderThat(answers);
      for (const other of causes.filter((one) => one !== cause))
        assert.equal(await sender.carryOut(failedBefore(1_000, other, 'ordinary'), false), undefined, other);
    });
  });
}

describe('a message whose state storage does not give', () => {
  it('never ends, however often and whatever it is', async () => {
    const { sender, heldForMs, told } = senderThat('cannot read');
    for (const urgency of ['ordinary', 'answer', 'alert'] as const)
      for (const times of [0, 300, 1_000_000])
        assert.equal(await sender.carryOut(failedBefore(times, 'storage', urgency), false), undefined);
    assert.equal(heldForMs.length, 9);
    assert.deepEqual(told, []);
  });
});

describe('an alert that Teams does not take', () => {
  const toldOf = async (failed: Failed, before: number, urgency: Message['urgency'] = 'alert') => {
    const { sender, told } = senderThat({ failed });
    await sender.carryOut(failedBefore(before, failed.cause, urgency), false);
    return told;
  };

  it('tells what it is about at the first refusal, and at each: it may climb', async () => {
    for (const before of [0, 1, 50])
      assert.deepEqual(await toldOf(refusedFor('403 Blocked'), before), ['refused 403 Blocked']);
    assert.deepEqual(await toldOf(failing('500'), 0), ['refused 500']);
    assert.deepEqual(await toldOf(unclear('garbage'), 0), ['refused garbage']);
    assert.deepEqual(await toldOf(undrawn('too big'), 0), ['refused too big']);
  });

  it('tells nothing while Teams is away for everybody', async () => {
    for (const before of [0, 50]) assert.deepEqual(await toldOf(away('no answer'), before), []);
  });

  it('tells it when Teams takes others meanwhile, and this one again and again not', async () => {
    let answer: Attempt = { sent: { serviceUrl: '', conversationId: '', activityId: '' } };
    const { sender, told } = senderThat(() => answer);
    await sender.carryOut(failedBefore(0, 'away', 'ordinary'), false);
    answer = { failed: away('Teams answered 503') };
    await sender.carryOut(failedBefore(3, 'away', 'alert'), false);
    assert.deepEqual(told, []);
    await sender.carryOut(failedBefore(4, 'away', 'alert'), false);
    assert.deepEqual(told, ['refused Teams answered 503']);
  });

  it('tells of an ordinary message only that it was refused', async () => {
    assert.deepEqual(await toldOf(refusedFor('403 Blocked'), 0, 'ordinary'), ['refused 403 Blocked']);
    assert.deepEqual(await toldOf(failing('500'), 0, 'ordinary'), []);
  });
});

describe('a message that Teams answers with 429', () => {
  it('holds everyone for as long as Teams asks, keeps its turn and counts no attempt', async () => {
    const { sender, pace, heldForMs } = senderThat({ throttledMs: 7_000 });
    const waiting = failedBefore(1_000, 'away', 'ordinary');
    assert.deepEqual(await sender.carryOut(waiting, false), { waits: waiting });
    assert.equal(pace.waitMs('ordinary'), 7_000);
    assert.deepEqual(heldForMs, []);
  });

  it('is back in its place before storage has said that the ledger knows why', async () => {
    const { sender } = senderThat({ throttledMs: 7_000 }, { explain: () => new Promise(() => {}) });
    const waiting = failedBefore(1, 'away', 'alert');
    assert.deepEqual(await sender.carryOut(waiting, false), { waits: waiting });
  });

  it('holds what was chosen before it came and is not asked yet, which keeps its turn', async () => {
    const { sender, pace, requests } = senderThat({ throttledMs: 7_000 });
    pace.holdEveryone(7_000);
    const waiting = failedBefore(1, 'away', 'ordinary');
    assert.deepEqual(await sender.carryOut(waiting, false), { waits: waiting });
    assert.equal(requests(), 0);
  });

  it('is left to the next leader by one that leads no more', async () => {
    const { sender, pace, requests } = senderThat({ throttledMs: 7_000 }, { leads: false });
    pace.holdEveryone(7_000);
    assert.equal(await sender.carryOut(failedBefore(1, 'away', 'ordinary'), false), undefined);
    assert.equal(requests(), 0);
  });
});
