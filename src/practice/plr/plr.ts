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
import type { CycleKind } from './figures.js';
import type { AssignedReview, BegunAlert, DraftReview, Review } from './review.js';
import type { SelfAssessment } from './self-assessment.js';
import type { Instant, LocalDate } from '../base/time.js';

/**
 * One PLR, whole: the review and everything it sets off. It is one document, so that a save, the alert it
 * raises and the messages that tell of it are one transaction (docs/decisions/0001).
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
  /** Where the manager was when it was issued: whose compliance it is (docs/decisions/0005). Senior managers may have none. */
  readonly managerTeamId?: TeamId;
  readonly managerServiceId?: ServiceId;
  readonly caseRef: CaseRef;
  readonly cohort: Cohort;
  readonly issuedAt: Instant;
  readonly dueOn: LocalDate;
  readonly draw: DrawReason;
  readonly review: Review;
  /** 11: the practitioner's own view, added before the conversation. */
  readonly selfAssessment?: SelfAssessment;
  /** Asked for by the manager, decided by the QA lead: the last one (4.1). */
  readonly change?: ChangeOfPlan;
  /** A QA lead decided that the QA Service completes it (13); its manager may still be first. */
  readonly qaCompletes?: { readonly decidedBy: PersonId; readonly at: Instant };
  readonly reminders?: Reminders;
  /** How often its case went to another worker or team while it was open. */
  readonly reroutes?: number;
  /** Those who had the case before, with what they had written of their own practice: no one else sees it. */
  readonly formerPractitioners?: readonly {
    readonly practitionerId: PersonId;
    readonly selfAssessment?: SelfAssessment;
  }[];
  /** A re-drawn PLR and the one drawn in its place, which name each other. */
  readonly replaces?: PlrRef;
  readonly replacedBy?: PlrRef;
  readonly alert?: Alert;
  /** The alerts that were begun on its form and have ended, in order: confirmed, taken back, or gone out by themselves. */
  readonly begun?: readonly BegunAlert[];
  readonly moderation?: Moderation;
  /** What the manager's last moderation asked them to look at; put here when this one was issued. */
  readonly fromLastModeration?: string;
  readonly actions: readonly Action[];
  /** 4.9: on its way to the child's electronic record, attached, or purged here. */
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
