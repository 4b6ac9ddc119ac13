import { createRequire } from 'node:module';
import type * as rrule from 'rrule';
import { Temporal } from 'temporal-polyfill';
import { Fault } from '../practice/base/errors.js';
import { instant, type Instant } from '../practice/base/time.js';

/** rrule is a bundle: Node cannot see its named exports, and loaders disagree about its default export. */
const { RRule } = createRequire(import.meta.url)('rrule') as typeof rrule;

/** When a team meets, in wall-clock time: nothing in it depends on a time zone, except an UNTIL in UTC. */
interface MeetingRule {
  readonly start: Temporal.PlainDateTime;
  readonly recurrence: Partial<rrule.Options>;
  readonly until?: string;
}

const day = '(MO|TU|WE|TH|FR|SA|SU)';
const list = (item: string) => new RegExp(`^${item}(,${item})*$`);

/** The parts a team's meeting needs. Anything finer than a day would make a meeting every hour or second. */
const ruleParts: Readonly<Record<string, RegExp>> = {
  FREQ: /^(DAILY|WEEKLY|MONTHLY|YEARLY)$/,
  INTERVAL: /^[1-9]\d{0,2}$/,
  COUNT: /^[1-9]\d{0,3}$/,
  UNTIL: /^\d{8}(T\d{6}Z?)?$/,
  BYDAY: list(`([+-]?[1-5])?${day}`),
  BYMONTH: list('([1-9]|1[0-2])'),
  BYMONTHDAY: list('-?([1-9]|[12]\\d|3[01])'),
  BYSETPOS: list('-?[1-9]\\d?'),
  WKST: new RegExp(`^${day}$`),
};

/** With FREQ=DAILY these can rule out every day there is, and rrule takes seconds to find that out. */
const ofTheMonth: readonly string[] = ['BYMONTH', 'BYMONTHDAY', 'BYSETPOS'];

/** No team waits longer than this for a meeting; without a limit rrule would search up to the year 9999. */
const horizonYears = 5;

const shape =
  'Write it like DTSTART:20240101T100000 and RRULE:FREQ=WEEKLY;BYDAY=MO, parted by a space, in local time.';

/** What is wrong with a team's meeting rule and what to do; nothing, when `nextMeeting` can read it. */
export function meetingRuleProblem(text: string): string | undefined {
  const rule = readMeetingRule(text);
  if (typeof rule === 'string') return rule;
  const first = occurrenceAfter(rule, rule.start.subtract({ seconds: 1 }), 'UTC');
  if (first !== undefined) return undefined;
  return 'The meeting rule never gives a meeting. Check its days, UNTIL and COUNT.';
}

/**
 * The team's first meeting after `after`; nothing, when its rule has ended. A meeting at 10:00 is at 10:00
 * wall-clock time all year round (one in the spring gap is an hour later, one in the repeated autumn hour is in
 * its first pass).
 *
 * @param rule iCalendar DTSTART and RRULE in local time, as `meetingRuleProblem` lets through
 * @throws Fault `meeting-rule` for any other
 */
export function nextMeeting(rule: string, after: Instant, timeZone: string): Instant | undefined {
  const read = readMeetingRule(rule);
  if (typeof read === 'string') throw new Fault('meeting-rule', read);
  const from = Temporal.Instant.from(after);
  // From before a possible clock change: its wall-clock times do not come in the order of their instants.
  let local = from.toZonedDateTimeISO(timeZone).toPlainDateTime().subtract({ hours: 3 });
  for (;;) {
    const next = occurrenceAfter(read, local, timeZone);
    if (next === undefined) return undefined;
    const at = next.toZonedDateTime(timeZone).toInstant();
    if (Temporal.Instant.compare(at, from) > 0) return instant(at.toString());
    local = next;
  }
}

function readMeetingRule(text: string): MeetingRule | string {
  const parts = text.trim().toUpperCase().split(/\s+/);
  const dtstart = parts.find((part) => part.startsWith('DTSTART'));
  const recurrence = parts.find((part) => part.startsWith('RRULE:'));
  if (dtstart === undefined || recurrence === undefined || parts.length !== 2) {
    return `The meeting rule cannot be read. ${shape}`;
  }
  const start = startOf(dtstart);
  if (start === undefined) return `The DTSTART of the meeting rule is not a local date and time. ${shape}`;
  const wrong = wrongPart(recurrence.slice('RRULE:'.length));
  if (wrong !== undefined) return wrong;
  const until = /UNTIL=(\w+)/.exec(recurrence)?.[1];
  const options = RRule.parseString(recurrence.replace(/;?UNTIL=\w+/, '').replace(':;', ':'));
  return { start, recurrence: options, ...(until === undefined ? {} : { until }) };
}

function startOf(dtstart: string): Temporal.PlainDateTime | undefined {
  const digits = /^DTSTART(?:;TZID=EUROPE\/LONDON)?:(20\d{6}T\d{6})$/.exec(dtstart)?.[1];
  return digits === undefined ? undefined : plainDateTime(digits);
}

function plainDateTime(text: string): Temporal.PlainDateTime | undefined {
  try {
    return Temporal.PlainDateTime.from(text, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}

function wrongPart(recurrence: string): string | undefined {
  const parts = recurrence.split(';').map((part) => part.split('='));
  const names = parts.map(([name]) => name);
  if (!names.includes('FREQ')) return `The meeting rule has no FREQ. ${shape}`;
  if (new Set(names).size < names.length) return `The meeting rule says the same thing twice. ${shape}`;
  if (parts.some(([, value]) => value === 'DAILY') && names.some((name = '') => ofTheMonth.includes(name))) {
    return `A daily meeting rule cannot pick days of the month: use FREQ=MONTHLY. ${shape}`;
  }
  const wrong = parts.find(([name = '', value = '', ...more]) => {
    const accepts = Object.hasOwn(ruleParts, name) ? ruleParts[name] : undefined;
    if (accepts === undefined || more.length > 0 || !accepts.test(value)) return true;
    return name === 'UNTIL' && plainDateTime(value.replace('Z', '')) === undefined;
  });
  if (wrong === undefined) return undefined;
  return `The meeting rule has a part that cannot be used: ${wrong.join('=')}. ${shape}`;
}

function occurrenceAfter(
  rule: MeetingRule,
  after: Temporal.PlainDateTime,
  timeZone: string,
): Temporal.PlainDateTime | undefined {
  const later = Temporal.PlainDateTime.compare(after, rule.start) > 0 ? after : rule.start;
  const horizon = later.add({ years: horizonYears });
  const until = rule.until === undefined ? horizon : endOf(rule.until, timeZone);
  const recurring = new RRule({
    ...rule.recurrence,
    dtstart: floating(rule.start),
    until: floating(Temporal.PlainDateTime.compare(until, horizon) < 0 ? until : horizon),
  });
  const next = recurring.after(floating(after));
  return next === null ? undefined : Temporal.PlainDateTime.from(next.toISOString().slice(0, -1));
}

/** UNTIL as wall-clock time: calendars write it in UTC (`Z`), people write the last day (all of it counts). */
function endOf(until: string, timeZone: string): Temporal.PlainDateTime {
  if (!until.includes('T')) return Temporal.PlainDateTime.from(`${until}T235959`);
  if (!until.endsWith('Z')) return Temporal.PlainDateTime.from(until);
  return Temporal.Instant.from(until).toZonedDateTimeISO(timeZone).toPlainDateTime();
}

/** rrule counts in UTC: we hand it wall-clock time as if it were, and read its answer the same way. */
function floating(at: Temporal.PlainDateTime): Date {
  return new Date(`${at.toString({ smallestUnit: 'second' })}Z`);
}
