import assert from 'node:assert/strict';
import sinon from 'sinon';
import { Heartbeat } from '../../../src/schedule/heartbeat.js';
import { Fault } from '../../../src/practice/base/errors.js';

describe('the heartbeat, while the wake queue does not answer', () => {
  it('says so with the code, and goes on', async () => {
    const time = sinon.useFakeTimers();
    const logged: unknown[] = [];
    let drained = 0;
    const heartbeat = new Heartbeat({
      tick: () => Promise.resolve(),
      drain: () => Promise.resolve(void (drained += 1)),
      takeWakes: () => Promise.reject(Object.assign(new Fault('away', 'It is away.'), { statusCode: 503 })),
      log: (event, ids) => void logged.push([event, ids]),
      pollEveryMs: 500,
      drainEveryMs: 2_000,
    });
    await heartbeat.start();
    drained = 0;
    await time.tickAsync(2_000);
    await heartbeat.stop();
    time.restore();
    assert.equal(drained, 1);
    assert.deepEqual(logged[0], ['wake queue failed', { error: 'Fault away 503' }]);
  });
});

describe('the heartbeat, when another process announces', () => {
  const announced = async (wakes: string[], withinMs = 500) => {
    const time = sinon.useFakeTimers();
    const done: string[] = [];
    const doing = (what: string) => () => Promise.resolve(void done.push(what));
    const heartbeat = new Heartbeat({
      tick: doing('tick'),
      drain: doing('drain'),
      takeWakes: () => Promise.resolve(wakes.splice(0)),
      log: () => {},
      tickEveryMs: 30_000,
      pollEveryMs: 500,
      drainEveryMs: 2_000,
    });
    await heartbeat.start();
    done.length = 0;
    await time.tickAsync(withinMs);
    await heartbeat.stop();
    time.restore();
    return done;
  };

  it('what was saved, sends it, and asks nothing of all that may be due', async () => {
    assert.deepEqual(await announced(['2022-04', 'council']), ['drain']);
  });

  for (const changed of ['clock', 'roster'])
    it(`a new ${changed}, asks what is due`, async () => {
      assert.deepEqual(await announced(['2022-04', changed]), ['tick', 'drain']);
    });

  it('nothing, looks for what to send all the same, though less often', async () => {
    assert.deepEqual(await announced([]), []);
    assert.deepEqual(await announced([], 2_000), ['drain']);
  });
});
