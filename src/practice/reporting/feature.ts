import { mayIn, wholeCouncil } from '../council/access.js';
import { monthlyCycleId } from '../plr/cycle.js';
import { cycleKey, cycleKind, isCounted } from '../plr/cycle-record.js';
import { addNote } from '../cycles/messages.js';
import { isRefusal } from '../base/errors.js';
import {
  verbsOf,
  type Command,
  type Feature,
  type Job,
  type Presenter,
  type Tick,
} from '../surface/feature.js';
import { noticeCard } from '../surface/help.js';
import type { Documents } from '../plr/ports.js';
import { addDuration, monthOf, shiftMonth, type Instant, type Month } from '../base/time.js';
import { openReport } from './decide-opening.js';
import { ourService, showService } from './handlers-surgery.js';
import { monthlyPeriod, quarterIdOf, quarterlyPeriod, type Period } from '../plr/period.js';
import { periodSaid } from '../plr/period-said.js';
import { publishedCard, reportCard } from './cards.js';
import { reportVerbs, showReport } from './handlers.js';
import { reportFiles } from './report-files.js';
import { announced, isAnnounced, reportKey, signedReportKind, type SignedReport } from './signed-report.js';

const boardsReport: Command = {
  words: ['report', 'board report'],
  does: 'the Board’s report of a month or quarter: "report March", "report Q4 2021/22"',
  for: (actor, council) => mayIn(actor, 'work on board report', wholeCouncil, council),
  answer: async (turn, said) => {
    const named = said.replace(/^(board )?report( for| of)?/, '').trim();
    const period = periodSaid(named, turn.council.today);
    return period === undefined
      ? noticeCard('Which report?', 'Say "report March", "report March 2022" or "report Q4 2021/22".')
      : showReport(period, turn);
  },
};

/** When a month is counted, and with it perhaps its quarter, the QA leads get the draft (docs/domain.md, 5.3). */
const draftAtClose: Job = {
  name: 'draft the report of a counted month',
  run: async (tick) => {
    for (const back of [-2, -1, 0]) await draftReportsOf(shiftMonth(monthOf(tick.council.today), back), tick);
  },
};

async function draftReportsOf(month: Month, tick: Tick): Promise<void> {
  const { documents } = tick;
  const cycle = await documents.read(cycleKind, cycleKey(monthlyCycleId(month)));
  if (!isCounted(cycle)) return;
  for (const period of periodsEndingWith(month)) {
    const key = reportKey(period.id, 1);
    const known = await documents.read(signedReportKind, key);
    if ((known !== undefined && isAnnounced(known)) || isTooSoon(period, tick)) continue;
    const draft = await openReport(period, tick, tick.council, 'system');
    if (isRefusal(draft)) await tellOfContradiction(period, draft.say, tick, month);
    else await documents.change(signedReportKind, key, 'system', (now) => announced(now, tick.council));
  }
}

/**
 * When a period whose figures contradict each other is next counted again. That reads all of it, and a tick
 * comes every half minute.
 */
const countedAgain = new WeakMap<Documents, Map<string, Instant>>();
const waitAfterContradiction = 'PT1H';

function isTooSoon({ id }: Period, { documents, council }: Tick): boolean {
  const at = countedAgain.get(documents)?.get(id);
  return at !== undefined && council.now < at;
}

/** Told once. The report is made by itself once the record is put right. */
async function tellOfContradiction(period: Period, say: string, { documents, council }: Tick, month: Month) {
  const waiting = countedAgain.get(documents) ?? new Map<string, Instant>();
  countedAgain.set(documents, waiting.set(period.id, addDuration(council.now, waitAfterContradiction)));
  const key = `report-${period.id}`;
  const note = {
    key,
    title: `The report of ${period.inWords} was not made`,
    lines: [{ key, sentence: say }],
  };
  await documents.change(cycleKind, cycleKey(monthlyCycleId(month)), 'system', (cycle) =>
    addNote(cycle, note, council),
  );
}

function periodsEndingWith(month: Month): Period[] {
  const quarter = quarterlyPeriod(quarterIdOf(month));
  return quarter.months.at(-1) === month ? [monthlyPeriod(month), quarter] : [monthlyPeriod(month)];
}

const draftPresenter: Presenter<SignedReport> = {
  kind: signedReportKind,
  present: (signed, _message, council) =>
    signed.state === 'draft' ? reportCard(signed, council) : { superseded: 'it is published' },
};

const publishedPresenter: Presenter<SignedReport> = {
  kind: signedReportKind,
  present: (signed) =>
    signed.state === 'published' ? publishedCard(signed) : { superseded: 'it is not published' },
};

/** The Board's reports, signed off by the QA lead (docs/domain.md, 5.3, 9, 13, 14). */
export const reportFeature: Feature = {
  verbs: verbsOf(reportVerbs, { 'report.service': showService }),
  lists: ['report', 'our service', 'report.show', 'report.service'],
  commands: [boardsReport, ourService],
  presenters: { 'report-draft': draftPresenter, 'report-published': publishedPresenter },
  kinds: [signedReportKind],
  jobs: [draftAtClose],
  files: reportFiles,
};
