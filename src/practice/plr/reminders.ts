import type { DueStage } from '../base/stages.js';
import type { PersonId } from '../base/ids.js';
import type { Instant } from '../base/time.js';

/**
 * Reminders of a PLR that is not yet returned: 5 working days before it is due, on the day, 2 after and from then
 * on every 5, until it is returned or its cycle closes. Those above are told as well (docs/decisions/0023). At 9 on
 * working days, never while the person is away.
 */
export interface Reminders {
  readonly sent: number;
  /** When the reminder that is now in the chat was sent; it is put away when the review ends. */
  readonly shownSince?: Instant;
  readonly next?: DueStage<ReminderStage>;
  /** Those above who have a card that says that it is late. */
  readonly told?: readonly PersonId[];
}

export type ReminderStage = 'before' | 'on-the-day' | 'after';
