import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { meetingRuleProblem, nextMeeting } from '../../../src/imports/meeting-rule.js';
import { Fault } from '../../../src/practice/base/errors.js';
import { addHours, instant } from '../../../src/practice/base/time.js';

const london = 'Europe/London';
const next = (rule: string, after: string) => nextMeeting(rule, instant(after), london);

describe('the next meeting of a team', () => {
  const mondays = 'DTSTART:20220103T100000 RRULE:FREQ=WEEKLY;BYDAY=MO';

  it('stays at 10:00 by the clock on the wall when the clocks go forward', () => {
    assert.equal(next(mondays, '2022-03-20T00:00:00Z'), '2022-03-21T10:00:00.000Z');
    assert.equal(next(mondays, '2022-03-21T10:00:00Z'), '2022-03-28T09:00:00.000Z');
  });

  it('stays at 10:00 by the clock on the wall when the clocks go back', () => {
    assert.equal(next(mondays, '2022-10-23T00:00:00Z'), '2022-10-24T09:00:00.000Z');
    assert.equal(next(mondays, '2022-10-24T09:00:00Z'), '2022-10-31T10:00:00.000Z');
  });

  it('is the first one when the rule has not begun', () => {
    assert.equal(next(mondays, '2021-01-01T00:00:00Z'), '2022-01-03T10:00:00.000Z');
  });

  it('is after the moment asked about, never at it', () => {
    assert.equal(next(mondays, '2022-01-10T09:59:59Z'), '2022-01-10T10:00:00.000Z');
    assert.equal(next(mondays, '2022-01-10T10:00:00Z'), '2022-01-17T10:00:00.000Z');
  });

  it('is an hour later by the clock when its time falls in the spring gap', () => {
    const nightly = 'DTSTART:20220101T013000 RRULE:FREQ=DAILY';
    assert.equal(next(nightly, '2022-03-27T00:45:00Z'), '2022-03-27T01:30:00.000Z');
    assert.equal(next(nightly, '2022-03-27T01:15:00Z'), '2022-03-27T01:30:00.000Z');
    assert.equal(next(nightly, '2022-03-27T01:30:00Z'), '2022-03-28T00:30:00.000Z');
  });

  it('is held once in the hour that autumn repeats', () => {
    const nightly = 'DTSTART:20220101T013000 RRULE:FREQ=DAILY';
    assert.equal(next(nightly, '2022-10-30T00:00:00Z'), '2022-10-30T00:30:00.000Z');
    assert.equal(next(nightly, '2022-10-30T00:45:00Z'), '2022-10-31T01:30:00.000Z');
  });

  it('keeps a fortnight and the last Thursday of the month', () => {
    const fortnightly = 'DTSTART:20220105T140000\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=WE';
    assert.equal(next(fortnightly, '2022-04-01T00:00:00Z'), '2022-04-13T13:00:00.000Z');
    const lastThursday = 'DTSTART:20220127T140000\r\nRRULE:FREQ=MONTHLY;BYDAY=-1TH';
    assert.equal(next(lastThursday, '2022-02-01T00:00:00Z'), '2022-02-24T14:00:00.000Z');
  });

  it('is none once COUNT is used up', () => {
    const twice = 'DTSTART:20220103T100000 RRULE:FREQ=WEEKLY;COUNT=2';
    assert.equal(next(twice, '2022-01-04T00:00:00Z'), '2022-01-10T10:00:00.000Z');
    assert.equal(next(twice, '2022-01-10T10:00:00Z'), undefined);
  });

  it('is none after UNTIL, whose own meeting is the last: as a day, as local time and as UTC', () => {
    for (const until of ['20220606', '20220606T100000', '20220606T090000Z']) {
      const rule = `DTSTART:20220103T100000 RRULE:FREQ=WEEKLY;UNTIL=${until};BYDAY=MO`;
      assert.equal(next(rule, '2022-06-01T00:00:00Z'), '2022-06-06T09:00:00.000Z', until);
      assert.equal(next(rule, '2022-06-06T09:00:00Z'), undefined, until);
    }
  });

  it('is always later than asked, within the week, at the rule’s time of day', () => {
    const hours = fc.integer({ min: 0, max: 24 * 365 * 8 });
    fc.assert(
      fc.property(hours, (hour) => {
        const after = addHours(instant('2022-01-03T10:00:00Z'), hour);
        const found = nextMeeting(mondays, after, london);
        assert.ok(found !== undefined && found > after && found <= addHours(after, 7 * 24 + 1));
        const local = Temporal.Instant.from(found).toZonedDateTimeISO(london);
        assert.deepEqual([local.dayOfWeek, local.hour, local.minute], [1, 10, 0]);
      }),
      { seed: 11, numRuns: 60 },
    );
  });

  it('is a fault for a rule that no import let in', () => {
    assert.throws(() => next('Mondays', '2022-01-01T00:00:00Z'), Fault);
  });
});

describe('a meeting rule', () => {
  for (const rule of [
    'DTSTART:20240101T100000 RRULE:FREQ=WEEKLY;BYDAY=MO',
    'DTSTART:20240101T100000\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE',
    'RRULE:FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1 DTSTART:20240101T100000',
    'DTSTART;TZID=Europe/London:20240101T100000 RRULE:FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=5',
    'dtstart:20240101T100000 rrule:freq=weekly;wkst=su;interval=3',
  ]) {
    it(`may be ${JSON.stringify(rule)}`, () => assert.equal(meetingRuleProblem(rule), undefined));
  }

  for (const rule of [
    '',
    'every Monday',
    'DTSTART:20240101T100000',
    'RRULE:FREQ=WEEKLY',
    'DTSTART:20240101T100000 RRULE:FREQ=WEEKLY EXDATE:20240108T100000',
    'DTSTART:20240101T100000Z RRULE:FREQ=WEEKLY',
    'DTSTART;TZID=America/New_York:20240101T100000 RRULE:FREQ=WEEKLY',
    'DTSTART:20240101 RRULE:FREQ=WEEKLY',
    'DTSTART:20240230T100000 RRULE:FREQ=WEEKLY',
    'DTSTART:20240101T250000 RRULE:FREQ=WEEKLY',
    'DTSTART:20240101T100000 RRULE:BYDAY=MO',
    'DTSTART:20240101T100000 RRULE:FREQ=SECONDLY',
    'DTSTART:20240101T100000 RRULE:FREQ=WEEKLY;FREQ=DAILY',
    'DTSTART:20240101T100000 RRULE:FREQ=WEEKLY;INTERVAL=0',
    'DTSTART:20240101T100000 RRULE:FREQ=WEEKLY;BYDAY=XX',
    'DTSTART:20240101T100000 RRULE:FREQ=WEEKLY;BYHOUR=9,10',
    'DTSTART:20240101T100000 RRULE:FREQ=WEEKLY;UNTIL=20241399',
    'DTSTART:20240101T100000 RRULE:FREQ=WEEKLY;UNTIL=20230101',
    'DTSTART:20240101T100000 RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
    'DTSTART:20240101T100000 RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
    'DTSTART:20240101T100000 RRULE:FREQ=WEEKLY;CONSTRUCTOR=1',
  ]) {
    it(`may not be ${JSON.stringify(rule)}`, () =>
      assert.match(meetingRuleProblem(rule) ?? '', /^(The|A) .*\.$/));
  }
});
