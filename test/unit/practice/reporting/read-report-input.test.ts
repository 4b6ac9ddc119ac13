import assert from 'node:assert/strict';
import type { Services } from '../../../../src/practice/plr/ports.js';
import { monthlyPeriod, quarterlyPeriod, type Period } from '../../../../src/practice/plr/period.js';
import {
  readReportInput,
  type ReportServices,
} from '../../../../src/practice/reporting/read-report-input.js';
import { localDate, month, shiftMonth } from '../../../../src/practice/base/time.js';

/** Five years, month by month, and what is asked of them. */
function fiveYears() {
  const asked = new Set<string>();
  const nothing = (partition: string) => Promise.resolve((asked.add(partition), []));
  const documents: Partial<Services['documents']> = {
    listFigures: (_kind, partition) => nothing(partition),
    read: () => Promise.resolve(undefined),
  };
  const all = Array.from({ length: 60 }, (_, back) => shiftMonth(month('2022-03'), -back) as string);
  const services = {
    documents,
    history: { read: nothing },
    ledger: { lines: nothing },
    partitions: { all: () => Promise.resolve(all) },
  };
  return { services: services as unknown as ReportServices, asked };
}

async function monthsReadFor(period: Period) {
  const { services, asked } = fiveYears();
  await readReportInput(period, services, localDate('2022-04-05'));
  return [...asked].sort();
}

describe('what is read for a report, with five years of record', () => {
  it('is the quarter and the quarter before', async () => {
    assert.deepEqual(await monthsReadFor(quarterlyPeriod('2021-22-Q4')), [
      ...['2021-10', '2021-11', '2021-12'],
      ...['2022-01', '2022-02', '2022-03'],
    ]);
  });

  it('is the month and the month before', async () => {
    assert.deepEqual(await monthsReadFor(monthlyPeriod(month('2022-03'))), ['2022-02', '2022-03']);
  });
});
