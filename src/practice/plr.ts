import type { Action } from './actions/action.js';
import type { Alert } from './alerts/alert.js';
import type { DrawReason } from './cycles/draw.js';
import type { CaseRef, CycleId, PersonId, PlrRef, ServiceId, TeamId } from './ids.js';
import type { Cohort } from './organisation/organisation.js';
import type { DocumentKey } from './ports.js';
import type { Moderation } from './moderation/moderation.js';
import type { CycleKind } from './reviews/figures.js';
import type { Review } from './reviews/review.js';
import type { SelfAssessment } from './reviews/self-assessment.js';
import type { Instant, LocalDate } from './time.js';

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
  readonly caseRef: CaseRef;
  readonly cohort: Cohort;
  readonly issuedAt: Instant;
  readonly dueOn: LocalDate;
  readonly draw: DrawReason;
  readonly review: Review;
  /** 11: the practitioner's own view, added before the conversation. */
  readonly selfAssessment?: SelfAssessment;
  readonly alert?: Alert;
  readonly moderation?: Moderation;
  readonly actions: readonly Action[];
}

export function plrKey(cycleId: CycleId, ref: PlrRef): DocumentKey<'plr'> {
  return { partition: cycleId, kind: 'plr', id: ref };
}
