import type { ActionId, CaseRef, CycleId, PersonId, PlrRef, ServiceId, TeamId } from '../base/ids.js';
import type { Instant, LocalDate } from '../base/time.js';
import type { RungId } from '../council/ladder.js';
import type { Action } from './action.js';
import type { OpenAlert, Sent } from './alert.js';
import type { SecondGrade } from './grades-blind.js';

/**
 * What is open of each kind of document, as it is kept beside it for the standing view (docs/decisions/0017): ids,
 * states and times, nothing that anyone wrote, and no grade.
 */
export interface OpenFactsOfPlr {
  readonly ref: PlrRef;
  readonly cycleId: CycleId;
  /** Where the case is today is looked up when the view is read: an alert follows the child. */
  readonly caseRef: CaseRef;
  readonly practitionerId: PersonId;
  readonly teamId: TeamId;
  readonly serviceId: ServiceId;
  readonly managerId: PersonId;
  readonly managerTeamId?: TeamId;
  readonly managerServiceId?: ServiceId;
  /** How far it is on its way to its second grade: who must not see yet what gives the first away. */
  readonly second: SecondGrade;
  readonly review?: OpenReview;
  /** When the manager asked for another plan. */
  readonly askedAt?: Instant;
  readonly concern?: OpenConcern;
  readonly alert?: OpenAlertFacts;
  readonly moderation?: OpenModeration;
  readonly actions?: readonly OpenActionFacts[];
  readonly record?: { readonly since: Instant };
}

export interface OpenReview {
  readonly since: Instant;
  readonly dueOn: LocalDate;
  /** The manager, or the QA lead who took it over. */
  readonly by: PersonId;
  /** When the reminder that is now in their chat was sent. */
  readonly remindedAt?: Instant;
}

/** An alert that was begun and not confirmed: the first, where there are two. */
export interface OpenConcern {
  readonly since: Instant;
  readonly goesOutAt: Instant;
  readonly by: PersonId;
}

export interface OpenAlertFacts {
  readonly state: OpenAlert['state'];
  /** When this round's clock started. */
  readonly raisedAt: Instant;
  /** When the time to acknowledge it runs out. */
  readonly breachAt: Instant;
  /** When its last step was taken: raised, acknowledged or sent back, management grip recorded. */
  readonly since: Instant;
  readonly isNotYetSafe: boolean;
  readonly climbedTo: readonly RungId[];
  /** Its messages that have not arrived; none where all have. */
  readonly underWay?: readonly UnderWay[];
}

/** A message of an alert, to whom it was sent and when. */
export type UnderWay = Pick<Sent, 'key' | 'to' | 'as' | 'at'>;

export type OpenModeration = { readonly since: Instant; readonly dueOn: LocalDate } & (
  | { readonly is: 'to-do'; readonly moderatorId?: PersonId }
  | { readonly is: 'graded' | 'disputed'; readonly moderatorId: PersonId; readonly originalBy: PersonId }
);

export interface OpenActionFacts {
  readonly id: ActionId;
  readonly state: Exclude<Action['state'], 'verified' | 'cannot-be-done'>;
  readonly since: Instant;
  readonly dueOn: LocalDate;
  readonly ownerId: PersonId;
  readonly teamId: TeamId;
  readonly keepsChildSafe: boolean;
  readonly origin: Action['origin'];
  readonly doneBy?: PersonId;
}

export interface OpenBrief {
  readonly cycleId: CycleId;
  readonly serviceId: ServiceId;
  /** Of a draft: it is to be approved. */
  readonly draftedAt?: Instant;
  readonly meetings: readonly OpenMeeting[];
}

/** A team meeting that has not recorded what it made of the brief. */
export interface OpenMeeting {
  readonly teamId: TeamId;
  /** The meeting, or when the brief was posted where none is known. */
  readonly at?: Instant;
  /** The brief is still to be posted. */
  readonly isWaiting: boolean;
}

export interface OpenReport {
  readonly periodId: string;
  readonly since: Instant;
}
