import type { Ladder } from './ladder.js';
import type { DrawRules } from './draw-rules.js';
import type { Organisation } from './organisation.js';
import type { Form } from './form.js';
import type { BankHolidays, Instant, LocalDate } from '../base/time.js';

/** The rules the council has set. */
export interface CouncilRules {
  /** The steps for an alert that nobody acknowledges. Default: those of docs/domain.md, 4.3. */
  readonly alertLadder?: Ladder;
  /** Minutes after which an alert that was begun and not confirmed goes out by itself; default 30. */
  readonly concernMinutes?: number;
  /** Whether a manager may review a case of their own team; default never. */
  readonly ownTeam?: DrawRules['ownTeam'];
  /** Where the Board is told of its reports. Default: nowhere. */
  readonly boardChannel?: { readonly channel: string; readonly team: string };
  /**
   * Days from the attachment of a PLR to the child's record, or from its exemption, to the purge of its
   * narrative; default 90.
   */
  readonly retentionDays?: number;
  /** Working days between the posting of a learning brief and the team's meeting; default 2. */
  readonly briefWorkingDaysBefore?: number;
  /** Fewer reviews than this are neither counted where others can read it, nor compared. Default 5. */
  readonly smallCount?: number;
  /**
   * A cycle closes on the last working day of the month so many months after the one in which it was due
   * (docs/decisions/0023); default 1.
   */
  readonly closingMonths?: number;
  /** Whole per cent of open cases that a cycle should review (docs/domain.md, 4.1); default 10. */
  readonly coverageTargetPercent?: number;
}

export const defaultSmallCount = 5;

export function smallCountOf({ smallCount = defaultSmallCount }: CouncilRules = {}): number {
  return smallCount;
}

/**
 * What every decision may know besides the state that it decides on: the council as it is, the time, and the
 * council's rules. Made for each turn, tick and delivery, and never changed.
 */
export interface CouncilContext extends CouncilRules {
  readonly organisation: Organisation;
  readonly now: Instant;
  readonly today: LocalDate;
  readonly timeZone: string;
  readonly holidays: BankHolidays;
  readonly forms: Forms;
  /** A team's first meeting after `after`, by its iCalendar rule; none when the rule has ended. */
  readonly nextMeeting: (rule: string, after: Instant) => Instant | undefined;
}

/** The review form now in use, and every version that a PLR may have been answered on. */
export interface Forms {
  readonly current: Form;
  readonly byVersion: ReadonlyMap<string, Form>;
}
