import { type PlrFigures, returnedOnly } from '../plr/figures.js';
import { gradeInWords, grades, type Grade } from '../plr/grade.js';
import type { Month } from '../base/time.js';
import type { GradeFigures } from '../plr/fixed-figures.js';
import { monthInWords } from '../council/words.js';
import { percent } from '../base/statistics/proportion.js';
import { byService, inMonth, type ReportNames } from './report-input.js';
import {
  countColumn,
  number,
  proportion,
  shareColumn,
  text,
  textColumn,
  type Cell,
  type Column,
  type ReportRow,
  type Table,
} from '../surface/report-model.js';
import { serviceRows } from './service-rows.js';

export type GradeOf = (one: PlrFigures) => Grade | undefined;

/** The manager's own grade. Both grades stay for ever (docs/domain.md, 4.4). */
export const originalGrade: GradeOf = (one) => one.grades.original;

/**
 * The grade that stands after moderation: the settled one, or the moderator's once agreed. Until the two
 * have talked (graded, disputed) the manager's own stands; without one there is nothing to moderate.
 */
export const gradeAfterModeration: GradeOf = ({ grades: { original, moderated, settled }, moderation }) => {
  if (original === undefined) return undefined;
  return settled ?? (moderation === 'agreed' ? moderated : undefined) ?? original;
};

export interface GradeSource {
  /** Monthly PLRs; only returned ones are counted. */
  readonly figures: readonly PlrFigures[];
  readonly months: readonly Month[];
  readonly names: ReportNames;
}

function gradesOf(figures: readonly PlrFigures[], gradeOf: GradeOf): Grade[] {
  return returnedOnly(figures).flatMap((one) => gradeOf(one) ?? []);
}

function countOf(grade: Grade, given: readonly Grade[]): number {
  return given.filter((one) => one === grade).length;
}

export function gradeFigures({ figures, months }: GradeSource, gradeOf: GradeOf): GradeFigures {
  const all = gradesOf(figures, gradeOf);
  const byMonth = months.map((month) => [month, gradesOf(inMonth(figures, month), gradeOf)] as const);
  const line = (count: (given: readonly Grade[]) => number) => ({
    ...Object.fromEntries(byMonth.map(([month, given]) => [month, count(given)])),
    total: count(all),
    percent: percent(count(all), all.length),
  });
  return {
    outstanding: line((given) => countOf('outstanding', given)),
    good: line((given) => countOf('good', given)),
    requires_improvement: line((given) => countOf('requires_improvement', given)),
    inadequate: line((given) => countOf('inadequate', given)),
    total: line((given) => given.length),
  };
}

export function originalGradeTable(source: GradeSource): Table {
  return gradeTable(source, originalGrade, {
    id: 'grades-original',
    title: 'Grades as first given',
    basis: 'The manager’s own grade. Base: returned PLRs with a grade, those completed by QA included.',
  });
}

export function moderatedGradeTable(source: GradeSource): Table {
  return gradeTable(source, gradeAfterModeration, {
    id: 'grades-after-moderation',
    title: 'Grades after moderation',
    basis:
      'The grade that stands once moderation is agreed or settled, otherwise the grade first given. ' +
      'Base: returned PLRs with a grade, those completed by QA included.',
  });
}

function gradeTable(
  source: GradeSource,
  gradeOf: GradeOf,
  about: Pick<Table, 'id' | 'title' | 'basis'>,
): Table {
  const all = gradesOf(source.figures, gradeOf);
  const perMonth = source.months.map(
    (month) => [month, gradesOf(inMonth(source.figures, month), gradeOf)] as const,
  );
  const row = (id: string, label: string, count: (given: readonly Grade[]) => number): ReportRow => ({
    id,
    cells: {
      grade: text(label),
      ...Object.fromEntries(perMonth.map(([month, given]): [string, Cell] => [month, number(count(given))])),
      all: number(count(all)),
      share: proportion(count(all), all.length),
    },
  });
  return {
    ...about,
    family: 'grades',
    columns: gradeColumns(source.months),
    rows: grades.map((grade) => row(grade, gradeInWords(grade), (given) => countOf(grade, given))),
    total: row('total', 'Total', (given) => given.length),
    rules: [
      { sum: 'all', terms: source.months },
      { sum: 'share.n', terms: ['all'] },
    ],
  };
}

function gradeColumns(months: readonly Month[]): Column[] {
  return [
    textColumn('grade', 'Grade', 'One of the four grades, best first.'),
    ...months.map((month) => {
      const name = monthInWords(month);
      return countColumn(month, name, `Returned PLRs of ${name} with this grade.`);
    }),
    countColumn('all', 'Total', 'Returned PLRs of the whole period with this grade.'),
    shareColumn('share', '%', 'Total. Base: all returned PLRs with a grade.', 'n'),
  ];
}

export function serviceGradeTable({ figures, names }: GradeSource): Table {
  const cellsOf = (those: readonly PlrFigures[]): Record<string, Cell> => {
    const given = gradesOf(those, gradeAfterModeration);
    return {
      ...Object.fromEntries(grades.map((grade): [string, Cell] => [grade, number(countOf(grade, given))])),
      all: number(given.length),
      goodOrBetter: proportion(countOf('outstanding', given) + countOf('good', given), given.length),
    };
  };
  return {
    id: 'grades-by-service',
    title: 'Grades after moderation, by service',
    basis: 'Base: returned PLRs with a grade, those completed by QA included.',
    family: 'grades',
    columns: [
      textColumn('service', 'Service', 'The service whose practice was reviewed.'),
      ...grades.map((grade) => {
        const name = gradeInWords(grade);
        return countColumn(grade, name, `Returned PLRs that stand at ${name} after moderation.`);
      }),
      countColumn('all', 'Total', 'Returned PLRs with a grade.'),
      shareColumn(
        'goodOrBetter',
        '% good or better',
        'Outstanding and good. Base: returned PLRs with a grade.',
      ),
    ],
    ...serviceRows(byService(returnedOnly(figures), names), figures, cellsOf),
    rules: [
      { sum: 'all', terms: grades },
      { sum: 'goodOrBetter.n', terms: ['outstanding', 'good'] },
      { sum: 'goodOrBetter.of', terms: ['all'] },
    ],
  };
}
