import fc from 'fast-check';
import type { AadObjectId, CaseRef, PersonId, ServiceId, TeamId } from '../../src/practice/base/ids.js';
import {
  cohorts,
  Organisation,
  type Case,
  type Cohort,
  type Person,
  type Role,
  type Roster,
  type Service,
  type Team,
} from '../../src/practice/council/organisation.js';
import { randomFrom } from '../../src/practice/base/random.js';
import { localDate, type DateRange, type LocalDate } from '../../src/practice/base/time.js';

/** The size of a made-up council. Every number is a total, except the caseload. */
export interface CouncilSize {
  readonly services: number;
  readonly teams: number;
  /** Managers; the first ones manage a team each, the rest are senior managers without a team. */
  readonly managers: number;
  readonly practitioners: number;
  readonly casesPerPractitioner: number;
}

const usualSize: CouncilSize = {
  services: 2,
  teams: 6,
  managers: 8,
  practitioners: 18,
  casesPerPractitioner: 4,
};
const joined = localDate('2020-04-01');

/**
 * A fictional council, the same for the same size: `aCouncil({ teams: 3 }).build()`. Ids are `S01`, `T01`,
 * `M01` (managers), `P001` (practitioners) and `C0001`; teams and practitioners are dealt out in turn.
 */
export function aCouncil(size: Partial<CouncilSize> = {}): CouncilBuilder {
  return new CouncilBuilder(rosterOf({ ...usualSize, ...size }), 1);
}

export class CouncilBuilder {
  private readonly roster: Roster;
  private readonly version: number;

  constructor(roster: Roster, version: number) {
    this.roster = roster;
    this.version = version;
  }

  /** Someone with other facts than the usual: `.withPerson('M01', { absences: [...] })`. Throws on an unknown id. */
  withPerson(id: string, facts: Partial<Omit<Person, 'id'>>): CouncilBuilder {
    return this.with({ people: changed(this.roster.people, (person) => person.id === id, facts) });
  }

  withCase(ref: string, facts: Partial<Omit<Case, 'ref'>>): CouncilBuilder {
    return this.with({ cases: changed(this.roster.cases, (one) => one.ref === ref, facts) });
  }

  withTeam(id: string, facts: Partial<Omit<Team, 'id'>>): CouncilBuilder {
    return this.with({ teams: changed(this.roster.teams, (team) => team.id === id, facts) });
  }

  /** The same council with its rows in another order. */
  shuffled(seed: string): CouncilBuilder {
    const random = randomFrom(seed);
    const { services, teams, people, cases } = this.roster;
    return this.with({
      services: random.shuffle(services),
      teams: random.shuffle(teams),
      people: random.shuffle(people),
      cases: random.shuffle(cases),
    });
  }

  atVersion(version: number): CouncilBuilder {
    return new CouncilBuilder(this.roster, version);
  }

  build(): Organisation {
    return new Organisation(this.version, this.roster);
  }

  private with(part: Partial<Roster>): CouncilBuilder {
    return new CouncilBuilder({ ...this.roster, ...part }, this.version);
  }
}

/** A person with nothing special about them. */
export function aPerson(id: string, facts: Partial<Omit<Person, 'id'>> = {}): Person {
  return {
    id: id as PersonId,
    name: `Person ${id}`,
    email: `${id.toLowerCase()}@council.example`,
    aadObjectId: `aad-${id}` as AadObjectId,
    roles: ['practitioner'],
    activeFrom: joined,
    absences: [],
    ...facts,
  };
}

function changed<T>(all: readonly T[], isIt: (one: T) => boolean, facts: Partial<NoInfer<T>>): T[] {
  if (!all.some(isIt)) throw new Error('The council has no such person, case or team');
  return all.map((one) => (isIt(one) ? { ...one, ...facts } : one));
}

function rosterOf(size: CouncilSize): Roster {
  const serviceId = (index: number) => numbered<ServiceId>('S', (index % size.services) + 1, 2);
  const teamId = (index: number) => numbered<TeamId>('T', (index % size.teams) + 1, 2);
  const services = upTo(size.services, (index) => aService(serviceId(index)));
  const teams = upTo(size.teams, (index) =>
    aTeam(teamId(index), serviceId(index), numbered<PersonId>('M', (index % size.managers) + 1, 2)),
  );
  const managers = upTo(size.managers, (index) => {
    const hasTeam = index < size.teams;
    const roles: Role[] = [hasTeam ? 'manager' : 'senior-manager'];
    const home = hasTeam ? { teamId: teamId(index), serviceId: serviceId(index) } : {};
    return aPerson(numbered('M', index + 1, 2), { roles, ...home });
  });
  const practitioners = upTo(size.practitioners, (index) => {
    const team = teams[index % size.teams]!;
    const { id, serviceId: service, teamManagerId } = team;
    return aPerson(numbered('P', index + 1, 3), {
      teamId: id,
      serviceId: service,
      lineManagerId: teamManagerId!,
    });
  });
  const cases = upTo(size.practitioners * size.casesPerPractitioner, (index) => {
    const worker = practitioners[index % size.practitioners]!;
    return aCase(numbered('C', index + 1, 4), worker.teamId!, worker.id, cohorts[index % cohorts.length]!);
  });
  return { services, teams, people: [...managers, ...practitioners], cases };
}

function upTo<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

function numbered<Id extends string>(letter: string, number: number, digits: number): Id {
  return `${letter}${String(number).padStart(digits, '0')}` as Id;
}

function aService(id: ServiceId): Service {
  const senior = 'M01' as PersonId;
  return {
    id,
    name: `Service ${id}`,
    linkReviewerId: senior,
    serviceManagerId: senior,
    headOfServiceId: senior,
    assistantDirectorId: senior,
  };
}

function aTeam(id: TeamId, serviceId: ServiceId, teamManagerId: PersonId): Team {
  return {
    id,
    serviceId,
    name: `Team ${id}`,
    teamManagerId,
    teamsTeamId: `teams-${id}`,
    alertChannelId: `alert-${id}`,
    meetingChannelId: `meeting-${id}`,
    meetingRule: 'DTSTART:20220103T100000 RRULE:FREQ=WEEKLY;BYDAY=MO',
  };
}

function aCase(ref: string, teamId: TeamId, allocatedWorkerId: PersonId, cohort: Cohort): Case {
  return { ref: ref as CaseRef, teamId, allocatedWorkerId, cohort, openedOn: joined };
}

/**
 * Awkward little councils, small enough to try out every possible draw: leave, leavers, closed cases,
 * borrowed workers, managers of several teams or none, managers with a caseload. For draws on 1 April 2022.
 */
export function councils(): fc.Arbitrary<Organisation> {
  return fc
    .integer({ min: 1, max: 4 })
    .chain((teams) =>
      fc.record({
        managerOfTeam: fc.array(fc.nat(), { minLength: teams, maxLength: teams }),
        managers: fc.array(awkwardPersons(teams), { minLength: 1, maxLength: 5 }),
        practitioners: fc.array(awkwardPersons(teams), { minLength: 1, maxLength: 5 }),
        cases: fc.array(awkwardCases(teams), { maxLength: 7 }),
      }),
    )
    .map(awkwardCouncil);
}

const wholeApril = { from: localDate('2022-03-28'), until: localDate('2022-05-02') };
const weekdaysOfApril: DateRange[] = ['2022-04-01/2022-04-08', '2022-04-11/2022-04-29'].map(spell);
const earlyApril = spell('2022-04-01/2022-04-14');
const lateApril = spell('2022-04-12/2022-04-30');

function spell(text: string): DateRange {
  const [from, until] = text.split('/').map(localDate) as [LocalDate, LocalDate];
  return { from, until };
}

function awkwardPersons(teams: number) {
  return fc.record({
    team: fc.option(fc.nat(teams - 1)),
    ledBy: fc.option(fc.nat()),
    facts: fc.oneof(
      { weight: 6, arbitrary: fc.constant({}) },
      fc.constantFrom<Partial<Person>>(
        { absences: [wholeApril] },
        { absences: weekdaysOfApril },
        { absences: [earlyApril] },
        { absences: [lateApril] },
        { activeUntil: localDate('2022-03-31') },
        { activeUntil: localDate('2022-04-08') },
        { activeFrom: localDate('2022-04-04') },
      ),
    ),
  });
}

function awkwardCases(teams: number) {
  return fc.record({
    worker: fc.nat(),
    heldByManager: fc.nat(9).map((chance) => chance === 0),
    team: fc.option(fc.nat(teams - 1)),
    cohort: fc.constantFrom(...cohorts),
    facts: fc.oneof(
      { weight: 6, arbitrary: fc.constant({}) },
      fc.constantFrom<Partial<Case>>(
        { closedOn: localDate('2022-04-01') },
        { closedOn: localDate('2022-04-02') },
        { openedOn: localDate('2022-04-04') },
      ),
    ),
  });
}

type Generated<Arbitrary> = Arbitrary extends fc.Arbitrary<infer Value> ? Value : never;

function awkwardCouncil(parts: {
  managerOfTeam: number[];
  managers: Generated<ReturnType<typeof awkwardPersons>>[];
  practitioners: Generated<ReturnType<typeof awkwardPersons>>[];
  cases: Generated<ReturnType<typeof awkwardCases>>[];
}): Organisation {
  const team = (index: number) => numbered<TeamId>('T', index + 1, 2);
  const manager = (index: number) => numbered<PersonId>('M', (index % parts.managers.length) + 1, 2);
  const member = (one: (typeof parts.managers)[number], id: string, roles: Role[]) =>
    aPerson(id, {
      roles,
      ...(one.team === null ? {} : { teamId: team(one.team) }),
      ...(one.ledBy === null ? {} : { lineManagerId: manager(one.ledBy) }),
      ...one.facts,
    });
  const managers = parts.managers.map((one, index) => member(one, manager(index), ['manager']));
  const practitioners = parts.practitioners.map((one, index) =>
    member(one, numbered('P', index + 1, 3), ['practitioner']),
  );
  const serviceId = 'S01' as ServiceId;
  const teams = parts.managerOfTeam.map((led, index) => aTeam(team(index), serviceId, manager(led)));
  const cases = parts.cases.map((one, index): Case => {
    const workers = one.heldByManager ? managers : practitioners;
    const worker = workers[one.worker % workers.length]!;
    const teamId = one.team === null ? (worker.teamId ?? team(0)) : team(one.team);
    return { ...aCase(numbered('C', index + 1, 4), teamId, worker.id, one.cohort), ...one.facts };
  });
  return new Organisation(1, {
    services: [aService(serviceId)],
    teams,
    people: [...managers, ...practitioners],
    cases,
  });
}
