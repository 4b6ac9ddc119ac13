import type { CycleId, PersonId, PlrRef } from '../base/ids.js';
import type { Cohort } from '../council/organisation.js';
import type { DocumentKey, DocumentKind } from './ports.js';
import type { CycleKind } from './cycle-kind.js';
import { addWorkingDays, instantAt, type Instant, type LocalDate, type Month } from '../base/time.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Coverage } from './coverage.js';
import type { DrawRules } from '../council/draw-rules.js';
import type { Unplaced } from './draw-plan.js';

/** A cycle by its named state: what is known about it as a whole. Its PLRs are documents beside it. */
export type Cycle = IssuingCycle | IssuedCycle | ClosedCycle;

interface CycleFacts {
  readonly id: CycleId;
  readonly kind: CycleKind;
  readonly month: Month;
  readonly issueOn: LocalDate;
  readonly dueOn: LocalDate;
  readonly seed: string;
  readonly rosterVersion: number;
  /** The council's rule when the cycle was begun: the draw follows it, however late it is made. Default: never. */
  readonly ownTeam?: DrawRules['ownTeam'];
  /** The council's target when the cycle was begun. Default: 10. */
  readonly coverageTargetPercent?: number;
  /** Only for a Practice Week or a thematic review: what it looks at, and who reviews (docs/domain.md, 4.10). */
  readonly choice?: CycleChoice;
}

export interface CycleChoice {
  /** Default: all. */
  readonly cohorts?: readonly Cohort[];
  /** Peers too, managers or not. Default: every manager. */
  readonly reviewers?: readonly PersonId[];
}

/** The seed is kept. The draw or the handing out may have been cut short, and goes on when it is run again. */
export interface IssuingCycle extends CycleFacts {
  readonly state: 'issuing';
}

export interface IssuedCycle extends CycleFacts {
  readonly state: 'issued';
  readonly issuedAt: Instant;
  readonly closesAt: Instant;
  readonly issued: number;
  readonly unplaced: readonly Unplaced[];
  readonly coverage: Coverage;
  /** When the deliveries are looked through, one working day after issue, and when that was done. */
  readonly checkDeliveriesAt?: Instant;
  readonly deliveriesCheckedAt?: Instant;
  /** What the QA leads were told of it. */
  readonly notes?: readonly CycleNote[];
}

/** Late returns are still taken and counted; moderation is checked and the briefs are drafted at close. */
export interface ClosedCycle extends Omit<IssuedCycle, 'state'> {
  readonly state: 'closed';
  readonly closedAt: Instant;
}

/** Working days after the due date at which a cycle closes, at 9 in the morning. */
const workingDaysToClose = 3;

export function closingTime(dueOn: LocalDate, council: CouncilContext): Instant {
  return instantAt(addWorkingDays(dueOn, workingDaysToClose, council.holidays), '09:00', council.timeZone);
}

export function cycleKey(id: CycleId): DocumentKey<'cycle'> {
  return { partition: id, kind: 'cycle', id: 'cycle' };
}

export const cycleKind: DocumentKind<Cycle, 'cycle'> = {
  kind: 'cycle',
  schemaVersion: 1,
  dueAt: (cycle) => (cycle.state === 'issued' ? cycle.closesAt : undefined),
  whenDue: (cycle, now) =>
    cycle.state === 'issued' && cycle.closesAt <= now
      ? { state: { ...cycle, state: 'closed', closedAt: now }, did: 'closed the cycle', messages: [] }
      : undefined,
};

export interface NoteLine {
  /** Names this line's fact within the cycle. */
  readonly key: string;
  readonly sentence: string;
  /** The PLR to decide about, when there is one. */
  readonly decide?: PlrRef;
}

/**
 * What the QA leads are told about a cycle as a whole, kept with the cycle: who could not be given a case, who
 * could not be reached, what a new roster changed.
 */
export interface CycleNote {
  /** Names the fact, so that it is told once: `issued`, `not-delivered`, `roster-7`. */
  readonly key: string;
  readonly at: Instant;
  readonly title: string;
  readonly lines: readonly NoteLine[];
}
