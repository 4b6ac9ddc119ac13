import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Pace } from '../../../src/delivery/pace.js';
import { backoffMs, notTried, type Cause } from '../../../src/delivery/failures.js';
import { RateLimits, TEAMS_LIMITS } from '../../stand-ins/teams-limits.js';

/** Time that passes only by waiting. */
function virtualTime() {
  let nowMs = 0;
  return {
    nowMs: () => nowMs,
    wait: (ms: number) => Promise.resolve(void (nowMs += ms)),
  };
}

describe('the pace', () => {
  it('lets 40 requests a second through, evenly', async () => {
    const time = virtualTime();
    const pace = new Pace(40, time);
    for (let sent = 0; sent < 400; sent += 1) {
      await time.wait(pace.waitMs('ordinary'));
      pace.take(`person:${sent}`);
    }
    assert.ok(Math.abs(time.nowMs() - 10_000) <= 150, `${time.nowMs()} ms`);
  });

  it('makes up for a timer that fires late', async () => {
    const time = virtualTime();
    const pace = new Pace(40, time);
    for (let sent = 0; sent < 400; sent += 1) {
      const inMs = pace.waitMs('ordinary');
      if (inMs > 0) await time.wait(inMs + 3);
      pace.take(`person:${sent}`);
    }
    assert.ok(time.nowMs() <= 10_050, `${time.nowMs()} ms`);
  });

  it('counts a first contact twice', async () => {
    const time = virtualTime();
    const pace = new Pace(40, time);
    for (let sent = 0; sent < 100; sent += 1) {
      await time.wait(pace.waitMs('ordinary'));
      pace.take(`person:${sent}`);
      await pace.takeNext(`person:${sent}`, 'ordinary');
    }
    assert.ok(Math.abs(time.nowMs() - 5_000) <= 150, `${time.nowMs()} ms`);
  });

  it('lets what piled up leave no faster than Teams allows', async () => {
    const time = virtualTime();
    const pace = new Pace(40, time);
    const teams = new RateLimits(TEAMS_LIMITS);
    for (let piledUp = 0; piledUp < 200; piledUp += 1) {
      await pace.letGo();
      const call = { operation: 'send', conversationId: `c${piledUp}` } as Parameters<
        RateLimits['retryAfterSeconds']
      >[0];
      assert.equal(teams.retryAfterSeconds(call, time.nowMs()), 0);
    }
  });

  it('holds everyone for as long as Teams asks', () => {
    const pace = new Pace(40, virtualTime());
    pace.holdEveryone(7_000);
    assert.equal(pace.waitMs('ordinary'), 7_000);
    pace.holdEveryone(2_000);
    assert.equal(pace.waitMs('ordinary'), 7_000);
  });

  it('holds alerts for a minute and the rest for five, however long Teams asks', () => {
    const pace = new Pace(40, virtualTime());
    pace.holdEveryone(86_400_000);
    assert.deepEqual(
      (['alert', 'answer', 'ordinary'] as const).map((urgency) => pace.waitMs(urgency)),
      [60_000, 300_000, 300_000],
    );
  });

  it('is never throttled by Teams, however messages fall on conversations', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 150 }),
        async (conversations) => {
          const time = virtualTime();
          const pace = new Pace(40, time);
          const teams = new RateLimits(TEAMS_LIMITS);
          for (const of of conversations) {
            await time.wait(Math.max(pace.waitMs('ordinary'), pace.conversationWaitMs(`person:${of}`)));
            pace.take(`person:${of}`);
            const call = { operation: 'send', conversationId: `c${of}` } as Parameters<
              RateLimits['retryAfterSeconds']
            >[0];
            assert.equal(teams.retryAfterSeconds(call, time.nowMs()), 0);
          }
        },
      ),
      { seed: 8, numRuns: 60 },
    );
  });
});

describe('backoff', () => {
  const backoff = (cause: Cause, tries: number, mustArrive: boolean, random: number) =>
    backoffMs(cause, { ...notTried, [cause]: tries }, mustArrive, random);

  it('doubles to its limit, half of it by chance', () => {
    assert.equal(backoff('away', 1, false, 1), 2_000);
    assert.equal(backoff('away', 1, false, 0), 1_000);
    assert.equal(backoff('away', 4, false, 1), 16_000);
    assert.equal(backoff('away', 40, false, 1), 300_000);
    assert.equal(backoff('away', 40, true, 0), 15_000);
  });

  it('asks a person who refused again after minutes, then an hour, then each day; of an alert each minute', () => {
    const [minutes, hours] = [60_000, 3_600_000];
    const waits = [1, 2, 3, 29].map((tries) => backoff('refused', tries, false, 1));
    assert.deepEqual(waits, [5 * minutes, hours, 24 * hours, 24 * hours]);
    for (const tries of [1, 5, 300, 1_000_000])
      assert.ok(backoff('refused', tries, true, 1) <= minutes, `${tries} tries`);
  });
});
