import assert from 'node:assert/strict';
import type { Activity } from 'botbuilder';
import { senderOf } from '../../../src/teams/inbound.js';

const own = 'a:1abc';
const channel = '19:staffroom-general@thread.tacv2';
const place = (conversation: object, channelData = {}) =>
  senderOf({
    type: 'message',
    channelId: 'msteams',
    serviceUrl: 'https://smba.trafficmanager.net/uk/',
    from: { id: '29:x', aadObjectId: 'anna' },
    recipient: { id: '28:bot' },
    conversation,
    channelData,
  } as unknown as Activity).in;

describe('where an activity comes from', () => {
  it('is a person’s own chat when it says so and looks so', () => {
    for (const conversationType of ['personal', 'Personal', 'PERSONAL']) {
      assert.equal(place({ id: own, conversationType }), 'personal');
      assert.equal(place({ id: own, conversationType, isGroup: false }), 'personal');
    }
  });

  it('is not known when it does not say so, or says something new', () => {
    for (const conversationType of [undefined, null, '', 'teams', 'personal2', 'one-to-one', ' personal'])
      for (const id of [own, channel]) assert.equal(place({ id, conversationType }), 'unknown');
  });

  it('is not a person’s own chat when it looks like another place, whatever it says', () => {
    assert.equal(place({ id: own, conversationType: 'personal', isGroup: true }), 'unknown');
    assert.equal(place({ id: channel, conversationType: 'personal' }), 'unknown');
    assert.equal(place({ id: '19:meeting_abc@thread.v2', conversationType: 'personal' }), 'unknown');
  });

  it('is a channel when it says so and looks so', () => {
    for (const conversationType of ['channel', 'Channel'])
      assert.equal(place({ id: channel, conversationType, isGroup: true }), 'channel');
    assert.equal(place({ id: own, conversationType: 'channel' }), 'unknown');
    assert.equal(place({ id: channel, conversationType: 'channel' }, { channel: { id: own } }), 'unknown');
  });

  it('may be a chat of several', () => {
    assert.equal(place({ id: '19:abc@thread.v2', conversationType: 'groupChat', isGroup: true }), 'group');
  });
});
