import { readForms } from '../../src/imports/read-form.js';
import type { Forms, House } from '../../src/practice/house.js';
import { Organisation } from '../../src/practice/organisation/organisation.js';
import { dateAt, instant } from '../../src/practice/time.js';
import { englandBankHolidays } from '../../src/schedule/bank-holidays.js';
import { smallCouncil } from './small-council.js';

const holidays = englandBankHolidays();
const timeZone = 'Europe/London';

/** The small council as it is at a time. Default: Thursday 7 April 2022, 10:00 in London. */
export function aHouse({ at = '2022-04-07T09:00:00Z', forms = readForms() }: AHouse = {}): House {
  const now = instant(at);
  return {
    organisation: new Organisation(1, smallCouncil()),
    now,
    today: dateAt(now, timeZone),
    timeZone,
    holidays,
    forms,
  };
}

export interface AHouse {
  readonly at?: string;
  readonly forms?: Forms;
}
