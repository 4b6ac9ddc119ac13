import assert from 'node:assert/strict';
import { notDeliveredNote } from '../../../../src/practice/cycles/issue-notes.js';
import type { PersonId } from '../../../../src/practice/base/ids.js';
import { aHouse } from '../../../builders/a-house.js';

function noteOf(state: 'undeliverable' | 'setAside', reason: string): string | undefined {
  const line = {
    key: 'assigned.PLR-222222',
    to: { person: 'ash-manager' as PersonId },
    card: 'assignment',
    about: 'PLR-222222',
    state,
    reason,
    at: aHouse().now,
  };
  return notDeliveredNote([line], aHouse()).lines[0]?.sentence;
}

describe('the note of who has not got their review', () => {
  it('says why in words, and that it comes with the app', () => {
    assert.equal(
      noteOf('undeliverable', '403 ConversationBlockedByUser'),
      'PLR-222222 has not reached Ash Manager: they have blocked the app. It is sent by itself as soon as they install the app.',
    );
  });

  it('does not promise that what was set aside comes by itself', () => {
    assert.equal(
      noteOf('setAside', 'its card could not be drawn'),
      'PLR-222222 has not reached Ash Manager: its card could not be drawn. It is not sent again by itself: ask those who run the bot to send it again.',
    );
  });
});
