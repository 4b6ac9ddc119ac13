import assert from 'node:assert/strict';
import { attemptFrom, idIn } from '../../../src/teams/teams-answers.js';

const answered = (statusCode: number, code = 'Code', retryAfter?: string) =>
  attemptFrom({
    statusCode,
    body: { error: { code } },
    response: { headers: { get: () => retryAfter } },
  });
const failedBy = (statusCode: number) => {
  const attempt = answered(statusCode);
  assert.ok('failed' in attempt, `${statusCode}`);
  return attempt.failed;
};

describe('what Teams answers', () => {
  const meanings = [
    { cause: 'away', notReached: false, statuses: [408, 412, 425, 502, 503, 504] },
    { cause: 'away', notReached: true, statuses: [301, 302, 307, 401, 500, 501, 505, 520, 599] },
    { cause: 'refused', notReached: true, statuses: [400, 402, 403, 404, 405, 409, 410, 418, 422, 451] },
    { cause: 'card', notReached: true, statuses: [413] },
    { cause: 'unclear', notReached: true, statuses: [200, 201, 202, 204] },
  ];
  for (const { cause, notReached, statuses } of meanings)
    it(`counts ${statuses.join(', ')} as ${cause}${notReached ? ', not reached' : ''}`, () => {
      for (const status of statuses) {
        const failed = failedBy(status);
        assert.deepEqual([failed.cause, failed.notReached], [cause, notReached], String(status));
      }
    });

  it('counts as away when there is none', () => {
    for (const error of [new Error('socket hang up'), undefined, 'odd', { statusCode: 'odd' }])
      assert.deepEqual(attemptFrom(error), {
        failed: { cause: 'away', reason: 'Teams could not be reached', notReached: false },
      });
  });

  it('is waited for no longer than five minutes, whatever it asks for', () => {
    const waits = ['7', '86400', '1e300', '-5', 'Fri, 01 Apr 2033 08:00:00 GMT', undefined].map((asked) =>
      answered(429, 'Throttled', asked),
    );
    assert.deepEqual(
      waits,
      [7_000, 300_000, 300_000, 2_000, 2_000, 2_000].map((throttledMs) => ({ throttledMs })),
    );
  });

  it('is kept short: its code is a word', () => {
    const attempt = answered(403, `<b>${'x'.repeat(5_000_000)}</b>`);
    assert.ok('failed' in attempt);
    assert.match(attempt.failed.reason, /^403 bx{10,}$/);
    assert.ok(attempt.failed.reason.length < 70);
  });

  it('holds an id only if it is a short printable word', () => {
    assert.equal(idIn({ id: 'a:1_2;messageid=3' }), 'a:1_2;messageid=3');
    assert.equal(idIn({ activityId: '7' }, 'activityId'), '7');
    for (const id of ['', 'a b', 'a\nb', 'x'.repeat(1_001), 5, null, undefined, ['a']])
      assert.equal(idIn({ id }), undefined, String(id));
    for (const answer of [undefined, null, '', '<html>', 5, []]) assert.equal(idIn(answer), undefined);
  });
});
