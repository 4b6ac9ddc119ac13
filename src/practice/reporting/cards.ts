import type { CardContent } from '../surface/feature.js';
import type { CouncilContext } from '../council/council-context.js';
import { toEmpty } from '../forms/inputs.js';
import { dateAt, monthOf } from '../base/time.js';
import { dateInWords, personName } from '../council/words.js';
import { labelOf } from './report-charts.js';
import { filesOfReport, filesOfService } from './report-files.js';
import { percent } from '../base/statistics/proportion.js';
import { shareInCell } from './in-words.js';
import { tablesOf, type Report, type ReportRow } from '../surface/report-model.js';
import type { SignedReport } from './signed-report.js';

const sentencesAtMost = 10;

/** The report as the QA lead sees it: headlines, two charts with tables behind them, and what can be done. */
export function reportCard(signed: SignedReport, council: CouncilContext, notice = ''): CardContent {
  const { period, version, report, comment, changes } = signed;
  return {
    template: 'report/report',
    summary: 'The Board’s report',
    data: {
      ...cardOf(report),
      period: period.id,
      version,
      standing: standingOf(signed, council),
      hasNotice: notice !== '',
      notice,
      isCorrection: changes.length > 0,
      changesTitle: `What changed since version ${version - 1}`,
      changes: shortened(changes),
      hasComment: comment !== '',
      comment,
      isDraft: signed.state === 'draft',
      isPublished: signed.state === 'published',
      others: [],
      files: filesOfReport(signed),
    },
  };
}

/** The page of one service, for its manager: figures, with nothing to decide. */
export function surgeryCard(
  report: Report,
  serviceId: string,
  others: readonly { readonly id: string; readonly name: string }[],
): CardContent {
  const { period } = report;
  return {
    template: 'report/report',
    summary: 'The figures of your service',
    data: {
      ...cardOf(report),
      period: period.id,
      version: 0,
      standing: 'As the record stands today, for your Performance Surgery.',
      hasNotice: false,
      notice: '',
      isCorrection: false,
      changesTitle: '',
      changes: [],
      hasComment: false,
      comment: '',
      isDraft: false,
      isPublished: false,
      others: others.map(({ id, name }) => ({ service: id, label: `Show ${name}` })),
      files: filesOfService(period, serviceId),
    },
  };
}

function standingOf(signed: SignedReport, council: CouncilContext): string {
  switch (signed.state) {
    case 'draft':
      return `Draft of version ${signed.version}: not signed off.`;
    case 'published': {
      const on = dateInWords(dateAt(signed.publishedAt, council.timeZone));
      return `Version ${signed.version}, published on ${on} by ${personName(signed.publishedBy, council)}. It does not change any more.`;
    }
  }
}

function cardOf(report: Report) {
  const notes = report.notes.filter(({ level }) => level === 'check').map(({ say }) => say);
  const charts = [complianceBars(report), gradeBars(report)].filter(({ bars }) => bars.length > 0);
  return {
    title: `${report.title}: ${report.scope}`,
    headlines: report.headlines.map((sentence) => ({ sentence })),
    hasNotes: notes.length > 0,
    notes: shortened(notes),
    charts,
  };
}

function shortened(sentences: readonly string[]) {
  const more = sentences.length - sentencesAtMost;
  const shown = sentences.slice(0, sentencesAtMost);
  return [...shown, ...(more > 0 ? [`And ${more} more, in the document.`] : [])].map((sentence) => ({
    sentence,
  }));
}

/**
 * By service; for one service alone by month, which is what its report has. A chart of horizontal bars has no
 * axis that can be fixed and is scaled to its longest bar. `whole` is that bar, so that 13% looks like 13%.
 */
function complianceBars(report: Report) {
  const tables = tablesOf(report);
  const byService = tables.find(({ id }) => id === 'compliance-by-service');
  const byMonth = tables.find(({ id }) => id === 'compliance-by-month');
  const table = (byService?.rows.length ?? 0) > 1 ? byService : byMonth;
  return {
    title: `Returned by service, % of PLRs sent`,
    of: table === byService ? 'Service' : 'Month',
    column: 'Returned',
    whole: { label: 'All PLRs sent (100%)', value: 100 },
    bars: (table?.rows ?? []).flatMap((row) => {
      const cell = row.cells['percentReturnedByService'];
      if (cell?.is !== 'proportion') return [];
      const shown = shareInCell(cell.n, cell.of);
      return [barOf(row, percent(cell.n, cell.of) ?? 0, `${labelOf(row)}: ${cell.n} of ${cell.of}`, shown)];
    }),
  };
}

function gradeBars(report: Report) {
  const tables = tablesOf(report);
  const table =
    tables.find(({ id }) => id === 'grades-after-moderation') ??
    tables.find(({ id }) => id === 'grades-original');
  const shares = (table?.rows ?? []).flatMap((row) => {
    const cell = row.cells['share'];
    return cell?.is === 'proportion' && cell.of > 0 ? [{ row, cell }] : [];
  });
  return {
    title: table?.title ?? 'Grades',
    of: 'Grade',
    column: 'PLRs',
    whole: { label: 'All graded PLRs', value: shares[0]?.cell.of ?? 0 },
    bars: shares.map(({ row, cell: { n, of } }) =>
      barOf(row, n, `${labelOf(row)}: ${n} of ${of}`, shareInCell(n, of)),
    ),
  };
}

function barOf(row: ReportRow, value: number, label: string, shown: string) {
  return { name: labelOf(row), value, label, shown };
}

export interface CommentTyped {
  readonly comment: string;
  readonly mistake: string;
  /** The identifier firewall found something that may identify nobody. */
  readonly mayKeep?: boolean;
}

/** @param typed what was typed into the field in place of the stored comment, and what is wrong with it. */
export function commentCard(
  signed: SignedReport,
  typed: CommentTyped = { comment: signed.comment, mistake: '' },
): CardContent {
  const { period, version, comment } = signed;
  return {
    template: 'report/comment',
    summary: 'Your comment on the report',
    data: {
      period: period.id,
      version,
      seen: comment,
      title: `Your comment: ${period.inWords}`,
      mayKeep: false,
      ...typed,
      corrects: signed.state === 'published',
      whenEmpty: comment === '' ? '' : toEmpty,
      differs: comment !== '' && comment !== typed.comment,
    },
  };
}

export function publishCard(
  signed: SignedReport & { readonly state: 'draft' },
  council: CouncilContext,
): CardContent {
  const { period, version, revision, comment } = signed;
  return {
    template: 'report/publish',
    summary: 'Sign off the report',
    data: {
      period: period.id,
      version,
      revision,
      title: `Sign off version ${version}: ${period.inWords}?`,
      text:
        (isOver(period, council) ? '' : `${period.inWords} is not over yet: more may come in. `) +
        'Published, it never changes. A later correction becomes a version of its own, which says what changed. ' +
        (comment === '' ? 'It has no comment of yours. ' : 'Your comment goes with it. ') +
        (council.boardChannel === undefined
          ? 'This council has named no channel for its Board, so nothing is posted: send the document yourself.'
          : 'The Board’s channel is told.'),
    },
  };
}

function isOver({ months }: SignedReport['period'], { today }: CouncilContext): boolean {
  return months.every((month) => month < monthOf(today));
}

/** For the Board's channel: says that there is a report, without any figure. */
export function publishedCard({ period, version }: SignedReport): CardContent {
  const replaces = version === 1 ? '' : ` It replaces version ${version - 1} and says what changed.`;
  return {
    template: 'home/notice',
    summary: 'The Board’s report is published',
    fixedWords: true,
    data: {
      title: `The Board’s report is published: ${period.inWords}`,
      text: `Version ${version} is signed off.${replaces} The Quality Assurance Service has the document.`,
      wrote: '',
    },
  };
}
