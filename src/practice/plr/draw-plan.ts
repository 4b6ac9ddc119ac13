import type { CaseRef, CycleId, PersonId, PlrRef, ServiceId, TeamId } from '../base/ids.js';
import type { LocalDate } from '../base/time.js';
import type { Cohort } from '../council/organisation.js';
import type { Coverage } from './coverage.js';

/**
 * Why a draw came out as it did: counts of cases, each counted once, under the first rule that takes it away,
 * so that `open` is the sum of the others. It says nothing about any person, and may be kept for ever.
 */
export interface RuledOut {
  readonly open: number;
  readonly reviewedRecently: number;
  readonly practitionerAway: number;
  readonly ownTeam: number;
  /** The manager is the practitioner, or their line manager. */
  readonly ownPractice: number;
  /** There is no working day on which both are there. */
  readonly neverThereTogether: number;
  /** The case, or its practitioner, had been drawn in this cycle. */
  readonly drawnInThisCycle: number;
  readonly left: number;
  readonly memoryMonths: number;
}

export interface DrawReason extends RuledOut {
  readonly way: 'at-random' | 'by-exchange';
  /** Which of the cases left, counted from 1. */
  readonly place: number;
  readonly perPractitioner: number;
  readonly seed: string;
  readonly on: LocalDate;
  readonly rosterVersion: number;
}

/** One manager with one case. Team and service are those of the case. */
export interface DrawnCase {
  readonly managerId: PersonId;
  readonly caseRef: CaseRef;
  readonly practitionerId: PersonId;
  readonly teamId: TeamId;
  readonly serviceId: ServiceId;
  readonly cohort: Cohort;
  readonly reason: DrawReason;
}

export interface Unplaced {
  readonly managerId: PersonId;
  readonly why: RuledOut;
}

/** Every manager is in exactly one of the three lists, each in order of id. */
export interface CaseDraw {
  readonly drawn: readonly DrawnCase[];
  /** No fair case is left for them: the QA lead is told, and no rule is bent. */
  readonly unplaced: readonly Unplaced[];
  readonly notAsked: readonly { readonly managerId: PersonId; readonly why: NotAsked }[];
  /** Earlier draws of the cycle included. */
  readonly coverage: Coverage;
}

export type NotAsked = 'not-active' | 'away-throughout' | 'has-one-already';

/** A cycle's draw with the reference each PLR will have: kept as a whole before the first PLR is created. */
export interface DrawPlan {
  readonly cycleId: CycleId;
  readonly seed: string;
  readonly rosterVersion: number;
  readonly on: LocalDate;
  readonly drawn: readonly (DrawnCase & { readonly ref: PlrRef })[];
  readonly unplaced: CaseDraw['unplaced'];
  readonly notAsked: CaseDraw['notAsked'];
  readonly coverage: CaseDraw['coverage'];
}
