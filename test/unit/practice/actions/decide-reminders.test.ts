import assert from 'node:assert/strict';
import fc from 'fast-check';
import { updateAction } from '../../../../src/practice/actions/decide-action.js';
import { actionReminders } from '../../../../src/practice/actions/decide-reminders.js';
import { withAction } from '../../../../src/practice/plr/actions-of-plr.js';
import { actionStages } from '../../../../src/practice/actions/stages.js';
import { stagesOf } from '../../../../src/practice/base/stages.js';
import type { PersonId } from '../../../../src/practice/base/ids.js';
import { isRefusal } from '../../../../src/practice/base/errors.js';
import type { Plr } from '../../../../src/practice/plr/plr.js';
import {
  addHours,
  isWorkingDay,
  dateAt,
  instant,
  localDate,
  type Instant,
} from '../../../../src/practice/base/time.js';
import { aPlrWith, councilAt, plannedAction, withPerson } from '../../../builders/planned-actions.js';

type ChangeRoster = Parameters<typeof councilAt>[1];

/** What the schedule does at each tick: all that is due by then. Returns the keys of what it would send. */
function tickAt(plr: Plr, now: Instant, change?: ChangeRoster): { plr: Plr; keys: string[] } {
  let state = plr;
  const keys: string[] = [];
  for (;;) {
    const at = actionReminders.dueAt?.(state);
    if (at === undefined || at > now) return { plr: state, keys };
    const changed = actionReminders.whenDue?.(state, now, councilAt(now, change));
    assert.ok(changed !== undefined, 'what is due is done');
    state = changed.state;
    keys.push(...changed.messages.filter(({ redraws }) => redraws === undefined).map(({ key }) => key));
  }
}

function remindersUntil(plr: Plr, ticks: readonly Instant[], change?: ChangeRoster): string[] {
  const keys: string[] = [];
  let state = plr;
  for (const now of ticks) {
    const ticked = tickAt(state, now, change);
    state = ticked.plr;
    keys.push(...ticked.keys);
  }
  return keys.map((key) => key.replace('action.PLR-7K3M2Q-1.', '').replace('.2022-04-29.', ' '));
}

const everyHour = Array.from({ length: 24 * 60 }, (_, hour) =>
  addHours(instant('2022-04-01T09:30:00Z'), hour),
);
const all = [
  'due-soon ash-worker-first',
  'due-today ash-worker-first',
  'overdue ash-worker-first',
  'overdue-a-week ash-manager',
  'overdue-two-weeks assessment-service-manager',
];

describe('the reminders of an action', () => {
  it('are 5 working days before, on the day, 2 after, then the Team Manager at 5 and the Service Manager at 10', () => {
    const council = councilAt('2022-04-01T09:00:00Z');
    // The early May bank holiday, 2 May 2022, lies between.
    assert.deepEqual(
      stagesOf(actionStages, localDate('2022-04-29'), council).map(({ at }) => at),
      [
        '2022-04-22T08:00:00.000Z',
        '2022-04-29T08:00:00.000Z',
        '2022-05-04T08:00:00.000Z',
        '2022-05-09T08:00:00.000Z',
        '2022-05-16T08:00:00.000Z',
      ],
    );
    assert.deepEqual(remindersUntil(aPlrWith([plannedAction()]), everyHour), all);
  });

  it('each come once, whatever the times of the ticks', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 24 * 60 - 1 }), { minLength: 1, maxLength: 40 }),
        (hours) => {
          const ticks = hours.sort((a, b) => a - b).map((hour) => everyHour[hour]!);
          const sent = remindersUntil(aPlrWith([plannedAction()]), ticks);
          assert.equal(new Set(sent).size, sent.length);
          assert.deepEqual(
            sent,
            all.filter((one) => sent.includes(one)),
            'in order of time',
          );
          const lastTick = ticks.at(-1)!;
          const passed = stagesOf(actionStages, localDate('2022-04-29'), councilAt(lastTick)).filter(
            ({ at }) => at <= lastTick,
          );
          const last = passed.at(-1);
          if (last !== undefined) assert.ok(sent.some((one) => one.startsWith(`${last.stage} `)));
        },
      ),
      { seed: 20220607, numRuns: 60 },
    );
  });

  it('fall on working days at 9 in London, in order, whatever the due date', () => {
    const council = councilAt('2022-04-01T09:00:00Z');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 }), (days) => {
        const dueOn = dateAt(addHours(instant('2022-01-01T12:00:00Z'), 24 * days), 'Europe/London');
        const times = stagesOf(actionStages, dueOn, council).map(({ at }) => at);
        assert.deepEqual(times, [...new Set(times)].sort());
        for (const at of times) assert.ok(isWorkingDay(dateAt(at, 'Europe/London'), council.holidays));
      }),
      { seed: 20220607 },
    );
  });

  it('after a time away, say how it stands now, and still climb', () => {
    const sent = remindersUntil(aPlrWith([plannedAction()]), [instant('2022-05-20T09:00:00Z')]);
    assert.deepEqual(sent, all.slice(2));
  });

  it('go to the Team Manager while the owner is away', () => {
    const away = withPerson('ash-worker-first', {
      absences: [{ from: localDate('2022-04-25'), until: localDate('2022-04-30') }],
    });
    assert.deepEqual(remindersUntil(aPlrWith([plannedAction()]), everyHour, away), [
      all[0],
      'due-today ash-manager',
      ...all.slice(2),
    ]);
  });

  it('end when the action is closed', () => {
    const plr = aPlrWith([plannedAction()]);
    const update = { to: 'done', evidence: 'Note', difference: 'Safe' } as const;
    const done = updateAction(plr.actions[0]!, update, 'ash-worker-first' as PersonId, plr.issuedAt);
    assert.ok(!isRefusal(done));
    assert.equal(actionReminders.dueAt?.(withAction(plr, done)), undefined);
  });

  it('leave out what was past when the action was made', () => {
    const late = aPlrWith([plannedAction({ dueOn: localDate('2022-04-04') })]);
    assert.equal(actionReminders.dueAt?.(late), '2022-04-04T08:00:00.000Z');
  });
});
