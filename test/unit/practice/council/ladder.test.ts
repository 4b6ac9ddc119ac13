import assert from 'node:assert/strict';
import {
  defaultLadder,
  hoursInWords,
  inWriting,
  ladderOf,
  readLadder,
} from '../../../../src/practice/council/ladder.js';

describe('the ladder of an alert', () => {
  it('is that of the report unless the council sets its own', () => {
    assert.equal(
      inWriting(defaultLadder),
      'service-manager=4,head-of-service=12,assistant-director=20,breach=24',
    );
    assert.deepEqual(readLadder(inWriting(defaultLadder)), defaultLadder);
  });

  it('may be stricter, and may leave rungs out', () => {
    assert.deepEqual(readLadder('head-of-service=1.5, breach=8'), {
      rungs: [{ id: 'head-of-service', afterHours: 1.5 }],
      breachAfterHours: 8,
    });
  });

  it('is said in its own hours', () => {
    const alertLadder = { ...defaultLadder, breachAfterHours: 1 };
    assert.equal(hoursInWords(ladderOf({}), 'begin', 'begins'), '24 hours begin');
    assert.equal(hoursInWords(ladderOf({ alertLadder }), 'begin', 'begins'), '1 hour begins');
    assert.equal(hoursInWords({ ...alertLadder, breachAfterHours: 7.5 }), '7.5 hours');
  });

  const refused: [string, string, RegExp][] = [
    ['is empty', '', /names rungs and hours like/],
    ['names a rung that is not there', 'chief-executive=4,breach=24', /names rungs and hours like/],
    ['has no breach', 'service-manager=4', /names rungs and hours like/],
    ['has a breach alone', 'breach=24', /names rungs and hours like/],
    ['says hours in words', 'service-manager=four,breach=24', /names rungs and hours like/],
    ['names a rung twice', 'service-manager=4,service-manager=5,breach=24', /each rung once/],
    ['goes down', 'head-of-service=4,service-manager=12,breach=24', /from the Service Manager upwards/],
    ['climbs two rungs at one time', 'service-manager=4,head-of-service=4,breach=24', /more hours/],
    ['breaches before the last rung', 'service-manager=4,assistant-director=20,breach=20', /more hours/],
    ['climbs at once', 'service-manager=0,breach=24', /more than 0/],
    ['lets more than 24 hours pass', 'service-manager=4,breach=25', /no more than 24/],
  ];
  for (const [what, text, problem] of refused) {
    it(`is refused when it ${what}`, () => {
      const read = readLadder(text);
      assert.ok('problem' in read && problem.test(read.problem), JSON.stringify(read));
    });
  }
});
