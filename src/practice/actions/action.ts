import type { ActionId, PersonId } from '../ids.js';
import type { Instant, LocalDate } from '../time.js';

/** 4.7, 4.8: a specific action with one owner and a due date. */
export interface Action {
  readonly id: ActionId;
  readonly what: string;
  readonly ownerId: PersonId;
  readonly dueOn: LocalDate;
  readonly keepsChildSafe: boolean;
  readonly createdAt: Instant;
  readonly state: 'to-do';
}
