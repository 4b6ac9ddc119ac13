import assert from 'node:assert/strict';
import { closesAtOf, closingTime } from '../../../../src/practice/cycles/closing-time.js';
import {
  closeCycle,
  finishClosing,
  openReviewAgain,
  reopenCycle,
} from '../../../../src/practice/cycles/decide-closing.js';
import { isRefusal, type Refusal } from '../../../../src/practice/base/errors.js';
import type { PersonId } from '../../../../src/practice/base/ids.js';
import { addHours, instant, localDate } from '../../../../src/practice/base/time.js';
import {
  cycleKind,
  isCounted,
  type ClosedCycle,
  type Cycle,
  type IssuedCycle,
} from '../../../../src/practice/plr/cycle-record.js';
import { isOpen } from '../../../../src/practice/plr/plr.js';
import type { Change } from '../../../../src/practice/plr/ports.js';
import { figuresOf } from '../../../../src/practice/process/figures-of.js';
import { openOfPlr } from '../../../../src/practice/process/open/open-of-plr.js';
import { countCompliance } from '../../../../src/practice/plr/compliance.js';
import { endUnreturned } from '../../../../src/practice/reviews/decide-not-returned.js';
import { aContext } from '../../../builders/a-context.js';
import { aReview } from '../../../builders/a-plr.js';

const council = aContext();
const qaLead = 'qa-lead' as PersonId;
const at = (dueOn: string, lastDueOn?: string, closingMonths?: number) =>
  closingTime(
    localDate(dueOn),
    closingMonths === undefined ? council : { ...council, closingMonths },
    lastDueOn === undefined ? undefined : localDate(lastDueOn),
  );

/** A row as it was written before cycles closed. */
const oldRow = {
  ...{ id: '2022-04', kind: 'monthly', month: '2022-04', issueOn: '2022-04-01', dueOn: '2022-04-29' },
  ...{ seed: 'a-seed', rosterVersion: 3, ownTeam: 'never', issuedAt: '2022-04-01T08:00:00.000Z' },
  ...{ state: 'issued', closesAt: '2022-05-05T08:00:00.000Z', issued: 80, unplaced: [] },
  coverage: { reviewed: 80, open: 2400, percent: 3, target: 10, shortfall: 160 },
};
const upgraded = (old: object) => cycleKind.upgrade?.(old, 1) as IssuedCycle;
const running = upgraded(oldRow);

function changed<State>(change: Change<State> | Refusal): State {
  assert.ok(!isRefusal(change), isRefusal(change) ? change.say : '');
  return change.state;
}
const closed = (cycle: Cycle = running) => changed(closeCycle(cycle, qaLead, council.now)) as ClosedCycle;

describe('the rule by which a cycle closes', () => {
  it('is the end of the last working day of the month after it was due, in British time', () => {
    // In summer midnight comes an hour earlier by UTC.
    assert.equal(at('2022-04-29'), '2022-05-31T23:00:00.000Z');
    assert.equal(at('2022-11-30'), '2022-12-31T00:00:00.000Z');
  });

  it('knows the month’s end that is a bank holiday or a weekend', () => {
    // 30 and 31 December 2023 were a weekend, and Good Friday fell on 29 March 2024.
    assert.equal(at('2023-11-30'), '2023-12-30T00:00:00.000Z');
    assert.equal(at('2024-02-29'), '2024-03-29T00:00:00.000Z');
  });

  it('ends the day on which the clocks change', () => {
    // Both last days of the month were followed, or begun, by a night of 23 or 25 hours.
    assert.equal(at('2022-02-28', '2022-10-30'), '2022-10-31T00:00:00.000Z');
    assert.equal(at('2022-02-28', '2022-03-27', 0), '2022-03-27T23:00:00.000Z');
  });

  it('never comes before the last of its PLRs is due, and follows the council’s months', () => {
    assert.equal(at('2022-04-29', '2022-06-07'), '2022-06-07T23:00:00.000Z');
    assert.equal(at('2022-04-29', '2022-05-06'), at('2022-04-29'));
    assert.equal(at('2022-04-29', undefined, 2), '2022-06-30T23:00:00.000Z');
    assert.equal(at('2022-04-29', undefined, 0), '2022-04-29T23:00:00.000Z');
  });

  it('gives way to the day until which it was opened again, but not to one before a PLR is due', () => {
    const how = { by: qaLead, reason: 'Sickness.', until: localDate('2022-06-17') };
    const later = aContext({ at: '2022-06-08T09:00:00Z' });
    const open = changed(reopenCycle(closed(), how, later));
    assert.equal(closesAtOf(open, later), '2022-06-17T23:00:00.000Z');
    assert.equal(closesAtOf(open, later, localDate('2022-06-20')), '2022-06-20T23:00:00.000Z');
  });
});

describe('a cycle as it was stored before cycles closed', () => {
  it('is running: what was called closed then is what is counted now', () => {
    const { closesAt, ...kept } = oldRow;
    assert.deepEqual(running, { ...kept, countsAt: closesAt });
    const over = upgraded({ ...oldRow, state: 'closed', closedAt: '2022-05-05T08:00:12.000Z' });
    assert.deepEqual(over, { ...running, countedAt: '2022-05-05T08:00:12.000Z' });
    assert.deepEqual([isCounted(running), isCounted(over)], [false, true]);
    assert.equal(cycleKind.dueAt?.(over), undefined);
    assert.equal(closesAtOf(over, council), at('2022-04-29'));
    const issuing = { ...kept, state: 'issuing' };
    assert.equal(upgraded(issuing), issuing as never);
  });
});

describe('closing a cycle', () => {
  it('counts it when it was not counted yet, and says by whom it was closed', () => {
    const { countedAt, closedAt, closedBy, isUnfinished } = closed();
    assert.deepEqual([countedAt, closedAt, closedBy, isUnfinished], [council.now, council.now, qaLead, true]);
    assert.equal(cycleKind.dueAt?.(closed()), undefined);
    assert.equal(closed({ ...running, countedAt: running.countsAt }).countedAt, running.countsAt);
  });

  it('changes nothing the second time, nor before it is issued', () => {
    const second = closeCycle(closed(), qaLead, council.now);
    assert.equal(isRefusal(second) && second.refused, 'closed-already');
    const issuing = closeCycle({ ...running, state: 'issuing' }, qaLead, council.now);
    assert.equal(isRefusal(issuing) && issuing.refused, 'still-issuing');
  });

  it('is opened again with a reason and a day to come, and keeps what it was', () => {
    const how = { by: qaLead, reason: ' Sickness. ', until: council.today };
    const open = changed(reopenCycle(closed(), how, council)) as IssuedCycle;
    assert.equal(open.closesAt, '2022-04-07T23:00:00.000Z'.replace('04-07', council.today.slice(5)));
    assert.deepEqual(open.reopenings?.[0]?.closedBefore, { closedAt: council.now, closedBy: qaLead });
    assert.equal(open.reopenings?.[0]?.reason, 'Sickness.');
    for (const [wrong, refused] of [
      [{ ...how, reason: ' ' }, 'no-reason'],
      [{ ...how, until: localDate('2022-03-01') }, 'wrong-day'],
      [{ ...how, until: localDate('2032-03-01') }, 'wrong-day'],
    ] as const) {
      const answer = reopenCycle(closed(), wrong, council);
      assert.equal(isRefusal(answer) && answer.refused, refused);
    }
    const running = reopenCycle(open, how, council);
    assert.equal(isRefusal(running) && running.refused, 'not-closed');
  });

  it('is finished only by what followed this closing, and not by what followed the last', () => {
    const how = { by: qaLead, reason: 'Sickness.', until: council.today };
    const first = closed();
    const again = closed(changed(reopenCycle(first, how, council)));
    assert.ok(isRefusal(finishClosing(again, first)));
    const finished = changed(finishClosing(again, again)) as ClosedCycle;
    assert.equal('isUnfinished' in finished, false);
    assert.ok(isRefusal(finishClosing(finished, again)));
  });
});

describe('a review that was not returned', () => {
  const end = (plr = aReview().complete().build()) => {
    assert.ok(isOpen(plr));
    return changed(endUnreturned(plr, instant('2022-05-31T23:00:00Z'), council));
  };

  it('keeps what was typed, leaves the standing view, and still counts as not returned', () => {
    const before = aReview().complete().build();
    const ended = end(before);
    assert.equal(openOfPlr(ended), undefined);
    assert.deepEqual(ended.review.state === 'not-returned' && ended.review.draft, before.review);
    const counted = (plr: typeof ended) =>
      countCompliance([figuresOf(plr, council.timeZone)], new Set([plr.ref]));
    assert.deepEqual(counted(ended), counted(before));
    assert.equal(counted(ended).notReturned, 1);
  });

  it('goes on where it was left when its cycle is opened again; its words are not kept for ever', () => {
    const before = aReview().complete().build();
    const open = changed(openReviewAgain(end(before), running, council));
    assert.deepEqual(open.review, before.review);
    assert.equal(open.reminders?.next?.at, council.now);
    const { review } = end(before);
    assert.ok(review.state === 'not-returned');
    assert.equal(review.purgeAt, addHours(council.now, 90 * 24));
    const purged = { ...end(before), review: { ...review, purgedAt: council.now } };
    assert.deepEqual(changed(openReviewAgain(purged, running, council)).review, { state: 'assigned' });
    assert.ok(isRefusal(openReviewAgain(before, running, council)));
  });
});
