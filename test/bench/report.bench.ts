import { readReportInput } from '../../src/practice/reporting/read-report-input.js';
import { boardReport } from '../../src/practice/reporting/board-report.js';
import { keepHistory, planHistory } from '../../src/practice/reporting/keep-history.js';
import { quarterlyPeriod } from '../../src/practice/reporting/period.js';
import { isRefusal } from '../../src/practice/errors.js';
import { reportJson } from '../../src/documents/report-json.js';
import type { Foundation } from '../../src/app.js';
import type { CycleId, PlrRef, ServiceId } from '../../src/practice/ids.js';
import type { PlrFigures } from '../../src/practice/reviews/figures.js';
import { grades } from '../../src/practice/reviews/grade.js';
import { lastDayOf, localDate, month, shiftMonth } from '../../src/practice/time.js';
import { figures } from '../builders/figures.js';
import { aFoundation } from '../builders/foundation.js';
import { freshNames, stopSharedAzurite } from '../stand-ins/azurite.js';
import { median, rounded, type BenchResult } from './bench.js';

const quarter = quarterlyPeriod('2021-22-Q4');
const lastMonth = month('2022-03');
const plrsAMonth = 1_000;
const madeOn = localDate('2022-06-07');
const warmUps = 5;
const rounds = 25;

/** A quarter's report with five years of history behind it (60,000 PLRs), and with that quarter alone. */
export async function benchReport(): Promise<BenchResult[]> {
  try {
    const began = performance.now();
    const fiveYears = await storeWith(60);
    const importMs = performance.now() - began;
    const oneQuarter = await storeWith(3);
    const found = { fiveYears: [] as number[], oneQuarter: [] as number[] };
    for (let round = 0; round < warmUps + rounds; round += 1) {
      // In turns, and each first as often: what else the machine does falls on both.
      const turns = [
        { store: fiveYears, into: found.fiveYears },
        { store: oneQuarter, into: found.oneQuarter },
      ];
      for (const { store, into } of round % 2 === 0 ? turns : turns.reverse()) {
        const ms = await timeReport(store);
        if (round >= warmUps) into.push(ms);
      }
    }
    const [long, short] = [median(found.fiveYears), median(found.oneQuarter)];
    return [
      {
        name: 'report: a quarter with 60,000 PLRs of history ÷ with that quarter alone',
        ratio: rounded(long / short),
        target: 1.1,
        good: 'at most',
        details: {
          fiveYears: rounded(long, 1),
          oneQuarter: rounded(short, 1),
          unit: 'ms',
          'import of 60,000': rounded(importMs, 0),
        },
      },
    ];
  } finally {
    await stopSharedAzurite();
  }
}

/**
 * The period before belongs to the report too (what a change is measured against), so both stores have it:
 * what is compared is the length of the history and nothing else.
 */
async function storeWith(months: number): Promise<Foundation> {
  const foundation = await aFoundation(freshNames());
  const { services, registry } = foundation;
  const withPeriodBefore = Math.max(months, 6);
  const all = Array.from({ length: withPeriodBefore }, (_, back) => pastMonth(-back)).flat();
  const plan = await planHistory(all, services);
  for (const { cycleId } of plan.cycles) await registry.enlist(cycleId);
  await keepHistory(plan, services);
  return foundation;
}

function pastMonth(back: number): PlrFigures[] {
  const of = shiftMonth(lastMonth, back);
  const dueOn = lastDayOf(of);
  return Array.from({ length: plrsAMonth }, (_, at) => {
    const grade = grades[at % grades.length] ?? 'good';
    const ref = `H-${of}-${String(at).padStart(5, '0')}` as PlrRef;
    return figures()
      .with({ ref, cycleId: of as string as CycleId, source: 'history', dueOn, sentOn: dueOn })
      .with({ serviceId: `service-${at % 6}` as ServiceId })
      .with(
        at % 3 === 0
          ? { standing: { is: 'assigned' } }
          : {
              standing: { is: 'returned', on: dueOn, completedBy: 'service', late: false },
              grades: { original: grade },
            },
      )
      .build();
  });
}

/** From storage to the finished JSON, as `plr report` and the QA lead's card make it. */
async function timeReport({ services, registry }: Foundation): Promise<number> {
  registry.forget();
  const began = performance.now();
  const report = boardReport(quarter, await readReportInput(quarter, services, madeOn));
  if (isRefusal(report)) throw new Error(report.say);
  reportJson(report);
  return performance.now() - began;
}
