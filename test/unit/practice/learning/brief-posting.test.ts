import assert from 'node:assert/strict';
import type { CycleId, PersonId, ServiceId } from '../../../../src/practice/ids.js';
import { briefParts, type Brief, type BriefText } from '../../../../src/practice/learning/brief.js';
import { approveBrief, postEnded } from '../../../../src/practice/learning/brief-posting.js';
import { firewallReason } from '../../../../src/practice/learning/channel-gate.js';
import { month } from '../../../../src/practice/time.js';
import { aHouse } from '../../../builders/a-house.js';

const house = aHouse({ at: '2022-05-05T09:00:00Z' });

function approved() {
  const draft: Brief = {
    state: 'drafted',
    cycleId: '2022-04' as CycleId,
    month: month('2022-04'),
    serviceId: 'assessment' as ServiceId,
    about: { is: 'service', of: 7 },
    themes: [],
    draftedAt: house.now,
    text: Object.fromEntries(briefParts.map((part) => [part, 'Plan together.'])) as BriefText,
    saves: 0,
    excused: [],
    lastTime: [],
  };
  const change = approveBrief(draft, 'assessment-reviewer' as PersonId, house);
  assert.ok(!('refused' in change));
  return change;
}

function setAside(reason: string) {
  const { state, messages } = approved();
  const [message] = messages;
  assert.ok(message !== undefined);
  const change = postEnded(state, { message, as: 'setAside', reason }, house);
  assert.ok(change !== undefined);
  return {
    state: change.state.state,
    posts: change.state.posting?.posts.map((post) => post.state),
    told: change.messages.map(({ card }) => card),
  };
}

describe('a post that was set aside', () => {
  it('takes the brief back where the identifier firewall stopped it', () => {
    assert.deepEqual(setAside(firewallReason(['name'])), {
      state: 'drafted',
      posts: ['not-posted', 'not-posted'],
      told: ['brief-stopped'],
    });
  });

  it('leaves the other teams theirs where it was tried in vain', () => {
    assert.deepEqual(setAside('its card could not be drawn'), {
      state: 'approved',
      posts: ['not-posted', 'scheduled'],
      told: ['brief-unposted'],
    });
  });
});
