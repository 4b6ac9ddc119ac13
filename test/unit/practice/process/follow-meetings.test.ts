import assert from 'node:assert/strict';
import type { PersonId, ServiceId, TeamId } from '../../../../src/practice/base/ids.js';
import { approveBrief } from '../../../../src/practice/learning/decide-approval.js';
import type { Brief } from '../../../../src/practice/learning/brief.js';
import { postEnded, postOf } from '../../../../src/practice/learning/part.js';
import { scheduleAnew } from '../../../../src/practice/process/follow-meetings.js';
import type { Change } from '../../../../src/practice/plr/ports.js';
import type { Team } from '../../../../src/practice/council/organisation.js';
import { aDraftedBrief } from '../../../builders/a-brief.js';
import { aContext } from '../../../builders/a-context.js';
import { smallCouncil } from '../../../builders/small-council.js';

const monthlyOn = (day: number) =>
  `DTSTART:202201${String(day).padStart(2, '0')}T100000\nRRULE:FREQ=MONTHLY;BYMONTHDAY=${day}`;
const birch = (over: Partial<Team>) => (team: Team) => (team.id === 'birch' ? { ...team, ...over } : team);

function councilWith(change: (team: Team) => Team = (team) => team, at = '2022-05-05T09:00:00Z') {
  const roster = smallCouncil();
  const onThe20th = roster.teams.map((team) => ({ ...team, meetingRule: monthlyOn(20) }));
  return aContext({ at, roster: { ...roster, teams: onThe20th.map(change) } });
}

/** April's brief, approved on 5 May: Ash and Birch meet on Friday 20 May. */
function approval(): Change<Brief> {
  const change = approveBrief(aDraftedBrief(), 'assessment-reviewer' as PersonId, councilWith());
  assert.ok(!('refused' in change));
  return change;
}
const approved = () => approval().state;

function followed(brief: Brief, council: ReturnType<typeof councilWith>) {
  const change = scheduleAnew(brief, council);
  assert.ok(!('refused' in change));
  return change;
}

const teamId = (id: string) => id as TeamId;

describe('a brief that waits for a meeting', () => {
  it('goes with the meeting when it moves, under a key of its own', () => {
    const council = councilWith(birch({ meetingRule: monthlyOn(10) }));
    const { state, messages } = followed(approved(), council);
    const post = postOf(state, teamId('birch'));
    assert.equal(post?.meetingAt, '2022-05-10T09:00:00.000Z');
    assert.deepEqual(
      messages.map(({ key, notBefore }) => [key, notBefore]),
      [['brief.assessment.post.birch.2', '2022-05-06T08:00:00.000Z']],
    );
    assert.equal(postOf(state, teamId('ash'))?.meetingAt, '2022-05-20T09:00:00.000Z');
    assert.ok('refused' in scheduleAnew(state, council), 'the second time does nothing');
  });

  it('stays as it is when nothing has moved, or its time has come', () => {
    assert.ok('refused' in scheduleAnew(approved(), councilWith()));
    const late = councilWith(birch({ meetingRule: monthlyOn(24) }), '2022-05-18T08:00:00Z');
    assert.ok('refused' in scheduleAnew(approved(), late));
  });

  it('goes to a team new to the service, until the month after its own is over', () => {
    const joins = (team: Team) =>
      team.id === 'cedar' ? { ...team, serviceId: 'assessment' as ServiceId } : team;
    const { state, messages } = followed(approved(), councilWith(joins));
    assert.equal(postOf(state, teamId('cedar'))?.state, 'scheduled');
    assert.deepEqual(
      messages.map(({ to }) => to),
      [{ channel: 'meeting', team: 'cedar' }],
    );
    const posted = approval().messages.reduce<Brief>((brief, message) => {
      const ended = { message, as: 'delivered', reason: '' } as const;
      return postEnded(brief, ended, councilWith(undefined, '2022-05-18T08:00:00Z'))?.state ?? brief;
    }, approved());
    assert.equal(postOf(posted, teamId('birch'))?.state, 'posted');
    assert.ok(!('refused' in scheduleAnew(posted, councilWith(joins, '2022-05-31T09:00:00Z'))));
    assert.ok('refused' in scheduleAnew(posted, councilWith(joins, '2022-06-01T09:00:00Z')));
  });

  it('does not go to a team that has left the service', () => {
    const { state, messages } = followed(approved(), councilWith(birch({ serviceId: 'care' as ServiceId })));
    assert.equal(postOf(state, teamId('birch')), undefined);
    assert.deepEqual(messages, []);
  });
});
