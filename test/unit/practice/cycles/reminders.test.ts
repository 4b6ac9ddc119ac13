import assert from 'node:assert/strict';
import { reminderCard } from '../../../../src/practice/cycles/feature-reminders.js';
import {
  firstReminders,
  reminderPart,
  snoozeReminder,
  whoIsTold,
} from '../../../../src/practice/cycles/reminders.js';
import type { PersonId, ServiceId } from '../../../../src/practice/base/ids.js';
import type { Person, Roster } from '../../../../src/practice/council/organisation.js';
import type { Plr } from '../../../../src/practice/plr/plr.js';
import { instant, localDate } from '../../../../src/practice/base/time.js';
import { aReview } from '../../../builders/a-plr.js';
import { handedOut } from '../../../builders/handed-out.js';
import { smallCouncil } from '../../../builders/small-council.js';
import { aContext } from '../../../builders/a-context.js';

function rosterWith(changes: Partial<Person>): Roster {
  const roster = smallCouncil();
  return {
    ...roster,
    people: roster.people.map((person) => (person.id === 'ash-manager' ? { ...person, ...changes } : person)),
  };
}

/** What is due of a PLR at a time, as the schedule asks it. */
function due(plr: Plr, at: string, roster = smallCouncil()) {
  const council = aContext({ at, roster });
  const dueAt = reminderPart.dueAt?.(plr);
  return dueAt !== undefined && dueAt <= council.now
    ? reminderPart.whenDue?.(plr, council.now, council)
    : undefined;
}

const issued = () => handedOut(aContext({ at: '2022-04-01T08:00:00Z' }));
const exempt = aReview().exempt().build().review;
const keys = (change: ReturnType<typeof due>) => change?.messages.map(({ key }) => key);

describe('reminders of a PLR', () => {
  it('come 5 working days before it is due, on the day, and 2 after, at 9 in British time', () => {
    let plr = issued();
    const times: (string | undefined)[] = [];
    for (const at of ['2022-04-22T08:00:00Z', '2022-04-29T08:00:00Z', '2022-05-04T08:00:00Z']) {
      times.push(reminderPart.dueAt?.(plr));
      const change = due(plr, at);
      assert.ok(change);
      plr = change.state;
    }
    // 2 May 2022 was a bank holiday, and British clocks were an hour ahead of UTC.
    assert.deepEqual(times, [
      '2022-04-22T08:00:00.000Z',
      '2022-04-29T08:00:00.000Z',
      '2022-05-04T08:00:00.000Z',
    ]);
  });

  it('go on every 5 working days after that, and bring in one more of those above each time, once', () => {
    let plr: Plr = { ...issued(), managerServiceId: 'assessment' as ServiceId };
    const roster = rosterWith({ lineManagerId: 'qa-lead' as PersonId });
    const told: (readonly string[])[] = [];
    // 2 June 2022 and the day after were bank holidays.
    for (const day of ['05-04', '05-11', '05-18', '05-25', '06-01']) {
      const at = `2022-${day}T08:00:00Z`;
      if (told.length > 0) assert.equal(reminderPart.dueAt?.(plr), instant(at));
      const change = due(plr, at, roster);
      assert.ok(change);
      plr = change.state;
      told.push(change.messages.filter(({ card }) => card === 'overdue').map(({ key }) => key));
    }
    const to = (person: string, again = '') => `reminder.PLR-222222.line-manager.${person}${again}`;
    const [line, service, head] = ['qa-lead', 'assessment-service-manager', 'head-of-service'] as const;
    assert.deepEqual(told, [
      [to(line)],
      [to(line, '.2'), to(service)],
      [to(line, '.3'), to(service, '.3'), to(head)],
      [to(line, '.4'), to(service, '.4'), to(head, '.4')],
      [to(line, '.5'), to(service, '.5'), to(head, '.5')],
    ]);
    assert.equal(reminderPart.dueAt?.(plr), '2022-06-10T08:00:00.000Z');
    assert.equal(
      reminderPart.dueAt?.({ ...plr, review: aReview().notReturned().build().review }),
      instant('2022-06-01T08:00:00Z'),
    );
  });

  it('tell the next above where a post is vacant, and everyone once', () => {
    const late = { ...issued(), managerServiceId: 'assessment' as ServiceId };
    const roster = rosterWith({ lineManagerId: 'assessment-service-manager' as PersonId });
    const tellsOn = (on: string, people: Roster) =>
      whoIsTold(late, aContext({ at: `2022-${on}T08:00:00Z`, roster: people }));
    assert.deepEqual(tellsOn('05-11', roster), ['assessment-service-manager']);
    const gone = {
      ...roster,
      people: roster.people.map((one) =>
        one.id === 'assessment-service-manager' ? { ...one, activeUntil: localDate('2022-04-10') } : one,
      ),
    };
    assert.deepEqual(tellsOn('05-04', gone), ['head-of-service']);
    assert.deepEqual(tellsOn('05-11', gone), ['head-of-service']);
    assert.deepEqual(tellsOn('05-03', gone), []);
  });

  it('begin again for a row from before they went on', () => {
    const shownSince = instant('2022-05-04T08:00:00Z');
    const old = { ...issued(), reminders: { sent: 3, shownSince } };
    const change = due(old, '2022-05-10T08:00:00Z');
    assert.deepEqual(keys(change), []);
    assert.equal(change?.state.reminders?.next?.at, '2022-05-11T08:00:00.000Z');
    assert.equal(reminderPart.dueAt?.(change.state), '2022-05-11T08:00:00.000Z');
  });

  it('leave one standing: the new one puts the last one away', () => {
    const first = due(issued(), '2022-04-22T08:00:00Z');
    assert.deepEqual(keys(first), ['reminder.PLR-222222.1']);
    const second = due(first!.state, '2022-04-29T08:00:00Z');
    assert.deepEqual(keys(second), ['reminder.PLR-222222.2', 'reminder.PLR-222222.1.put-away']);
    assert.equal(second?.messages[1]?.redraws, 'reminder.PLR-222222.1');
  });

  it('leave the old card alone once the form is begun, which may be open in its place, and go when it ends', () => {
    const first = due(issued(), '2022-04-22T08:00:00Z')!.state;
    const second = due({ ...first, review: aReview().draft().build().review }, '2022-04-29T08:00:00Z')!;
    assert.deepEqual(keys(second), ['reminder.PLR-222222.2']);
    const ended = due({ ...second.state, review: exempt }, '2022-04-29T08:00:00Z');
    assert.deepEqual(keys(ended), ['reminder.PLR-222222.1.put-away', 'reminder.PLR-222222.2.put-away']);
  });

  it('come once: what was due is not due again', () => {
    const first = due(issued(), '2022-04-22T08:00:00Z');
    assert.equal(due(first!.state, '2022-04-22T16:00:00Z'), undefined);
  });

  it('tell the line manager with the last, 2 working days after', () => {
    const late = due(
      { ...issued(), reminders: { sent: 2, next: { stage: 'after', at: instant('2022-05-04T08:00:00Z') } } },
      '2022-05-04T08:00:00Z',
      rosterWith({ lineManagerId: 'head-of-service' as PersonId }),
    );
    assert.deepEqual(
      late?.messages.filter(({ card }) => card === 'overdue').map(({ to }) => to),
      [{ person: 'head-of-service' }],
    );
  });

  it('say whom they told; a QA lead who completes it reads nothing of a line manager', () => {
    const council = aContext({
      at: '2022-05-04T08:00:00Z',
      roster: rosterWith({ lineManagerId: 'head-of-service' as PersonId }),
    });
    const title = (plr: Plr) => (reminderCard(plr, council).data as { title: string }).title;
    const late = 'It still counts when you return it before its cycle closes';
    assert.equal(title(issued()), `Your review is late, and I told Tobias Fairclough. ${late}`);
    const qaCompletes = { decidedBy: 'qa-lead' as PersonId, at: council.now };
    assert.equal(title({ ...issued(), qaCompletes }), `Your review is late. ${late}`);
  });

  it('tell the Service Manager when there is no line manager', () => {
    const late = due(
      { ...issued(), reminders: { sent: 2, next: { stage: 'after', at: instant('2022-05-04T08:00:00Z') } } },
      '2022-05-04T08:00:00Z',
    );
    assert.deepEqual(
      late?.messages.filter(({ card }) => card === 'overdue').map(({ to }) => to),
      [{ person: 'assessment-service-manager' }],
    );
  });

  it('wait until the manager is back, and then say only what is true by then', () => {
    const away = rosterWith({
      absences: [{ from: localDate('2022-04-20'), until: localDate('2022-04-29') }],
    });
    const putOff = due(issued(), '2022-04-22T08:00:00Z', away);
    assert.deepEqual(keys(putOff), []);
    assert.deepEqual(putOff?.state.reminders?.next, { stage: 'on-the-day', at: '2022-05-03T08:00:00.000Z' });
    const back = due(putOff.state, '2022-05-03T08:00:00Z', away);
    assert.deepEqual(keys(back), ['reminder.PLR-222222.1']);
    assert.equal(back?.state.reminders?.next?.at, '2022-05-04T08:00:00.000Z');
  });

  it('are not sent to someone who has left', () => {
    const left = due(issued(), '2022-04-22T08:00:00Z', rosterWith({ activeUntil: localDate('2022-04-10') }));
    assert.deepEqual(keys(left), []);
    assert.equal(left?.state.reminders?.sent, 0);
  });

  it('skip the stages that have passed when the bot was down', () => {
    const late = due(issued(), '2022-05-06T08:00:00Z');
    assert.deepEqual(keys(late), [
      'reminder.PLR-222222.1',
      'reminder.PLR-222222.line-manager.assessment-service-manager',
    ]);
    assert.equal(late?.state.reminders?.next?.at, '2022-05-11T08:00:00.000Z');
  });

  it('begin with the first stage still to come for a PLR that is issued late', () => {
    const council = aContext({ at: '2022-04-25T09:00:00Z' });
    assert.equal(firstReminders(localDate('2022-04-29'), council).next?.stage, 'on-the-day');
  });

  it('snooze for working days, but never past the day the line manager is told', () => {
    const tomorrow = snoozeReminder(issued(), 'tomorrow', aContext({ at: '2022-04-22T10:00:00Z' })).state;
    assert.equal(tomorrow.reminders?.next?.at, '2022-04-25T08:00:00.000Z');
    const late = snoozeReminder(issued(), 'in-3-days', aContext({ at: '2022-05-03T10:00:00Z' })).state;
    assert.deepEqual(late.reminders?.next, { stage: 'after', at: '2022-05-04T08:00:00.000Z' });
  });

  it('go away when the review ends', () => {
    const first = due(issued(), '2022-04-22T08:00:00Z')!.state;
    const ended: Plr = { ...first, review: exempt };
    const change = due(ended, '2022-04-22T09:00:00Z');
    assert.deepEqual(keys(change), ['reminder.PLR-222222.1.put-away']);
    assert.equal(reminderPart.dueAt?.(change!.state), undefined);
  });

  it('go away in one transaction, however often they were put off: the newest of them', () => {
    const plr: Plr = {
      ...issued(),
      review: exempt,
      reminders: { sent: 60, shownSince: instant('2022-07-01T08:00:00Z') },
    };
    const messages = keys(due(plr, '2022-07-01T09:00:00Z'))!;
    // Two rows each, in a transaction of 100 that has the PLR's own rows besides.
    assert.ok(messages.length <= 45, `${messages.length}`);
    assert.equal(messages.at(-1), 'reminder.PLR-222222.60.put-away');
  });
});
