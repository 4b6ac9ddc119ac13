import { gradeInWords, grades } from '../plr/grade.js';
import type { ComplianceLine, FixedFigures, Proportion } from '../plr/fixed-figures.js';
import { counted } from './in-words.js';
import { monthInWords } from '../council/words.js';
import { shareInWords } from '../base/statistics/proportion.js';
import { trendOf, type Trend } from './trend.js';
import { month } from '../base/time.js';

export interface HeadlineSource {
  readonly fixed: FixedFigures;
  /** Of the period before; null when it has no PLRs. */
  readonly before: ComplianceLine | null;
  readonly beforeInWords: string;
  readonly smallNumber: number;
}

/** The summary: sentences drawn from the figures, each with its counts. */
export function headlines(source: HeadlineSource): string[] {
  const { fixed } = source;
  return [
    complianceHeadline(fixed),
    ...monthHeadline(source),
    ...beforeHeadline(source),
    gradeHeadline(fixed),
    ...moderationHeadline(fixed),
    ...alertHeadline(fixed),
    ...actionHeadline(fixed),
    ...coverageHeadline(fixed),
  ];
}

function totalOf(fixed: FixedFigures): ComplianceLine | undefined {
  return fixed.compliance.find((line) => line.month === 'total');
}

function complianceHeadline(fixed: FixedFigures): string {
  const total = totalOf(fixed);
  if (total === undefined || total.sent === 0) return 'No PLRs were sent.';
  const { sent, returned, returnedByService, completedByQa } = total;
  const byService = `Of the PLRs sent, services returned ${shareInWords(returnedByService, sent)}.`;
  if (completedByQa === 0) return byService;
  return (
    `${byService} The QA Service completed ${completedByQa} more itself, ` +
    `so ${shareInWords(returned, sent)} were returned in all.`
  );
}

const trendWords: Readonly<Record<Trend, string>> = {
  rose: 'That is a rise.',
  fell: 'That is a fall.',
  'no-clear-change': 'That is no clear change: the difference is within what chance alone would give.',
  'too-few-to-say': 'These are too few to say whether anything changed.',
};

/** The last month of a longer period, against the one before it. */
function monthHeadline({ fixed, smallNumber }: HeadlineSource): string[] {
  const [before, now] = fixed.compliance.filter((line) => line.month !== 'total').slice(-2);
  if (before === undefined || now === undefined) return [];
  return [
    `In ${monthInWords(month(now.month))} services returned ${shareInWords(now.returnedByService, now.sent)}, ` +
      `in ${monthInWords(month(before.month))} ${shareInWords(before.returnedByService, before.sent)}. ` +
      trendWords[trendOf(shareOf(before), shareOf(now), smallNumber)],
  ];
}

function shareOf(line: ComplianceLine): Proportion {
  return { n: line.returnedByService, of: line.sent };
}

function beforeHeadline({ fixed, before, beforeInWords, smallNumber }: HeadlineSource): string[] {
  const total = totalOf(fixed);
  if (total === undefined || before === null) return [];
  return [
    `In the period before, ${beforeInWords}, services returned ` +
      `${shareInWords(before.returnedByService, before.sent)}. ` +
      trendWords[trendOf(shareOf(before), shareOf(total), smallNumber)],
  ];
}

function gradeHeadline({ gradesAfterModeration }: FixedFigures): string {
  const all = gradesAfterModeration.total['total'] ?? 0;
  if (all === 0) return 'No returned PLR has a grade.';
  const parts = grades.map((grade) => {
    const n = gradesAfterModeration[grade]['total'] ?? 0;
    return `${gradeInWords(grade)} ${shareInWords(n, all)}`;
  });
  return `Grades of the returned PLRs: ${parts.join('; ')}.`;
}

function moderationHeadline({ moderation }: FixedFigures): string[] {
  const { drawn, completed, overdue, changed, changedUp, changedDown } = moderation;
  const late =
    `Of the PLRs drawn for moderation, ${shareInWords(overdue, drawn)} are overdue: ` +
    'neither agreed nor settled within 10 working days.';
  if (completed === 0) return overdue === 0 ? [] : [late];
  return [
    `Moderation was completed for ${counted(completed, 'PLR')} and changed the grade of ` +
      `${shareInWords(changed, completed)}: ${changedUp} up and ${changedDown} down.`,
    ...(overdue === 0 ? [] : [late]),
  ];
}

function alertHeadline({ alerts }: FixedFigures): string[] {
  if (alerts.raised === 0) return [];
  const { n, of } = alerts.acknowledgedWithin24h;
  return [
    `${counted(alerts.raised, 'alert')} ${alerts.raised === 1 ? 'was' : 'were'} raised; ` +
      `${shareInWords(n, of)} acknowledged within 24 hours, ` +
      `${counted(alerts.breaches, 'breach', 'breaches')}, ${alerts.open} still open.`,
  ];
}

function actionHeadline({ actions }: FixedFigures): string[] {
  const all = actions.open + actions.done + actions.verified + actions.cannotBeDone;
  if (all === 0) return [];
  return [
    `${counted(all, 'action')}: ${actions.open} open (${actions.overdue} overdue), ` +
      `${actions.done} done and ${actions.verified} verified.`,
  ];
}

function coverageHeadline({ coverage }: FixedFigures): string[] {
  const { reviewed, open, percent, target } = coverage;
  if (open === null || percent === null) return [];
  // Compared as counts: a share just under the target may round up to it.
  const short = Math.ceil((target * open) / 100) - reviewed;
  const against =
    short > 0
      ? `below the target of ${target}% by ${counted(short, 'case')}`
      : `the target of ${target}% is met`;
  return [`Of the cases open, ${shareInWords(reviewed, open)} were reviewed; ${against}.`];
}
