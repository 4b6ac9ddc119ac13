import type { CycleId, PersonId, PlrRef } from '../base/ids.js';
import type { Cohort } from '../council/organisation.js';
import type { DocumentKey, DocumentKind, LogEntry } from './ports.js';
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
  /** When its sample for moderation is checked and its briefs begin, and when that was done. Late returns still come. */
  readonly countsAt: Instant;
  readonly countedAt?: Instant;
  /** By the rule, or until when it was re-opened; missing in rows from before cycles closed, until the next beat. */
  readonly closesAt?: Instant;
  readonly reopenings?: readonly Reopening[];
  /** It was closed or re-opened, and not all of its reviews have followed. */
  readonly isUnfinished?: true;
  readonly issued: number;
  readonly unplaced: readonly Unplaced[];
  readonly coverage: Coverage;
  /** When the deliveries are looked through, one working day after issue, and when that was done. */
  readonly checkDeliveriesAt?: Instant;
  readonly deliveriesCheckedAt?: Instant;
  /** What the QA leads were told of it. */
  readonly notes?: readonly CycleNote[];
}

/** No more returns are taken: what was not returned is not returned (docs/decisions/0023). */
export interface ClosedCycle extends Omit<IssuedCycle, 'state' | 'closesAt'> {
  readonly state: 'closed';
  readonly countedAt: Instant;
  readonly closedAt: Instant;
  /** `system`: by the rule. */
  readonly closedBy: LogEntry['by'];
}

export interface Reopening {
  readonly at: Instant;
  readonly by: LogEntry['by'];
  readonly reason: string;
  /** The last day on which it takes returns. */
  readonly until: LocalDate;
  readonly closedBefore: Pick<ClosedCycle, 'closedAt' | 'closedBy'>;
}

/** Whether its moderation was checked and its briefs have begun: its figures can be read, though returns may still come. */
export function isCounted(cycle: Cycle | undefined): boolean {
  return cycle !== undefined && cycle.state !== 'issuing' && cycle.countedAt !== undefined;
}

/** Working days after the due date at which a cycle is counted, at 9 in the morning. */
const workingDaysToCount = 3;

export function countingTime(dueOn: LocalDate, council: CouncilContext): Instant {
  return instantAt(addWorkingDays(dueOn, workingDaysToCount, council.holidays), '09:00', council.timeZone);
}

export function cycleKey(id: CycleId): DocumentKey<'cycle'> {
  return { partition: id, kind: 'cycle', id: 'cycle' };
}

export const cycleKind: DocumentKind<Cycle, 'cycle'> = {
  kind: 'cycle',
  schemaVersion: 2,
  upgrade: (old) => fromBeforeClosing(old as IssuingCycle | OldCycle),
  dueAt: (cycle) => (cycle.state === 'issued' && !isCounted(cycle) ? cycle.countsAt : undefined),
  whenDue: (cycle, now) =>
    cycle.state === 'issued' && !isCounted(cycle) && cycle.countsAt <= now
      ? { state: { ...cycle, countedAt: now }, did: 'counted the cycle', messages: [] }
      : undefined,
};

/** In version 1 "closed" was what is counted now, and returns never ended. */
type OldCycle = Omit<IssuedCycle, 'state' | 'countsAt' | 'countedAt' | 'closesAt'> & {
  readonly closesAt: Instant;
} & ({ readonly state: 'issued' } | { readonly state: 'closed'; readonly closedAt: Instant });

function fromBeforeClosing(old: IssuingCycle | OldCycle): Cycle {
  if (old.state === 'issuing') return old;
  if (old.state === 'issued') {
    const { closesAt: countsAt, ...kept } = old;
    return { ...kept, countsAt };
  }
  const { closesAt: countsAt, closedAt: countedAt, ...kept } = old;
  return { ...kept, state: 'issued', countsAt, countedAt };
}

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
