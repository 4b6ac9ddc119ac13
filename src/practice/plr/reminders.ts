import type { DueStage } from '../base/stages.js';
import type { Instant } from '../base/time.js';

/**
 * Reminders of a PLR that is not yet returned: 5 working days before it is due, on the day, and 2 after,
 * when the line manager is told too. At 9 on working days, never while the person is away.
 */
export interface Reminders {
  readonly sent: number;
  /** When the reminder that is now in the chat was sent; it is put away when the review ends. */
  readonly shownSince?: Instant;
  readonly next?: DueStage<ReminderStage>;
}

export type ReminderStage = 'before' | 'on-the-day' | 'after';
