import assert from 'node:assert/strict';
import type { PersonId } from '../../../src/practice/base/ids.js';
import type { Message } from '../../../src/practice/plr/ports.js';
import { messageOf, waitingRows } from '../../../src/storage/outbox-rows.js';
import { AlertWorld, ids, raisedAt } from '../practice/alerts/alert-world.js';
import { worldAt } from '../practice/alerts/world-at.js';

/** A row as it was written before messages said why they were sent. */
function rowOfBefore(card: string, messageKey: string, more: object = {}) {
  return {
    ...{ partitionKey: '2022-04', rowKey: `msg~${messageKey}`, messageKey, card, urgency: 'alert' },
    ...{ recipientKind: 'person', recipientId: 'ash-manager', redraws: '', notBefore: '' },
    ...{ aboutPartition: '2022-04', aboutKind: 'plr', aboutId: 'PLR-7K3M2Q', state: 'queued', reason: '' },
    ...{ at: raisedAt, ...more },
  };
}

describe('a message read from its row', () => {
  const action = 'action.PLR-7K3M2Q-1';
  const toChannel = { recipientKind: 'alert', recipientId: 'ash' };
  for (const [card, key, reason, more = {}] of [
    ['alert', 'alert.PLR-7K3M2Q.1.raised.ash-manager', { is: 'raised' }],
    ['alert', 'alert.PLR-7K3M2Q.2.head-of-service.ash-manager', { is: 'head-of-service' }],
    ['alert', 'alert.PLR-7K3M2Q.1.not-yet-safe.ash-manager', { is: 'not-yet-safe' }],
    ['alert', 'alert.PLR-7K3M2Q.1.unheard-12.ash-manager', { is: 'unheard', number: 12 }],
    ['alert', 'alert.PLR-7K3M2Q.1.nobody-left-1.ash-manager.v14', { is: 'nobody-left', number: 1 }],
    ['alert', 'alert.PLR-7K3M2Q.1.of-another-version-1.ash-manager', { is: 'raised', number: 1 }],
    ['alert-to-raiser', 'alert.PLR-7K3M2Q.1.raiser.ash-manager', { is: 'raiser' }],
    ['alert-in-channel', 'alert.PLR-7K3M2Q.1.follows-9.channel', { is: 'follows', number: 9 }, toChannel],
    ['action', `${action}.given.v1.ash-manager`, { action: 'PLR-7K3M2Q-1', is: 'given', mark: 'v1' }],
    [
      'action',
      `${action}.replaced.overdue-2022-04-08.ash-manager`,
      { action: 'PLR-7K3M2Q-1', is: 'replaced', mark: 'overdue-2022-04-08' },
    ],
    ['action-digest', 'digest.to-verify.ash-manager.2022-04-04.ash-manager', { week: '2022-04-04' }],
    ['cycle-note', 'note.2022-04.roster-2.ash-manager', { note: 'roster-2' }],
    ['brief-nudge', 'brief.assessment.nudge.ash', { teamId: 'ash' }],
    ['assignment', 'assigned.PLR-7K3M2Q', undefined],
  ] as const)
    it(`of before says why it was sent: ${key}`, () => {
      const message = messageOf(rowOfBefore(card, key, more));
      assert.deepEqual([message.key, message.card, message.reason], [key, card, reason]);
    });

  it('says of each message what was written of it, and of a row of before the same', () => {
    const closed = worldAt('closed', {}, 30, { safety: 'not-yet', details: 'On the way.' });
    const unheard = new AlertWorld({ unreachable: [ids.worker, ids.teamManager, ids.serviceManager] });
    unheard.raise();
    const told: readonly Message[] = [...closed.told, ...unheard.told, digest];
    assert.ok(new Set(told.map(({ card }) => card)).size > 4);
    for (const message of told)
      for (const { why, ...row } of waitingRows(message, message.about.partition, raisedAt)) {
        assert.deepEqual(messageOf({ why, ...row }), message);
        assert.deepEqual(messageOf(row), message);
      }
  });
});

const digest: Message = {
  key: 'digest.ash.2022-04-04.ash-manager',
  to: { person: 'ash-manager' as PersonId },
  card: 'action-digest',
  reason: { week: '2022-04-04' as never },
  about: { partition: 'council', kind: 'digest', id: 'ash' },
  urgency: 'ordinary',
};
