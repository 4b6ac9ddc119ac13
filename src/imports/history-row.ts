import { z } from 'zod';
import type { CycleId, PersonId, PlrRef, ServiceId } from '../practice/base/ids.js';
import type { PlrFigures } from '../practice/plr/figures.js';
import { grades, type Grade } from '../practice/plr/grade.js';
import { lastDayOf, localDate, month, type LocalDate, type Month } from '../practice/base/time.js';

/** What a history file must have. */
export const columns = [
  'plr_ref',
  'cycle',
  'service_id',
  'manager_id',
  'sent_on',
  'returned_on',
  'completed_by',
  'grade',
  'moderated_grade',
] as const;
type Column = (typeof columns)[number];

/**
 * Ids become parts of storage keys, which cannot have a slash, backslash, hash, question mark or control
 * character.
 */
const id = z
  .string()
  .min(1, 'is empty')
  .max(100, 'is longer than 100 characters')
  .regex(/^[^/\\#?\u0000-\u001f\u007f-\u009f\ufffd]*$/, 'holds a character that an id may not have');

function parsed<T>(read: (text: string) => T, reason: string) {
  return z.string().transform((text, context): T => {
    try {
      return read(text);
    } catch {
      context.addIssue({ code: 'custom', message: text === '' ? 'is empty' : `${reason}, not “${text}”` });
      return z.NEVER;
    }
  });
}

const date = parsed(localDate, 'is a date as 2022-01-04');
const optionalDate = parsed<LocalDate | undefined>(
  (text) => (text === '' ? undefined : localDate(text)),
  'is empty or a date as 2022-01-20',
);

function oneOf<T extends string>(options: readonly T[]) {
  return parsed<T | undefined>(
    (text) => {
      const found = options.find((option) => option === text);
      if (found === undefined && text !== '') throw new RangeError(text);
      return found;
    },
    `is empty or one of ${options.join(', ')}`,
  );
}

/** A row of it, by column. */
export const historyRow = z.object({
  plr_ref: id,
  cycle: parsed(month, 'is a month as 2022-01'),
  service_id: id,
  manager_id: id,
  sent_on: date,
  returned_on: optionalDate,
  completed_by: oneOf(['service', 'qa']),
  grade: oneOf(grades),
  moderated_grade: oneOf(grades),
});
export type HistoryRow = z.infer<typeof historyRow>;

/** What cannot be true of one row at the same time. */
export function contradictionsIn(row: HistoryRow): { column: Column; reason: string }[] {
  const found: { column: Column; reason: string }[] = [];
  if (row.returned_on === undefined) {
    for (const column of ['completed_by', 'grade', 'moderated_grade'] as const) {
      if (row[column] !== undefined) found.push({ column, reason: 'is given, but returned_on is empty' });
    }
    return found;
  }
  if (row.returned_on < row.sent_on) found.push({ column: 'returned_on', reason: 'is before sent_on' });
  for (const column of ['completed_by', 'grade'] as const) {
    if (row[column] === undefined) found.push({ column, reason: 'is empty, but returned_on is given' });
  }
  return found;
}

/** Ids get their brands here, because this is the parser of the history. */
export function historyFigures(row: HistoryRow): PlrFigures {
  const dueOn = lastDayOf(row.cycle);
  return {
    ref: row.plr_ref as PlrRef,
    cycleId: cycleOf(row.cycle),
    ...{ kind: 'monthly', source: 'history' },
    serviceId: row.service_id as ServiceId,
    managerId: row.manager_id as PersonId,
    sentOn: row.sent_on,
    // The record has no due date: a month's PLR was due by the last day of the month.
    dueOn,
    standing: standingOf(row, dueOn),
    grades: gradesOf(row.grade, row.moderated_grade),
    ...(row.moderated_grade !== undefined && { moderation: 'agreed' }),
    ...{ actions: [], findings: [] },
  };
}

function standingOf(row: HistoryRow, dueOn: LocalDate): PlrFigures['standing'] {
  if (row.returned_on === undefined || row.completed_by === undefined) return { is: 'assigned' };
  return {
    is: 'returned',
    on: row.returned_on,
    completedBy: row.completed_by,
    late: row.returned_on > dueOn,
  };
}

function gradesOf(original: Grade | undefined, moderated: Grade | undefined): PlrFigures['grades'] {
  return { ...(original !== undefined && { original }), ...(moderated !== undefined && { moderated }) };
}

function cycleOf(of: Month): CycleId {
  return of as string as CycleId;
}
