import { addWorkingDays, type BankHolidays, type LocalDate } from '../base/time.js';
import type { Action } from '../plr/action.js';

/** How an action stands at a glance: derived from its state and the day, never typed (docs/domain.md, 4.8). */
export type Rag = 'red' | 'amber' | 'green' | 'done' | 'verified' | 'cannot-be-done';

/** What is needed to tell: an action has it, and so has its line in the figures. */
export interface ActionStatus {
  readonly state: Action['state'];
  readonly dueOn: LocalDate;
}

/** An open action turns amber this many working days before it is due. */
const amberWorkingDays = 5;

/** Red: past its date. Amber: due within 5 working days. Green: later. What is closed says so in a word. */
export function rag({ state, dueOn }: ActionStatus, today: LocalDate, holidays: BankHolidays): Rag {
  if (state !== 'to-do' && state !== 'in-progress') return state;
  if (dueOn < today) return 'red';
  return dueOn <= addWorkingDays(today, amberWorkingDays, holidays) ? 'amber' : 'green';
}

const words: Readonly<Record<Rag, string>> = {
  red: 'Red: overdue',
  amber: 'Amber: due within 5 working days',
  green: 'Green: on time',
  done: 'Done: waiting to be verified',
  verified: 'Verified',
  'cannot-be-done': 'Cannot be done',
};

export function ragInWords(is: Rag): string {
  return words[is];
}

/** The colour of an Adaptive Card's text. It never says anything alone: the words say the same. */
export function ragColour(is: Rag): 'attention' | 'warning' | 'good' | 'accent' | 'default' {
  switch (is) {
    case 'red':
      return 'attention';
    case 'amber':
      return 'warning';
    case 'green':
    case 'verified':
      return 'good';
    case 'done':
      return 'accent';
    case 'cannot-be-done':
      return 'default';
  }
}

const states: Readonly<Record<Action['state'], string>> = {
  'to-do': 'To do',
  'in-progress': 'In progress',
  done: 'Done',
  verified: 'Verified',
  'cannot-be-done': 'Cannot be done',
};

export function stateInWords(state: Action['state']): string {
  return states[state];
}
