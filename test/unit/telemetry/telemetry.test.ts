import assert from 'node:assert/strict';
import sinon from 'sinon';
import type { Queue } from '../../../src/delivery/queue.js';
import { Telemetry } from '../../../src/telemetry/telemetry.js';

describe('telemetry', () => {
  let clock: sinon.SinonFakeTimers;
  let lines: string[];
  let queue: () => Promise<Queue>;
  let unheard: () => Promise<number>;
  let telemetry: Telemetry;
  beforeEach(() => {
    clock = sinon.useFakeTimers();
    lines = [];
    queue = () => Promise.resolve({ depth: 3, oldestAlertMs: 0 });
    unheard = () => Promise.resolve(0);
    telemetry = new Telemetry({
      log: (event, ids) => lines.push(`${event} ${JSON.stringify(ids)}`),
      lookAtQueue: () => queue(),
      longestUnheardMs: () => unheard(),
    });
    telemetry.start();
  });
  afterEach(() => {
    telemetry.stop();
    clock.restore();
  });

  const ages = () => lines.filter((line) => line.startsWith('oldest-alert-message'));
  const totals = () => lines.filter((line) => line.startsWith('delivery-totals'));

  it('tells the age of the oldest alert once a minute, 0 when none waits', async () => {
    await clock.tickAsync('02:00');
    queue = () => Promise.resolve({ depth: 3, oldestAlertMs: 1_500 });
    await clock.tickAsync('01:00');
    assert.deepEqual(ages(), [
      'oldest-alert-message {"ageMs":0}',
      'oldest-alert-message {"ageMs":0}',
      'oldest-alert-message {"ageMs":1500}',
    ]);
  });

  it('tells once a minute for how long an open alert has reached nobody, also while storage is away', async () => {
    const said = () => lines.filter((line) => line.startsWith('unheard-alert'));
    await clock.tickAsync('01:00');
    unheard = () => Promise.resolve(660_000);
    await clock.tickAsync('01:00');
    unheard = () => Promise.reject(new Error('away'));
    await clock.tickAsync('01:00');
    unheard = () => Promise.resolve(0);
    await clock.tickAsync('01:00');
    unheard = () => Promise.reject(new Error('away'));
    await clock.tickAsync('01:00');
    assert.deepEqual(
      said(),
      [0, 660_000, 720_000, 0].map((ageMs) => `unheard-alert ${JSON.stringify({ ageMs })}`),
    );
  });

  it('lets the age of a waiting alert grow while storage is away', async () => {
    queue = () => Promise.resolve({ depth: 1, oldestAlertMs: 1_000 });
    await clock.tickAsync('01:00');
    queue = () => Promise.reject(new Error('away'));
    await clock.tickAsync('02:00');
    assert.equal(ages().at(-1), 'oldest-alert-message {"ageMs":121000}');
  });

  it('says nothing of alerts while storage is away and none is known to wait: silence sets off its own rule', async () => {
    await clock.tickAsync('01:00');
    queue = () => Promise.reject(new Error('away'));
    await clock.tickAsync('02:00');
    assert.equal(ages().length, 1);
  });

  it('tells the totals once an hour, and at once when something went wrong', async () => {
    telemetry.count('sent');
    await clock.tickAsync('01:00:00');
    assert.equal(totals().length, 1);
    telemetry.count('undeliverable');
    await clock.tickAsync('01:00');
    assert.equal(
      totals().at(-1),
      'delivery-totals {"sent":1,"throttled":0,"undeliverable":1,"superseded":0,"setAside":0,"depth":3}',
    );
  });
});
