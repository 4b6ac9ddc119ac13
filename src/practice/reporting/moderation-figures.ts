import { gradePairs, type Calibration, type GradePair } from '../moderation/calibration.js';
import { isModerated, isModerationOverdue } from '../moderation/figures.js';
import { type PlrFigures, returnedOnly } from '../plr/figures.js';
import { gradeInWords, grades, isBetter, type Grade } from '../plr/grade.js';
import type { LocalDate } from '../base/time.js';
import type { GradeMatrix, KappaFigures, ModerationFigures } from '../plr/fixed-figures.js';
import { gradeAfterModeration } from './grades.js';
import { byService, type ReportNames } from './report-input.js';
import {
  countColumn,
  number,
  proportion,
  shareColumn,
  text,
  textColumn,
  type Cell,
  type Column,
  type Table,
} from '../surface/report-model.js';
import { serviceRows } from './service-rows.js';

type ModerationCounts = Omit<ModerationFigures, 'matrix' | 'kappa'>;

/** Figures of moderation among returned monthly PLRs (docs/domain.md, 4.4, 4.6, 13). */
export function moderationFigures(
  figures: readonly PlrFigures[],
  madeOn: LocalDate,
  { matrix, kappa }: Calibration,
): ModerationFigures {
  return { ...countModeration(figures, madeOn), matrix: matrixOf(matrix), kappa: kappaOf(kappa) };
}

function kappaOf(agreement: Calibration['kappa']): KappaFigures | null {
  if (agreement.is !== 'estimate') return null;
  const { low, high } = agreement.interval;
  return { kappa: agreement.value, low, high };
}

function countModeration(figures: readonly PlrFigures[], madeOn: LocalDate): ModerationCounts {
  const returned = returnedOnly(figures);
  const completed = returned.filter(isModerated);
  const changes = completed.flatMap((one) => changeOf(one) ?? []);
  const pairs = gradePairs(figures);
  return {
    returned: returned.length,
    drawn: returned.filter((one) => one.moderation !== undefined).length,
    completed: completed.length,
    overdue: returned.filter((one) => isModerationOverdue(one, madeOn)).length,
    changed: changes.length,
    changedUp: changes.filter((change) => change === 'up').length,
    changedDown: changes.filter((change) => change === 'down').length,
    exactAgreement: { n: pairs.filter((pair) => pair.original === pair.moderated).length, of: pairs.length },
  };
}

function changeOf(one: PlrFigures): 'up' | 'down' | undefined {
  const { original } = one.grades;
  const now = gradeAfterModeration(one);
  if (original === undefined || now === undefined || now === original) return undefined;
  return isBetter(now, original) ? 'up' : 'down';
}

function matrixOf(counts: Calibration['matrix']): GradeMatrix {
  const byGrade = <Value>(of: (place: number) => Value) =>
    Object.fromEntries(grades.map((grade, place) => [grade, of(place)])) as Record<Grade, Value>;
  return byGrade((manager) => byGrade((moderator) => counts[manager]?.[moderator] ?? 0));
}

const moderationColumns: readonly Column[] = [
  countColumn('returned', 'Returned', 'Returned PLRs, those completed by QA included.'),
  countColumn('drawn', 'Drawn', 'Returned PLRs drawn for moderation.'),
  countColumn('completed', 'Completed', 'Moderations agreed or settled.'),
  countColumn(
    'overdue',
    'Overdue',
    'Drawn, and neither agreed nor settled within 10 working days, when the report was made.',
  ),
  countColumn('changed', 'Grade changed', 'Completed moderations that changed the grade.'),
  countColumn('changedUp', 'Changed up', 'Of these, to a better grade.'),
  countColumn('changedDown', 'Changed down', 'Of these, to a lower grade.'),
  shareColumn(
    'exactAgreement',
    'Same grade',
    'Moderators who gave the manager’s grade before seeing it. Base: PLRs graded by both.',
  ),
];

export function moderationTables(
  figures: readonly PlrFigures[],
  madeOn: LocalDate,
  names: ReportNames,
): Table[] {
  return [summaryTable(figures, madeOn, names), matrixTable(figures)];
}

function cellsOf(figures: readonly PlrFigures[], madeOn: LocalDate): Record<string, Cell> {
  const { exactAgreement, ...counts } = countModeration(figures, madeOn);
  const cells = Object.entries(counts).map(([key, value]): [string, Cell] => [key, number(value)]);
  return { ...Object.fromEntries(cells), exactAgreement: proportion(exactAgreement.n, exactAgreement.of) };
}

function summaryTable(figures: readonly PlrFigures[], madeOn: LocalDate, names: ReportNames): Table {
  return {
    id: 'moderation-by-service',
    title: 'Moderation by service',
    basis: 'Monthly PLRs. Same grade compares the moderator’s blind grade with the manager’s.',
    columns: [
      textColumn('service', 'Service', 'The service whose practice was reviewed.'),
      ...moderationColumns,
    ],
    ...serviceRows(byService(returnedOnly(figures), names), figures, (of) => cellsOf(of, madeOn)),
    rules: [{ sum: 'changed', terms: ['changedUp', 'changedDown'] }],
  };
}

function matrixTable(figures: readonly PlrFigures[]): Table {
  const pairs = gradePairs(figures);
  const row = (id: string, label: string, of: readonly GradePair[]) => ({
    id,
    cells: {
      manager: text(label),
      ...Object.fromEntries(
        grades.map((grade): [string, Cell] => [
          grade,
          number(of.filter((pair) => pair.moderated === grade).length),
        ]),
      ),
      all: number(of.length),
    },
  });
  return {
    id: 'moderation-matrix',
    title: 'The manager’s grade against the moderator’s',
    basis: 'Counts of PLRs graded by both. The moderator grades before seeing the manager’s grade.',
    columns: [
      textColumn('manager', 'Manager’s grade', 'The grade first given.'),
      ...grades.map((grade) => {
        const name = gradeInWords(grade);
        return countColumn(grade, `Moderator: ${name}`, `PLRs the moderator graded ${name}.`);
      }),
      countColumn('all', 'Total', 'PLRs graded by both.'),
    ],
    rows: grades.map((grade) =>
      row(
        grade,
        gradeInWords(grade),
        pairs.filter((pair) => pair.original === grade),
      ),
    ),
    total: row('total', 'Total', pairs),
    rules: [{ sum: 'all', terms: grades }],
  };
}
