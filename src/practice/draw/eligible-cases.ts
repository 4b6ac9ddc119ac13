import type { CaseRef, PersonId, TeamId } from '../base/ids.js';
import {
  isOpenCase,
  type Case,
  type Cohort,
  type Organisation,
  type Person,
} from '../council/organisation.js';
import { compareText } from '../base/text-order.js';
import { addMonths, type LocalDate } from '../base/time.js';
import type { DrawRules } from '../council/draw-rules.js';
import type { PositionRange } from './position-set.js';
import { Attendance, type Presence } from './presence.js';

export interface BallotInput {
  readonly on: LocalDate;
  /** The working days from issue to due, at least one. */
  readonly workingDays: readonly LocalDate[];
  readonly organisation: Organisation;
  readonly reviewedSince: ReadonlyMap<CaseRef, LocalDate>;
  readonly cohorts?: ReadonlySet<Cohort>;
  readonly rules: DrawRules;
}

/** The cases of one practitioner in one team: a rule that rules out one of them rules out all. */
export interface CaseGroup {
  readonly teamId: TeamId;
  readonly practitionerId: PersonId;
  /** Their positions in `Ballot.cases`. */
  readonly positions: PositionRange;
}

/** How many cases are open, and how many of them nobody may draw. */
export interface BallotCounts {
  readonly open: number;
  readonly reviewedRecently: number;
  readonly practitionerAway: number;
}

/** What one manager may not be given, and how many cases each rule takes away. */
export interface Exclusion {
  /** Spans of `Ballot.groups`, in order and without overlap. */
  readonly groups: readonly PositionRange[];
  /** The same, as spans of `Ballot.cases`. */
  readonly positions: readonly PositionRange[];
  readonly ownTeam: number;
  readonly ownPractice: number;
  readonly neverThereTogether: number;
}

/**
 * The cases that someone may draw, ordered by team, practitioner and reference. In that order, what is exclusions
 * for a manager is a handful of spans. So no pair of manager and case is ever looked at alone, and the order of
 * the roster's rows makes no difference.
 */
export class EligibleCases {
  readonly cases: readonly Case[];
  readonly groups: readonly CaseGroup[];
  readonly counts: BallotCounts;
  private readonly input: BallotInput;
  private readonly attendance: Attendance;
  private readonly presences = new Map<PersonId, Presence>();
  private readonly teamSpans: ReadonlyMap<TeamId, PositionRange>;
  private readonly groupsOfPractitioner: ReadonlyMap<PersonId, readonly number[]>;
  private readonly teamsManagedBy: ReadonlyMap<PersonId, readonly TeamId[]>;
  private readonly practitionersLedBy: ReadonlyMap<PersonId, readonly PersonId[]>;
  private readonly practitionersByPresence: ReadonlyMap<Presence, readonly PersonId[]>;

  constructor(input: BallotInput) {
    this.input = input;
    this.attendance = new Attendance(input.on, input.workingDays);
    const { teams, people } = input.organisation.roster;
    const counts = { open: 0, reviewedRecently: 0, practitionerAway: 0 };
    const casesOfTeams = casesByTeam(this.drawable(counts));
    this.counts = counts;
    this.cases = casesOfTeams.flat(2);
    this.groups = groupsIn(casesOfTeams);
    this.teamSpans = spansOf(this.groups, (group) => group.teamId);
    this.groupsOfPractitioner = gather(this.groups.keys(), (at) => this.groups[at]!.practitionerId, itself);
    this.teamsManagedBy = gather(
      teams,
      (team) => team.teamManagerId,
      (team) => team.id,
    );
    this.practitionersByPresence = gather(this.presences.keys(), (id) => this.presences.get(id), itself);
    this.practitionersLedBy = gather(
      people,
      (person) => person.lineManagerId,
      (person) => person.id,
    );
  }

  /** Counts the open cases, and leaves out what no one may draw. */
  private drawable(counts: { -readonly [Count in keyof BallotCounts]: number }): Case[] {
    const { organisation, on, cohorts, rules, reviewedSince } = this.input;
    const forgottenFrom = addMonths(on, -rules.memoryMonths);
    return organisation.roster.cases.filter((one) => {
      if (!isOpenCase(one, on) || cohorts?.has(one.cohort) === false) return false;
      counts.open += 1;
      const isRemembered = (reviewedSince.get(one.ref) ?? forgottenFrom) > forgottenFrom;
      const isAway = !isRemembered && this.presenceOf(one.allocatedWorkerId) === 0n;
      if (isRemembered) counts.reviewedRecently += 1;
      if (isAway) counts.practitionerAway += 1;
      return !isRemembered && !isAway;
    });
  }

  exclusionFor(manager: Person): Exclusion {
    const ownTeams = this.ownTeamsOf(manager);
    const teamSpans = [...ownTeams].flatMap((id) => this.teamSpans.get(id) ?? []);
    const seen = new Set<number>();
    const others = (practitioners: readonly PersonId[]) =>
      practitioners
        .flatMap((id) => this.groupsOfPractitioner.get(id) ?? [])
        .filter((at) => !ownTeams.has(this.groups[at]!.teamId) && !seen.has(at) && seen.add(at))
        .map((at) => ({ from: at, until: at + 1 }));
    const ownPractice = others([manager.id, ...(this.practitionersLedBy.get(manager.id) ?? [])]);
    const apart = others(this.neverThereWith(manager));
    const groups = [...teamSpans, ...ownPractice, ...apart].sort((one, other) => one.from - other.from);
    return {
      groups,
      positions: groups.map((span) => this.positionsOf(span)),
      ownTeam: this.countCases(teamSpans),
      ownPractice: this.countCases(ownPractice),
      neverThereTogether: this.countCases(apart),
    };
  }

  private ownTeamsOf(manager: Person): ReadonlySet<TeamId> {
    if (this.input.rules.ownTeam === 'allowed') return new Set();
    const managed = this.teamsManagedBy.get(manager.id) ?? [];
    return new Set(manager.teamId === undefined ? managed : [manager.teamId, ...managed]);
  }

  /** A PLR is done together: two people whose days at work never meet cannot do one (docs/domain.md, 4.1). */
  private neverThereWith(manager: Person): PersonId[] {
    const mine = this.attendance.of(manager);
    if (mine === this.attendance.everyDay) return [];
    return [...this.practitionersByPresence]
      .filter(([theirs]) => (mine & theirs) === 0n)
      .flatMap(([, practitioners]) => practitioners);
  }

  private presenceOf(practitionerId: PersonId): Presence {
    const known = this.presences.get(practitionerId);
    if (known !== undefined) return known;
    const person = this.input.organisation.people.get(practitionerId);
    const presence = person === undefined ? 0n : this.attendance.of(person);
    this.presences.set(practitionerId, presence);
    return presence;
  }

  private positionsOf(groups: PositionRange): PositionRange {
    return {
      from: this.groups[groups.from]!.positions.from,
      until: this.groups[groups.until - 1]!.positions.until,
    };
  }

  private countCases(groups: readonly PositionRange[]): number {
    return groups.reduce((count, span) => {
      const { from, until } = this.positionsOf(span);
      return count + until - from;
    }, 0);
  }
}

/** Teams, their practitioners and their cases, each in order. Sorting in small groups keeps the cost near-linear. */
function casesByTeam(cases: readonly Case[]): Case[][][] {
  return sortedGroups(cases, (one) => one.teamId).map((team) =>
    sortedGroups(team, (one) => one.allocatedWorkerId).map((group) =>
      group.sort((one, other) => compareText(one.ref, other.ref)),
    ),
  );
}

function sortedGroups(cases: readonly Case[], keyOf: (one: Case) => string): Case[][] {
  return [...gather(cases, keyOf, itself)]
    .sort(([one], [other]) => compareText(one, other))
    .map(([, group]) => group);
}

function groupsIn(teams: readonly (readonly (readonly Case[])[])[]): CaseGroup[] {
  let from = 0;
  return teams.flat().map((group) => {
    const { teamId, allocatedWorkerId: practitionerId } = group[0]!;
    const positions = { from, until: from + group.length };
    from = positions.until;
    return { teamId, practitionerId, positions };
  });
}

/** The span of each key in a list in which equal keys are next to each other. */
function spansOf<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, PositionRange> {
  const spans = new Map<Key, PositionRange>();
  for (const [at, item] of items.entries()) {
    const key = keyOf(item);
    spans.set(key, { from: spans.get(key)?.from ?? at, until: at + 1 });
  }
  return spans;
}

function gather<Item, Key, Value>(
  items: Iterable<Item>,
  keyOf: (item: Item) => Key | undefined,
  valueOf: (item: Item) => Value,
): Map<Key, Value[]> {
  const gathered = new Map<Key, Value[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const values = gathered.get(key);
    if (values === undefined) gathered.set(key, [valueOf(item)]);
    else values.push(valueOf(item));
  }
  return gathered;
}

function itself<T>(item: T): T {
  return item;
}
