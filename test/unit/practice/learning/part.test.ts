import { isRefusal } from '../../../../src/practice/base/errors.js';
import assert from 'node:assert/strict';
import type { PersonId } from '../../../../src/practice/base/ids.js';
import { approveBrief } from '../../../../src/practice/learning/decide-approval.js';
import { postEnded } from '../../../../src/practice/learning/part.js';
import { firewallReason } from '../../../../src/practice/firewall/channel-gate.js';
import { aDraftedBrief } from '../../../builders/a-brief.js';
import { aContext } from '../../../builders/a-context.js';

const council = aContext({ at: '2022-05-05T09:00:00Z' });

function approved() {
  const change = approveBrief(aDraftedBrief(), 'assessment-reviewer' as PersonId, council);
  assert.ok(!isRefusal(change));
  return change;
}

function setAside(reason: string) {
  const { state, messages } = approved();
  const [message] = messages;
  assert.ok(message !== undefined);
  const change = postEnded(state, { message, as: 'setAside', reason }, council);
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
