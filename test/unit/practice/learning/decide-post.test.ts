import assert from 'node:assert/strict';
import type { TeamId } from '../../../../src/practice/base/ids.js';
import { postDueAt, postedNow, schedulePost } from '../../../../src/practice/learning/decide-post.js';
import type { CouncilContext } from '../../../../src/practice/council/council-context.js';
import { aContext } from '../../../builders/a-context.js';

/** The small council's teams meet on Mondays at 10:00. */
const scheduledAt = (council: CouncilContext) => {
  const team = council.organisation.teams.get('ash' as TeamId);
  assert.ok(team !== undefined);
  return schedulePost(team, 1, council);
};

describe('a brief ahead of its meeting', () => {
  it('is posted at 09:00, two working days before', () => {
    const { meetingAt, postAt } = scheduledAt(aContext({ at: '2022-06-07T09:00:00Z' }));
    assert.equal(meetingAt, '2022-06-13T09:00:00.000Z');
    assert.equal(postAt, '2022-06-09T08:00:00.000Z');
  });

  it('is posted as many working days before as the council says, bank holidays not counted', () => {
    const council = aContext({ at: '2022-05-31T09:00:00Z' });
    // 2 and 3 June 2022 were bank holidays.
    assert.equal(scheduledAt({ ...council, briefWorkingDaysBefore: 1 }).postAt, '2022-06-01T08:00:00.000Z');
    assert.equal(scheduledAt({ ...council, briefWorkingDaysBefore: 3 }).postAt, '2022-05-30T08:00:00.000Z');
  });
});

describe('a brief that is with its team', () => {
  const council = aContext({ at: '2022-06-09T08:00:00Z' });
  const post = postedNow(scheduledAt(council), council);

  it('nudges two working days after the meeting when nothing is recorded', () => {
    assert.equal(postDueAt(post), '2022-06-15T08:00:00.000Z');
  });

  it('is shown to the QA lead a month after the meeting, and then rests', () => {
    assert.equal(postDueAt({ ...post, nudged: 'nudged' }), '2022-07-13T08:00:00.000Z');
    assert.equal(postDueAt({ ...post, nudged: 'missed' }), undefined);
  });
});
