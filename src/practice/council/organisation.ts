import type { AadObjectId, CaseRef, PersonId, ServiceId, TeamId } from '../base/ids.js';
import type { RungId, rungPosts } from './ladder.js';
import { isWithin, type DateRange, type LocalDate } from '../base/time.js';

export const roles = [
  'manager',
  'senior-manager',
  'practitioner',
  'link-reviewer',
  'qa-lead',
  'business-support',
] as const;
export type Role = (typeof roles)[number];

/** The six cohorts of the framework (docs/domain.md, "People and places"). */
export const cohorts = [
  'child-in-need',
  'child-protection',
  'child-in-care',
  'care-experienced',
  'early-help',
  'disability',
] as const;
export type Cohort = (typeof cohorts)[number];

type SeniorPosts = { readonly [Post in (typeof rungPosts)[RungId]['post']]?: PersonId };

/** A post that is not filled is absent: its work goes to the next in line. */
export interface Service extends SeniorPosts {
  readonly id: ServiceId;
  readonly name: string;
  readonly linkReviewerId?: PersonId;
}

export interface Team {
  readonly id: TeamId;
  readonly serviceId: ServiceId;
  readonly name: string;
  /** Absent while the post is vacant: the Service Manager has the team's work. */
  readonly teamManagerId?: PersonId;
  readonly teamsTeamId: string;
  readonly alertChannelId: string;
  readonly meetingChannelId: string;
  /** iCalendar DTSTART and RRULE in British local time, parted by a line break or a space. */
  readonly meetingRule: string;
}

export interface Person {
  readonly id: PersonId;
  readonly name: string;
  /** What they are called, where it is not the name in the files: the firewall looks for it too. */
  readonly knownAs?: string;
  readonly email: string;
  /** Shown in a personal chat alone, to whoever must ring them. */
  readonly telephone?: string;
  readonly aadObjectId: AadObjectId;
  readonly roles: readonly Role[];
  readonly teamId?: TeamId;
  readonly serviceId?: ServiceId;
  readonly lineManagerId?: PersonId;
  readonly activeFrom: LocalDate;
  readonly activeUntil?: LocalDate;
  readonly absences: readonly DateRange[];
}

export interface Case {
  readonly ref: CaseRef;
  readonly teamId: TeamId;
  readonly allocatedWorkerId: PersonId;
  readonly cohort: Cohort;
  readonly openedOn: LocalDate;
  readonly closedOn?: LocalDate;
}

/** The roster as plain data: what an import makes and storage keeps, whole and by version. */
export interface Roster {
  readonly services: readonly Service[];
  readonly teams: readonly Team[];
  readonly people: readonly Person[];
  readonly cases: readonly Case[];
  /** What earlier rosters had and the files no longer have (keep-former.ts). */
  readonly former?: Former;
}

/** No longer in the files, but named by id in past PLRs: looked up like the others, never listed with them. */
export interface Former {
  readonly services: readonly Service[];
  readonly teams: readonly Team[];
  readonly people: readonly Person[];
}

/** The roster with its indexes: built once for each version, read everywhere, never changed. */
export class Organisation {
  readonly version: number;
  readonly roster: Roster;
  readonly services: ReadonlyMap<ServiceId, Service>;
  readonly teams: ReadonlyMap<TeamId, Team>;
  readonly people: ReadonlyMap<PersonId, Person>;
  readonly cases: ReadonlyMap<CaseRef, Case>;
  private readonly byAadObjectId: ReadonlyMap<AadObjectId, Person>;

  constructor(version: number, roster: Roster) {
    this.version = version;
    this.roster = roster;
    // The former come first, so that whoever is in the files now wins where both have the same Entra object id.
    const people = [...(roster.former?.people ?? []), ...roster.people];
    this.services = byId([...(roster.former?.services ?? []), ...roster.services]);
    this.teams = byId([...(roster.former?.teams ?? []), ...roster.teams]);
    this.people = byId(people);
    this.cases = new Map(roster.cases.map((one) => [one.ref, one]));
    this.byAadObjectId = new Map(people.map((person) => [person.aadObjectId, person]));
  }

  /** The person from whom an authenticated activity comes; undefined when the roster does not know them. */
  personOf(aadObjectId: AadObjectId): Person | undefined {
    return this.byAadObjectId.get(aadObjectId);
  }

  withRole(role: Role, on: LocalDate): Person[] {
    return this.roster.people.filter((person) => person.roles.includes(role) && isActive(person, on));
  }
}

function byId<Row extends { readonly id: string }>(rows: readonly Row[]): ReadonlyMap<Row['id'], Row> {
  return new Map(rows.map((row) => [row.id, row]));
}

export function isActive(person: Person, on: LocalDate): boolean {
  return person.activeFrom <= on && (person.activeUntil === undefined || on <= person.activeUntil);
}

export function isAbsent(person: Person, on: LocalDate): boolean {
  return isWithin(on, person.absences);
}

export function isOpenCase(one: Case, on: LocalDate): boolean {
  return one.openedOn <= on && (one.closedOn === undefined || on < one.closedOn);
}

/** Every manager reviews, team, service and senior managers alike (docs/domain.md, 4.1 and 7). */
export function reviewsCases(person: Person): boolean {
  return person.roles.includes('manager') || person.roles.includes('senior-manager');
}
