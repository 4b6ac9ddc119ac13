import { addWorkingDays, type BankHolidays, type LocalDate } from '../base/time.js';

/** What an action is for, as far as its due date depends on it. */
export type ActionKind = 'child-safety' | 'practitioner';

/**
 * Suggested due dates, in working days from today. The report gives none (docs/domain.md, 4.8): a
 * child's safety cannot wait past the next working day; casework fits before the next supervision.
 */
const suggestedWorkingDays: Readonly<Record<ActionKind, number>> = {
  'child-safety': 1,
  practitioner: 10,
};

export function suggestedDueDates(
  today: LocalDate,
  holidays: BankHolidays,
): Readonly<Record<ActionKind, LocalDate>> {
  const inDays = (kind: ActionKind) => addWorkingDays(today, suggestedWorkingDays[kind], holidays);
  return {
    'child-safety': inDays('child-safety'),
    practitioner: inDays('practitioner'),
  };
}
