import { nextMeeting } from '../../src/imports/meeting-rule.js';
import { readForms } from '../../src/imports/read-form.js';
import type { Forms, CouncilContext } from '../../src/practice/council/council-context.js';
import { Organisation, type Roster } from '../../src/practice/council/organisation.js';
import { dateAt, instant } from '../../src/practice/base/time.js';
import { englandBankHolidays } from '../../src/schedule/bank-holidays.js';
import { smallCouncil } from './small-council.js';

const currentForms = readForms();
const holidays = englandBankHolidays();
const timeZone = 'Europe/London';

export interface AContext {
  /** Default: Thursday 7 April 2022, 10:00 in London. */
  readonly at?: string;
  readonly forms?: Forms;
  readonly roster?: Roster;
  readonly version?: number;
}

/** What decisions know at a time: the small council, unless another roster is given. */
export function aContext({
  at = '2022-04-07T09:00:00Z',
  forms,
  roster,
  version = 1,
}: AContext = {}): CouncilContext {
  const now = instant(at);
  return {
    organisation: new Organisation(version, roster ?? smallCouncil()),
    now,
    today: dateAt(now, timeZone),
    timeZone,
    holidays,
    forms: forms ?? currentForms,
    nextMeeting: (rule, after) => nextMeeting(rule, after, timeZone),
  };
}
