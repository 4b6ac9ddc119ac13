import assert from 'node:assert/strict';
import type { CycleId, ServiceId, TeamId } from '../../../../src/practice/base/ids.js';
import type { BriefFigures } from '../../../../src/practice/learning/brief-kind.js';
import { loopFigures } from '../../../../src/practice/learning/loop.js';
import { localDate, month } from '../../../../src/practice/base/time.js';

type Meeting = Omit<BriefFigures['posts'][number], 'teamId'>;

function brief(service: string, ...meetings: Meeting[]): BriefFigures {
  return {
    cycleId: '2022-06' as CycleId,
    month: month('2022-06'),
    serviceId: service as ServiceId,
    state: 'approved',
    themes: [],
    posts: meetings.map((meeting, at) => ({ teamId: `${service}-${at}` as TeamId, ...meeting })),
  };
}

describe('the loop’s figures', () => {
  const today = localDate('2022-07-13');
  const [passed, toCome] = [localDate('2022-07-12'), today].map((meetingOn) => ({ meetingOn }));
  const of = (...meetings: Meeting[]) => loopFigures([brief('east', ...meetings)], today).meetingsDiscussed;

  it('count a brief as posted once one meeting has it', () => {
    const briefs = [
      brief('east', { state: 'posted' }, { state: 'scheduled', ...toCome }),
      brief('west', { state: 'not-posted', ...toCome }),
      brief('north'),
    ];
    assert.equal(loopFigures(briefs, today).briefsPosted, 1);
  });

  it('count no meeting that is still to come, unless it was discussed before', () => {
    const meeting = { state: 'posted', ...toCome } as const;
    assert.deepEqual(of(meeting, { ...meeting, state: 'not-posted' }), { n: 0, of: 0 });
    assert.deepEqual(of(meeting, { ...meeting, state: 'discussed' }), { n: 1, of: 1 });
    assert.deepEqual(of({ ...meeting, ...passed }), { n: 0, of: 1 });
  });

  it('count the meetings that the brief did not reach', () => {
    const lost = { state: 'not-posted', ...passed } as const;
    assert.deepEqual(of({ state: 'discussed', ...passed }, lost, lost, lost), { n: 1, of: 4 });
    assert.deepEqual(of({ state: 'scheduled', ...passed }), { n: 0, of: 1 });
  });

  it('count a meeting whose day is not known once the brief was sent', () => {
    assert.deepEqual(of({ state: 'scheduled' }, { state: 'posted' }, { state: 'not-posted' }), {
      n: 0,
      of: 2,
    });
  });
});
