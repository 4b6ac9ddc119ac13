import assert from 'node:assert/strict';
import { notDeliveredNote } from '../../../../src/practice/cycles/issue-notes.js';
import type { PersonId } from '../../../../src/practice/base/ids.js';
import { aContext } from '../../../builders/a-context.js';

function noteOf(
  state: 'queued' | 'undeliverable' | 'setAside',
  reason: string,
  refused = false,
): string | undefined {
  const line = {
    key: 'assigned.PLR-222222',
    to: { person: 'ash-manager' as PersonId },
    card: 'assignment',
    about: 'PLR-222222',
    state,
    reason,
    refused,
    at: aContext().now,
  };
  return notDeliveredNote([line], aContext()).lines[0]?.sentence;
}

describe('the note of who has not got their review', () => {
  it('says why in words, and that it comes with the app', () => {
    assert.equal(
      noteOf('undeliverable', '403 ConversationBlockedByUser'),
      'PLR-222222 has not reached Ash Manager: they have blocked the app. It is sent as soon as they install the app or write to it.',
    );
  });

  it('says that what they refused is tried again, and nothing of what only waits', () => {
    const reason = '403 ConversationBlockedByUser';
    assert.match(
      noteOf('queued', reason, true) ?? '',
      /blocked the app\. It is tried again each day, and at once/,
    );
    assert.equal(noteOf('queued', 'Teams answered 503'), undefined);
  });

  it('does not promise that what was set aside comes by itself', () => {
    assert.equal(
      noteOf('setAside', 'its card could not be drawn'),
      'PLR-222222 has not reached Ash Manager: its card could not be drawn. It is not sent again by itself: ask those who run the bot to send it again.',
    );
  });
});
