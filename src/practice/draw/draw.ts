import { Fault } from '../base/errors.js';
import type { CaseRef, PersonId } from '../base/ids.js';
import {
  isActive,
  reviewsCases,
  type Case,
  type Cohort,
  type Organisation,
  type Person,
} from '../council/organisation.js';
import { compareText } from '../base/text-order.js';
import type { LocalDate } from '../base/time.js';
import { EligibleCases, type Exclusion } from './eligible-cases.js';
import { coverageOf } from '../plr/coverage.js';
import type { CaseDraw, DrawnCase, DrawReason, NotAsked, RuledOut, Unplaced } from '../plr/draw-plan.js';
import type { DrawRules } from '../council/draw-rules.js';
import { Placement, type Pick } from './placement.js';
import { Attendance } from './presence.js';
import { randomFrom } from '../base/random.js';
import type { Taken } from './taken.js';

export interface DrawInput {
  /** Kept with the cycle. With the roster's version and the same input, it gives the same draw for ever. */
  readonly seed: string;
  /** The day of the draw: cases open, people active. */
  readonly on: LocalDate;
  /** The working days from issue to due (`CyclePlan.workingDays`), at least one. */
  readonly workingDays: readonly LocalDate[];
  readonly organisation: Organisation;
  /** When each case was last reviewed or due to be, in other cycles. Dates from before the memory do no harm. */
  readonly reviewedSince: ReadonlyMap<CaseRef, LocalDate>;
  /** Earlier draws of this cycle. They are never changed. */
  readonly taken: Taken;
  readonly rules: DrawRules;
  /** Who is asked: by default every manager. A Practice Week names its reviewers, peers too (docs/domain.md, 4.10). */
  readonly reviewers?: ReadonlySet<PersonId>;
  /** Which cohorts are drawn from: by default all. */
  readonly cohorts?: ReadonlySet<Cohort>;
}

/**
 * Gives each manager one case of another team, by the rules of the framework (docs/domain.md, 4.1).
 * The order of the roster's rows makes no difference. Cost is near-linear in managers and cases.
 * @throws Fault `case-without-team` when the roster names a team it does not have.
 */
export function drawCases(input: DrawInput): CaseDraw {
  if (input.workingDays.length === 0) throw new Fault('cycle-without-days', 'A cycle needs a working day');
  const attendance = new Attendance(input.on, input.workingDays);
  const reviewers = reviewersOf(input).map((person) => ({
    person,
    why: whyNotAsked(person, input, attendance),
  }));
  const eligible = new EligibleCases(input);
  const outcomes = place(
    reviewers.filter(({ why }) => why === undefined).map(({ person }) => person),
    eligible,
    input,
  );
  const drawn = outcomes.flatMap((outcome) => ('reason' in outcome ? [outcome] : []));
  return {
    drawn,
    unplaced: outcomes.flatMap((outcome) => ('why' in outcome ? [outcome] : [])),
    notAsked: reviewers.flatMap(({ person, why }) =>
      why === undefined ? [] : [{ managerId: person.id, why }],
    ),
    coverage: coverageOf(
      input.taken.cases.size + drawn.length,
      eligible.counts.open,
      input.rules.coverageTargetPercent,
    ),
  };
}

function reviewersOf({ organisation, reviewers }: DrawInput): Person[] {
  return organisation.roster.people
    .filter((person) => (reviewers === undefined ? reviewsCases(person) : reviewers.has(person.id)))
    .sort((one, other) => compareText(one.id, other.id));
}

function whyNotAsked(person: Person, { taken, on }: DrawInput, attendance: Attendance): NotAsked | undefined {
  if (taken.managers.has(person.id)) return 'has-one-already';
  if (!isActive(person, on)) return 'not-active';
  return attendance.of(person) === 0n ? 'away-throughout' : undefined;
}

function place(
  asked: readonly Person[],
  eligible: EligibleCases,
  input: DrawInput,
): (DrawnCase | Unplaced)[] {
  const random = randomFrom(JSON.stringify(['draw', input.seed]));
  const managers = random.shuffle(asked);
  const exclusions = managers.map((manager) => eligible.exclusionFor(manager));
  const picks = new Placement(eligible, input.taken, exclusions, random).placeAll(
    input.rules.practitionerAgain,
  );
  return managers
    .map(({ id: managerId }, index) => {
      const pick = picks.get(index);
      const why = ruledOut(input, eligible, exclusions[index]!, pick?.left ?? 0);
      if (pick === undefined) return { managerId, why };
      return drawnCase(input, managerId, eligible.cases[pick.position]!, reasonOf(input, why, pick));
    })
    .sort((one, other) => compareText(one.managerId, other.managerId));
}

function ruledOut(input: DrawInput, eligible: EligibleCases, exclusion: Exclusion, left: number): RuledOut {
  const { ownTeam, ownPractice, neverThereTogether } = exclusion;
  const drawnInThisCycle = eligible.cases.length - ownTeam - ownPractice - neverThereTogether - left;
  return {
    ...eligible.counts,
    ownTeam,
    ownPractice,
    neverThereTogether,
    drawnInThisCycle,
    left,
    memoryMonths: input.rules.memoryMonths,
  };
}

function reasonOf({ seed, on, organisation }: DrawInput, why: RuledOut, pick: Pick): DrawReason {
  const { way, place, perPractitioner } = pick;
  return { ...why, way, place, perPractitioner, seed, on, rosterVersion: organisation.version };
}

function drawnCase(input: DrawInput, managerId: PersonId, one: Case, reason: DrawReason): DrawnCase {
  const { ref: caseRef, allocatedWorkerId: practitionerId, teamId, cohort } = one;
  const team = input.organisation.teams.get(teamId);
  if (team === undefined)
    throw new Fault('case-without-team', 'A case is in a team the roster lacks', { teamId });
  return { managerId, caseRef, practitionerId, teamId, serviceId: team.serviceId, cohort, reason };
}
