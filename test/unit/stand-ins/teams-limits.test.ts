import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { IncomingCall } from '../../stand-ins/recorded-calls.js';
import { startTeamsConnector } from '../../stand-ins/teams-connector.js';
import { RateLimits, TEAMS_LIMITS } from '../../stand-ins/teams-limits.js';

const send = (to: string): IncomingCall => ({
  method: 'POST',
  path: `/v3/conversations/${to}/activities`,
  operation: 'send',
  conversation: 'personal',
  conversationId: to,
  to,
  activity: undefined,
});

describe('the limits of Teams', () => {
  it('let 50 requests through in a second, whoever they are for', () => {
    const limits = new RateLimits(TEAMS_LIMITS);
    const waits = Array.from({ length: 51 }, (_, n) => limits.retryAfterSeconds(send(`chat-${n}`), 10));
    assert.deepEqual([waits.filter((wait) => wait === 0).length, waits.at(-1)], [50, 1]);
    assert.equal(limits.retryAfterSeconds(send('chat-51'), 1_009), 1);
    assert.equal(limits.retryAfterSeconds(send('chat-51'), 1_010), 0);
  });

  it('let one conversation have 7 in 1 s, 8 in 2 s, 60 in 30 s and 1,800 in an hour', () => {
    const limits = new RateLimits(TEAMS_LIMITS);
    const through: number[] = [];
    for (let ms = 0; ms < 3_600_000; ms += 100) {
      if (limits.retryAfterSeconds(send('one'), ms) === 0) through.push(ms);
    }
    const until = (ms: number) => through.filter((at) => at < ms).length;
    assert.deepEqual([until(1_000), until(2_000), until(30_000), until(3_600_000)], [7, 8, 60, 1_800]);
  });

  it('never let more through in any window than it allows', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 300 }), (gaps) => {
        const limits = new RateLimits(TEAMS_LIMITS);
        let now = 0;
        const through: number[] = [];
        for (const gap of gaps)
          if (limits.retryAfterSeconds(send('one'), (now += gap)) === 0) through.push(now);
        return TEAMS_LIMITS.thread.every(({ requests, ms }) =>
          through.every((from) => through.filter((at) => at >= from && at < from + ms).length <= requests),
        );
      }),
      { seed: 41, numRuns: 100 },
    );
  });

  it('answer 429 with Retry-After over HTTP, by the clock they are given', async () => {
    let now = 0;
    const connector = await startTeamsConnector({ limits: 'teams', now: () => now });
    const chat = encodeURIComponent(connector.personalConversation('someone'));
    const post = () =>
      fetch(`${connector.url}v3/conversations/${chat}/activities`, {
        method: 'POST',
        body: JSON.stringify({ type: 'message', text: 'hello' }),
      });
    try {
      for (let n = 0; n < 7; n += 1) assert.equal((await post()).status, 201);
      const refused = await post();
      assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, '1']);
      now = 1_000;
      assert.equal((await post()).status, 201);
      assert.deepEqual(connector.counts, { allowed: 8, throttled: 1 });
    } finally {
      await connector.stop();
    }
  });
});
