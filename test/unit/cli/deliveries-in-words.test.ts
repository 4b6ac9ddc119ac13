import assert from 'node:assert/strict';
import { deliveriesInWords } from '../../../src/cli/deliveries-in-words.js';
import type { LedgerRow } from '../../../src/delivery/outbox.js';
import type { PersonId, TeamId } from '../../../src/practice/base/ids.js';
import { instant } from '../../../src/practice/base/time.js';
import { aContext } from '../../builders/a-context.js';

const now = instant('2022-04-01T12:00:00Z');
const council = aContext();
const notInstalled = 'the app is not installed for them yet';

function aRow(changes: Partial<LedgerRow> = {}): LedgerRow {
  return {
    key: 'assigned.PLR-7K3M2Q',
    partition: '2022-04',
    to: { person: 'ash-manager' as PersonId },
    recipient: 'ash-manager',
    card: 'assignment',
    about: 'PLR-7K3M2Q',
    urgent: false,
    state: 'delivered',
    reason: '',
    at: instant('2022-04-01T08:00:00Z'),
    ...changes,
  };
}

const undeliverable = (key: string) => aRow({ key, state: 'undeliverable', reason: notInstalled });
const many = Array.from({ length: 30 }, (_, at) => undeliverable(`assigned.${at}`));
const lines = (rows: readonly LedgerRow[], all = false) => deliveriesInWords(rows, { now, council, all });

describe('the deliveries in words', () => {
  it('begin with the totals', () => {
    assert.equal(
      lines([aRow(), undeliverable('a')])[0],
      '2 messages: queued 0, sending 0, delivered 1, undeliverable 1, superseded 0, set aside 0',
    );
  });

  it('say that there is nothing to do when all was delivered or superseded', () => {
    assert.deepEqual(
      lines([aRow(), aRow({ state: 'superseded', reason: 'the review is returned' })]).slice(1),
      ['Nothing needs anybody. "plr deliveries --all" lists every message.'],
    );
  });

  it('say that there is no message at all', () => {
    assert.deepEqual(lines([]).slice(1), ['There are no messages.']);
  });

  it('group what needs somebody by state and reason, with the name beside the id, and what to do', () => {
    assert.deepEqual(
      lines([
        aRow(),
        undeliverable('assigned.PLR-7K3M2Q'),
        aRow({ key: 'x', state: 'setAside', reason: 'too big' }),
      ]).slice(1),
      [
        '',
        `undeliverable 1: ${notInstalled}`,
        '  assigned.PLR-7K3M2Q to Ash Manager (ash-manager)',
        '',
        'set aside 1: too big',
        '  x to Ash Manager (ash-manager)',
        '',
        'Mend what the reasons say, then "plr deliveries --resend-failed" sends them again.',
      ],
    );
  });

  it('name a team beside its id, and someone who is not in the roster by the id alone', () => {
    const [channel, gone] = [
      { channel: 'alert' as const, team: 'birch' as TeamId },
      { person: 'gone' as PersonId },
    ].map((to) =>
      lines([{ ...undeliverable('k'), to, recipient: 'gone' }]).find((line) => line.startsWith('  ')),
    );
    assert.equal(channel, '  k to alert channel of Birch Team (birch)');
    assert.equal(gone, '  k to gone');
  });

  it('show the first of many, count the rest, and end with the totals again', () => {
    const shown = lines(many);
    assert.equal(shown.filter((line) => line.startsWith('  assigned')).length, 10);
    assert.ok(shown.includes('  and 20 more: "plr deliveries --all" lists every message'));
    assert.ok(shown.length < 24);
    assert.notEqual(shown.at(-1), shown[0]);
  });

  it('list every message when asked, the delivered too, and then end with the totals again', () => {
    const shown = lines([...many, aRow({ key: 'sent' })], true);
    assert.equal(shown.filter((line) => line.startsWith('  assigned')).length, 30);
    assert.ok(shown.includes('  sent to Ash Manager (ash-manager)'));
    assert.equal(shown.at(-1), shown[0]);
  });

  it('leave out what only just waits, and what waits for its own time', () => {
    const fresh = aRow({ state: 'queued', at: instant('2022-04-01T11:50:00Z') });
    const later = aRow({ state: 'queued', notBefore: instant('2022-04-04T08:00:00Z') });
    assert.match(lines([fresh, later])[1] ?? '', /^Nothing needs anybody/);
  });

  it('show what waits for long, and an alert at once and first', () => {
    const old = aRow({ key: 'old', state: 'queued' });
    const alert = aRow({ key: 'alert', state: 'queued', urgent: true, at: instant('2022-04-01T11:59:59Z') });
    assert.deepEqual(lines([old, alert]).slice(2), [
      'queued 2: waits to be sent since 1 April 2022 at 09:00',
      '  alert to Ash Manager (ash-manager) (urgent)',
      '  old to Ash Manager (ash-manager)',
      '',
      'What waits goes by itself once the bot runs and Teams answers: docs/runbook.md says how to look.',
    ]);
  });
});
