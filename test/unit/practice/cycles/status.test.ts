import assert from 'node:assert/strict';
import { cycleStatus } from '../../../../src/practice/cycles/status.js';
import type { PersonId, ServiceId } from '../../../../src/practice/base/ids.js';
import type { LedgerLine, MessageState } from '../../../../src/practice/plr/ports.js';
import type { PlrFigures } from '../../../../src/practice/plr/figures.js';
import { instant, localDate } from '../../../../src/practice/base/time.js';
import { figuresWithoutService, someFigures } from '../../../builders/cycle-figures.js';

const services = ['assessment', 'care'] as ServiceId[];
const returned = (changes: object = {}): PlrFigures['standing'] => ({
  is: 'returned',
  on: localDate('2022-04-20'),
  completedBy: 'service',
  late: false,
  ...changes,
});

function told(ref: string, state: MessageState = 'delivered', reason = ''): LedgerLine {
  return {
    key: `assigned.${ref}`,
    to: { person: 'ash-manager' as PersonId },
    card: 'assignment',
    about: ref,
    state,
    reason,
    at: instant('2022-04-01T08:00:00Z'),
  };
}

function statusOf(
  figures: PlrFigures[],
  assigned = figures.map(({ ref }) => told(ref)),
  today = '2022-04-20',
) {
  return cycleStatus({ figures, assigned, today: localDate(today), services });
}

const line = (status: ReturnType<typeof statusOf>, serviceId: string | null) => {
  const found = status.services.find((one) => one.serviceId === serviceId);
  assert.ok(found);
  return found;
};

describe('the status of a cycle', () => {
  it('counts sent as issued less exempt, and each end on its own line', () => {
    const status = statusOf([
      someFigures('PLR-222222'),
      someFigures('PLR-333333', { standing: returned() }),
      someFigures('PLR-444444', { standing: returned({ completedBy: 'qa', late: true }) }),
      someFigures('PLR-555555', { standing: { is: 'exempt', why: 'leave' } }),
      someFigures('PLR-666666', { standing: { is: 'redrawn' } }),
      someFigures('PLR-777777', { standing: { is: 'withdrawn' } }),
    ]);
    const { issued, exempt, sent, returned: back, returnedByService, completedByQa, late } = status;
    assert.deepEqual(
      { issued, exempt, sent, back, returnedByService, completedByQa, late },
      { issued: 4, exempt: 1, sent: 3, back: 2, returnedByService: 1, completedByQa: 1, late: 1 },
    );
    assert.deepEqual([status.redrawn, status.withdrawn], [1, 1]);
  });

  it('counts a PLR for the service of its manager, and its moderation and alert for that of the case', () => {
    const status = statusOf([
      someFigures('PLR-222222', {
        standing: returned(),
        grades: { original: 'inadequate' },
        moderation: 'drawn',
        moderating: { dueOn: localDate('2022-04-19') },
        alert: { raisedAt: instant('2022-04-20T08:00:00Z'), breached: false, state: 'raised' },
      }),
    ]);
    assert.equal(line(status, 'assessment').sent, 1);
    assert.deepEqual(line(status, 'assessment').moderation, {
      required: 0,
      drawn: 0,
      completed: 0,
      overdue: 0,
    });
    assert.equal(line(status, 'care').sent, 0);
    assert.deepEqual(line(status, 'care').moderation, { required: 1, drawn: 1, completed: 0, overdue: 1 });
    assert.deepEqual(line(status, 'care').alerts, { open: 1, acknowledged: 0, breached: 0 });
  });

  it('calls an alert acknowledged unless it waits for that now', () => {
    const [raisedAt, acknowledgedAt] = [instant('2022-04-19T08:00:00Z'), instant('2022-04-19T10:00:00Z')];
    const alertsIn = (state: NonNullable<PlrFigures['alert']>['state']) =>
      statusOf([someFigures('PLR-222222', { alert: { raisedAt, acknowledgedAt, breached: false, state } })])
        .alerts.acknowledged;
    assert.deepEqual((['raised', 'acknowledged', 'gripped', 'closed'] as const).map(alertsIn), [0, 1, 1, 1]);
  });

  it('keeps senior managers, who have no service, on a line of their own', () => {
    const status = statusOf([figuresWithoutService('PLR-222222')]);
    assert.equal(line(status, null).sent, 1);
    assert.deepEqual(
      line(status, null).teams.map(({ teamId, sent }) => [teamId, sent]),
      [[null, 1]],
    );
  });

  it('has no line for "no service" when nobody is without one', () => {
    assert.deepEqual(
      statusOf([someFigures('PLR-222222')]).services.map(({ serviceId }) => serviceId),
      services,
    );
  });

  it('counts a past PLR from a spreadsheet for the service that the spreadsheet names', () => {
    const past = figuresWithoutService('PLR-222222', { source: 'history', standing: returned() });
    const status = statusOf([past], []);
    assert.equal(line(status, 'care').returnedByService, 1);
    assert.deepEqual(status.disagreements, []);
  });

  it('keeps an undeliverable PLR in sent, and lists it with its reason', () => {
    const status = statusOf(
      [someFigures('PLR-222222'), someFigures('PLR-333333')],
      [told('PLR-222222', 'undeliverable', 'the app was removed'), told('PLR-333333')],
    );
    assert.equal(status.sent, 2);
    assert.equal(status.undeliverable, 1);
    assert.deepEqual(status.notDelivered, [
      { ref: 'PLR-222222', managerId: 'ash-manager', reason: 'the app was removed' },
    ]);
  });

  it('calls a PLR overdue from the day after it was due', () => {
    const figures = [someFigures('PLR-222222'), someFigures('PLR-333333', { standing: returned() })];
    assert.equal(statusOf(figures, undefined, '2022-04-29').overdue, 0);
    assert.equal(statusOf(figures, undefined, '2022-04-30').overdue, 1);
  });

  it('adds up: the services give the total', () => {
    const status = statusOf([
      someFigures('PLR-222222', { standing: returned() }),
      someFigures('PLR-333333', { managerServiceId: 'care' as ServiceId }),
      someFigures('PLR-444444', { managerServiceId: 'closed-service' as ServiceId }),
    ]);
    assert.equal(
      status.services.reduce((sum, { sent }) => sum + sent, 0),
      status.sent,
    );
    assert.deepEqual(status.disagreements, []);
  });

  it('says when a PLR has no message in the ledger', () => {
    const { disagreements } = statusOf([someFigures('PLR-222222')], []);
    assert.equal(disagreements.length, 1);
    assert.match(disagreements[0]!, /1 of 1 PLRs have no message/);
  });

  it('says when the ledger knows a PLR that the cycle does not', () => {
    const { disagreements } = statusOf([], [told('PLR-999999')]);
    assert.deepEqual(disagreements, [
      'The delivery ledger has messages for 1 PLRs that are not in this cycle.',
    ]);
  });
});
