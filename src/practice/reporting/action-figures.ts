import type { PlrFigures } from '../plr/figures.js';
import type { LocalDate } from '../base/time.js';
import type { ActionFigures } from '../plr/fixed-figures.js';
import { byService, type ReportNames } from './report-input.js';
import {
  countColumn,
  number,
  textColumn,
  type Cell,
  type Column,
  type Table,
} from '../surface/report-model.js';
import { serviceRows } from './service-rows.js';

/** Actions of the period's PLRs, as they stand on the day of the report (docs/domain.md, 4.7, 4.8). */
export function actionFigures(figures: readonly PlrFigures[], on: LocalDate): ActionFigures {
  const actions = figures.flatMap((one) => one.actions);
  const open = actions.filter(({ state }) => state === 'to-do' || state === 'in-progress');
  const count = (state: (typeof actions)[number]['state']) =>
    actions.filter((one) => one.state === state).length;
  return {
    open: open.length,
    overdue: open.filter(({ dueOn }) => dueOn < on).length,
    done: count('done'),
    verified: count('verified'),
    cannotBeDone: count('cannot-be-done'),
  };
}

const columns: readonly Column[] = [
  countColumn('agreed', 'Agreed', 'All actions of the period’s PLRs.'),
  countColumn('open', 'Open', 'To do or in progress on the day of the report.'),
  countColumn('overdue', 'Of these, overdue', 'Open after their due date.'),
  countColumn('done', 'Done', 'Done, waiting for the QA Service to verify.'),
  countColumn('verified', 'Verified', 'Done, and verified by the QA Service.'),
  countColumn('cannotBeDone', 'Cannot be done', 'Closed with the reason why they cannot be done.'),
];

function cellsOf(figures: readonly PlrFigures[], on: LocalDate): Record<string, Cell> {
  const counts = { agreed: figures.flatMap((one) => one.actions).length, ...actionFigures(figures, on) };
  return Object.fromEntries(Object.entries(counts).map(([key, value]) => [key, number(value)]));
}

export function actionTable(figures: readonly PlrFigures[], on: LocalDate, names: ReportNames): Table {
  const withActions = figures.filter((one) => one.actions.length > 0);
  return {
    id: 'actions-by-service',
    title: 'Actions by service',
    basis: 'Actions of every PLR of the period, as they stood on the day of the report.',
    columns: [textColumn('service', 'Service', 'The service that owns the actions.'), ...columns],
    ...serviceRows(byService(withActions, names), figures, (those) => cellsOf(those, on)),
    rules: [{ sum: 'agreed', terms: ['open', 'done', 'verified', 'cannotBeDone'] }],
  };
}
