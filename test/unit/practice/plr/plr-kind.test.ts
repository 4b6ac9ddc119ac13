import assert from 'node:assert/strict';
import { plrKind } from '../../../../src/practice/plr/plr-kind.js';
import { held } from '../../../../src/storage/document-rows.js';
import { worldAt } from '../alerts/world-at.js';

const sent = (step: string, to: object = { person: 'ash-manager' }, as = 'team-manager') => ({
  at: '2022-04-01T09:00:00Z',
  is: 'sent',
  key: `alert.PLR-7K3M2Q.1.${step}.${'person' in to ? String(to.person) : 'channel'}`,
  to,
  as,
});
const flagged = { at: '2022-04-01T09:00:00Z', is: 'flagged', because: 'inadequate', by: 'birch-manager' };

/** As version 1 stored it. */
const row = (timeline: readonly object[] | undefined) => ({
  ...{ etag: 'e', schemaVersion: 1, logSequence: 1, logHash: 'h', dueAt: '' },
  state0: JSON.stringify({
    ...{ ref: 'PLR-7K3M2Q', cycleId: '2022-04', actions: [] },
    ...(timeline === undefined ? {} : { alert: { state: 'raised', round: 1, roundFrom: 0, timeline } }),
  }),
});
const read = (timeline?: readonly object[]) => held(plrKind, row(timeline)).state;

describe('a PLR that version 1 stored', () => {
  it('says in its alert’s timeline why each card was sent', () => {
    const channel = { channel: 'alert', team: 'ash' };
    const before = [flagged, sent('raised'), sent('reminder-2'), sent('unheard-1', channel, 'channel')];
    const { alert } = read(before);
    assert.deepEqual(alert?.timeline, [
      flagged,
      { ...before[1], step: { is: 'raised' } },
      { ...before[2], step: { is: 'reminder', number: 2 } },
      { ...before[3], step: { is: 'unheard', number: 1 } },
    ]);
  });

  it('without an alert is read as it is', () => {
    assert.deepEqual(read(), { ref: 'PLR-7K3M2Q', cycleId: '2022-04', actions: [] });
  });

  it('is read to what this version writes of the same alert', () => {
    const { plr } = worldAt('closed', {}, 30);
    const text = JSON.stringify(plr, (name, value: unknown) => (name === 'step' ? undefined : value));
    assert.doesNotMatch(text, /"step"/);
    assert.deepEqual(held(plrKind, { ...row(undefined), state0: text }).state.alert, plr.alert);
  });
});
