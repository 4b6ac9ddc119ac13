import { mayIn, wholeCouncil } from '../access.js';
import { monthlyCycleId } from '../cycles/cycle.js';
import { cycleKey, cycleKind } from '../cycles/cycle-record.js';
import { addNote } from '../cycles/cycle-notes.js';
import { isRefusal } from '../errors.js';
import type { Command, Feature, Job, Presenter, Tick } from '../feature.js';
import { noticeCard } from '../help.js';
import { monthOf, shiftMonth, type Month } from '../time.js';
import { reportNow } from './open-report.js';
import { ourService, showService } from './performance-surgery.js';
import { monthlyPeriod, quarterIdOf, quarterlyPeriod, type Period } from './period.js';
import { periodSaid } from './period-said.js';
import { publishedCard, reportCard } from './report-cards.js';
import { reportVerbs, showReport } from './report-desk.js';
import { reportFiles } from './report-files.js';
import { draftMessages, newDraft, reportKey, signedReportKind, type SignedReport } from './signed-report.js';

const boardsReport: Command = {
  words: ['report', 'board report'],
  does: 'the Board’s report of a month or quarter: "report March", "report Q4 2021/22"',
  for: (actor, house) => mayIn(actor, 'work on board report', wholeCouncil, house),
  answer: async (turn, said) => {
    const named = said.replace(/^(board )?report( for| of)?/, '').trim();
    const period = periodSaid(named, turn.house.today);
    return period === undefined
      ? noticeCard('Which report?', 'Say "report March", "report March 2022" or "report Q4 2021/22".')
      : showReport(period, turn);
  },
};

/** When a month closes, and with it perhaps its quarter, the QA leads get the draft (5.3). */
const draftAtClose: Job = {
  name: 'draft the report of a closed month',
  run: async (tick) => {
    for (const back of [-2, -1, 0]) await draftReportsOf(shiftMonth(monthOf(tick.house.today), back), tick);
  },
};

async function draftReportsOf(month: Month, tick: Tick): Promise<void> {
  const { documents } = tick;
  const cycle = await documents.read(cycleKind, cycleKey(monthlyCycleId(month)));
  if (cycle?.state !== 'closed') return;
  for (const period of periodsEndingWith(month)) {
    const key = reportKey(period.id, 1);
    if ((await documents.read(signedReportKind, key)) !== undefined) continue;
    const report = await reportNow(period, tick, tick.house);
    if (isRefusal(report)) {
      await tellOfContradiction(period, report.say, tick, month);
      continue;
    }
    const state = newDraft(report);
    const messages = draftMessages(state, tick.house);
    await documents.create(signedReportKind, key, { state, did: 'drafted the report', messages }, 'system');
  }
}

/** Told once; the report is tried again at every tick, and comes when the record is mended. */
async function tellOfContradiction(period: Period, say: string, { documents, house }: Tick, month: Month) {
  const key = `report-${period.id}`;
  const note = {
    key,
    title: `The report of ${period.inWords} was not made`,
    lines: [{ key, sentence: say }],
  };
  await documents.change(cycleKind, cycleKey(monthlyCycleId(month)), 'system', (cycle) =>
    addNote(cycle, note, house),
  );
}

function periodsEndingWith(month: Month): Period[] {
  const quarter = quarterlyPeriod(quarterIdOf(month));
  return quarter.months.at(-1) === month ? [monthlyPeriod(month), quarter] : [monthlyPeriod(month)];
}

const draftPresenter: Presenter<SignedReport> = {
  kind: signedReportKind,
  present: (signed, _message, house) =>
    signed.state === 'draft' ? reportCard(signed, house) : { superseded: 'it is published' },
};

const publishedPresenter: Presenter<SignedReport> = {
  kind: signedReportKind,
  present: (signed) =>
    signed.state === 'published' ? publishedCard(signed) : { superseded: 'it is not published' },
};

/** 5.3, 9, 13, 14: the Board's reports, signed off by the QA lead. */
export const reportFeature: Feature = {
  verbs: { ...reportVerbs, 'report.service': showService },
  commands: [boardsReport, ourService],
  presenters: { 'report-draft': draftPresenter, 'report-published': publishedPresenter },
  kinds: [signedReportKind],
  jobs: [draftAtClose],
  files: reportFiles,
};
