import type { Action } from './action.js';
import type { Alert } from './alert.js';
import type { ChangeOfPlan } from './change-of-plan.js';
import type { Reminders } from './reminders.js';
import type { DrawReason } from './draw-plan.js';
import type { CaseRef, CycleId, PersonId, PlrRef, ServiceId, TeamId } from '../base/ids.js';
import type { Cohort } from '../council/organisation.js';
import type { DocumentKey } from './ports.js';
import type { Moderation } from './moderation.js';
import type { LegalHold, PlrRecord } from './record.js';
import type { CycleKind } from './cycle-kind.js';
import type { AssignedReview, BegunAlert, DraftReview, Review } from './review.js';
import type { SelfAssessment } from './self-assessment.js';
import type { Instant, LocalDate } from '../base/time.js';

/**
 * A whole PLR: the review and everything that it sets off. It is one document, so that a save, the alert that
 * it raises and the messages about it are one transaction (docs/decisions/0001).
 */
export interface Plr {
  readonly ref: PlrRef;
  readonly cycleId: CycleId;
  readonly kind: CycleKind;
  readonly managerId: PersonId;
  readonly practitionerId: PersonId;
  /** The allocated team and its service: those of the case, not of the manager. */
  readonly teamId: TeamId;
  readonly serviceId: ServiceId;
  /**
   * The manager's own team and service when it was issued: whose compliance it is (docs/decisions/0005). Senior
   * managers may have neither.
   */
  readonly managerTeamId?: TeamId;
  readonly managerServiceId?: ServiceId;
  readonly caseRef: CaseRef;
  readonly cohort: Cohort;
  readonly issuedAt: Instant;
  readonly dueOn: LocalDate;
  readonly draw: DrawReason;
  readonly review: Review;
  /** The practitioner's own view, added before the conversation (docs/domain.md, 11). */
  readonly selfAssessment?: SelfAssessment;
  /** The last change that the manager asked for or the QA lead decided (docs/domain.md, 4.1). */
  readonly change?: ChangeOfPlan;
  /**
   * A QA lead decided that the QA Service completes it (docs/domain.md, 13). Its manager may still return it
   * first.
   */
  readonly qaCompletes?: { readonly decidedBy: PersonId; readonly at: Instant };
  readonly reminders?: Reminders;
  /** How often its case went to another worker or team while it was open. */
  readonly reroutes?: number;
  /** Those who had the case before, with what they had written about their own practice, which nobody else sees. */
  readonly formerPractitioners?: readonly {
    readonly practitionerId: PersonId;
    readonly selfAssessment?: SelfAssessment;
  }[];
  /** A re-drawn PLR and the one drawn in its place name each other. */
  readonly replaces?: PlrRef;
  readonly replacedBy?: PlrRef;
  readonly alert?: Alert;
  /** The alerts that were begun on its form and have ended, in order: confirmed, taken back, or gone out by themselves. */
  readonly begun?: readonly BegunAlert[];
  readonly moderation?: Moderation;
  /** Of a returned review: what those whose practice it is about were told of so far. */
  readonly shared?: { readonly told: 'nothing' | 'returned' | 'moderated' };
  /** What the manager's last moderation asked them to look at. It is put here when the PLR is issued. */
  readonly fromLastModeration?: string;
  readonly actions: readonly Action[];
  /** On its way to the child's electronic record, attached, or purged here (docs/domain.md, 4.9). */
  readonly record?: PlrRecord;
  readonly hold?: LegalHold;
}

/** Still to be returned. */
export interface OpenPlr extends Plr {
  readonly review: AssignedReview | DraftReview;
}

export function isOpen(plr: Plr): plr is OpenPlr {
  return plr.review.state === 'assigned' || plr.review.state === 'draft';
}

export function plrKey(cycleId: CycleId, ref: PlrRef): DocumentKey<'plr'> {
  return { partition: cycleId, kind: 'plr', id: ref };
}
