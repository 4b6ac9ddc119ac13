import type { PlrRef } from '../base/ids.js';
import { chosenKinds, isChosen } from '../plr/cycle-kind.js';
import { type PlrFigures, returnedOnly } from '../plr/figures.js';
import { gradeInWords, grades } from '../plr/grade.js';
import { compareText } from '../base/text-order.js';
import { capital } from '../council/words.js';
import { countCompliance } from '../plr/compliance.js';
import { gradeAfterModeration } from './grades.js';
import { countColumn, number, text, textColumn, type Cell, type Table } from '../surface/report-model.js';

/** Practice Weeks and thematic reviews, one on each row (docs/domain.md, 4.10, 4.11, 12). */
export function programmeTable(figures: readonly PlrFigures[], undeliverable: ReadonlySet<PlrRef>): Table {
  const own = figures.filter((one) => isChosen(one.kind));
  const cycles = [...new Set(own.map((one) => one.cycleId))].sort(compareText);
  const rows = cycles.map((cycle) => {
    const of = own.filter((one) => one.cycleId === cycle);
    const kind = capital(
      of.flatMap((one) => (isChosen(one.kind) ? [chosenKinds[one.kind].inWords] : []))[0] ?? '',
    );
    return { id: cycle, cells: { cycle: text(cycle), kind: text(kind), ...cellsOf(of, undeliverable) } };
  });
  return {
    id: 'programme',
    title: 'Practice Weeks and thematic reviews',
    basis: 'Cycles of their own kind, never part of the monthly figures. Grades are those after moderation.',
    columns: [
      textColumn('cycle', 'Cycle', 'The cycle’s name.'),
      textColumn('kind', 'Kind', 'A Practice Week or a thematic review.'),
      countColumn('sent', 'Sent', 'PLRs issued, less those exempt.'),
      countColumn('returned', 'Returned', 'PLRs submitted in full.'),
      ...grades.map((grade) => {
        const name = gradeInWords(grade);
        return countColumn(grade, name, `Returned PLRs that stand at ${name}.`);
      }),
    ],
    rows,
    total: { id: 'total', cells: { cycle: text('Total'), kind: text(''), ...cellsOf(own, undeliverable) } },
    rules: [],
  };
}

function cellsOf(figures: readonly PlrFigures[], undeliverable: ReadonlySet<PlrRef>): Record<string, Cell> {
  const { sent, returned } = countCompliance(figures, undeliverable);
  const given = returnedOnly(figures).map(gradeAfterModeration);
  return {
    ...{ sent: number(sent), returned: number(returned) },
    ...Object.fromEntries(
      grades.map((grade): [string, Cell] => [grade, number(given.filter((one) => one === grade).length)]),
    ),
  };
}
