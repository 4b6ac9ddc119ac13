import type { House } from '../../src/practice/house.js';
import { Organisation, type Roster } from '../../src/practice/organisation/organisation.js';
import { dateAt, instant } from '../../src/practice/time.js';
import { englandBankHolidays } from '../../src/schedule/bank-holidays.js';
import { nextMeeting } from '../../src/imports/meeting-rule.js';
import { readForms } from '../../src/imports/read-form.js';
import { smallCouncil } from './small-council.js';

const forms = readForms();
const holidays = englandBankHolidays();

/** What decisions know on a day, with the small council unless another is given. */
export function smallHouse(at = '2022-04-01T08:00:00Z', roster: Roster = smallCouncil(), version = 1): House {
  const now = instant(at);
  const timeZone = 'Europe/London';
  return {
    organisation: new Organisation(version, roster),
    now,
    today: dateAt(now, timeZone),
    timeZone,
    holidays,
    forms,
    nextMeeting: (rule, after) => nextMeeting(rule, after, timeZone),
  };
}
