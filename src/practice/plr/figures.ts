import type { CycleKind } from './cycle-kind.js';
import type { Wish } from './change-of-plan.js';
import type { Cohort } from '../council/organisation.js';
import type { ActionId, CycleId, PersonId, PlrRef, ServiceId, StandardId, TeamId } from '../base/ids.js';
import type { Instant, LocalDate } from '../base/time.js';
import type { Grade } from './grade.js';
import type { FindingKind } from './answers.js';

/**
 * The figures of one PLR: everything that is counted (compliance, grades, moderation, alerts, actions, themes)
 * without anything that anyone wrote. They are kept beside the PLR on its row, can be read without it, and
 * remain when the narrative is purged (docs/domain.md, 4.9).
 */
export interface PlrFigures {
  readonly ref: PlrRef;
  readonly cycleId: CycleId;
  readonly kind: CycleKind;
  /** `history` when it came from a spreadsheet of past PLRs and not through the bot. */
  readonly source: 'bot' | 'history';
  readonly serviceId: ServiceId;
  readonly teamId?: TeamId;
  /** The manager's own team and service when it was issued: compliance counts by these (docs/decisions/0005). */
  readonly managerTeamId?: TeamId;
  readonly managerServiceId?: ServiceId;
  readonly managerId: PersonId;
  readonly practitionerId?: PersonId;
  readonly cohort?: Cohort;
  readonly sentOn: LocalDate;
  readonly dueOn: LocalDate;
  readonly standing: ComplianceStatus;
  /** What the manager has asked for, until a QA lead decides (docs/domain.md, 4.1). */
  readonly asks?: { readonly wish: Wish; readonly on: LocalDate };
  /** The QA lead who took it over (docs/domain.md, 13). */
  readonly completer?: PersonId;
  readonly grades: {
    readonly original?: Grade;
    readonly moderated?: Grade;
    readonly settled?: Grade;
  };
  readonly moderation?: 'drawn' | 'graded' | 'agreed' | 'disputed' | 'settled';
  /** Who moderates (none while one is looked for), by when, and when the manager got feedback. */
  readonly moderating?: {
    readonly by?: PersonId;
    readonly dueOn: LocalDate;
    readonly feedbackOn?: LocalDate;
  };
  /** An alert that was raised more than once has the times of the round that was answered last, or not at all. */
  readonly alert?: {
    readonly raisedAt: Instant;
    readonly acknowledgedAt?: Instant;
    readonly breached: boolean;
    readonly state: 'raised' | 'acknowledged' | 'gripped' | 'closed';
    /** Since when it has reached nobody who must act. */
    readonly unheardSince?: Instant;
  };
  readonly actions: readonly {
    readonly state: 'to-do' | 'in-progress' | 'done' | 'verified' | 'cannot-be-done';
    readonly dueOn: LocalDate;
    /** Missing in figures that came from a spreadsheet: those actions are counted here but followed up elsewhere. */
    readonly id?: ActionId;
    readonly ownerId?: PersonId;
    readonly teamId?: TeamId;
    readonly keepsChildSafe?: boolean;
    readonly origin?: 'review' | 'management-grip';
  }[];
  /** Where it is on its way to the child's record (docs/domain.md, 4.9). */
  readonly record?: { readonly state: 'waiting' | 'attached' | 'purged'; readonly readyOn: LocalDate };
  readonly findings: readonly { readonly standard: StandardId; readonly kind: FindingKind }[];
}

/**
 * Where a PLR stands for compliance. Each standing has its own line; exempt and withdrawn ones never count as
 * returned.
 */
export type ComplianceStatus =
  | { readonly is: 'assigned' | 'draft' }
  | {
      readonly is: 'returned';
      readonly on: LocalDate;
      readonly completedBy: 'service' | 'qa';
      readonly late: boolean;
    }
  | { readonly is: 'exempt'; readonly why: 'leave' | 'conflict-of-interest' | 'other' }
  | { readonly is: 'redrawn' }
  | { readonly is: 'withdrawn' }
  /** Its cycle closed before it came. */
  | { readonly is: 'not-returned' };

/** Still to be returned: it is on somebody's list. */
export function isUnreturned({ standing }: { readonly standing: Pick<ComplianceStatus, 'is'> }): boolean {
  return standing.is === 'assigned' || standing.is === 'draft';
}

export function returnedOnly(figures: readonly PlrFigures[]): PlrFigures[] {
  return figures.filter((one) => one.standing.is === 'returned');
}
