import type { PersonId, ServiceId, TeamId } from '../base/ids.js';
import { rungPosts } from './ladder.js';
import type { Case, Person, Role, Roster, Service, Team } from './organisation.js';

export const rosterKinds = ['services', 'teams', 'people', 'cases'] as const;
export type RosterKind = (typeof rosterKinds)[number];
export type RosterField = keyof Service | keyof Team | keyof Person | keyof Case;

/**
 * A roster as far as it could be read. A field that could not be read is absent: it has been reported already,
 * and no rule mentions it. A whole `Roster` is a draft too.
 */
export type DraftRoster = { readonly [Kind in RosterKind]: readonly Partial<Roster[Kind][number]>[] } & {
  /** Kinds with rows missing here: a reference into them is not reported as unknown. */
  readonly incomplete?: ReadonlySet<RosterKind>;
};

export interface RosterProblem {
  readonly kind: RosterKind;
  /** The place in the draft's list of that kind, from 0. */
  readonly at: number;
  readonly field: RosterField;
  /** What is wrong and what to do, in one or two plain sentences. */
  readonly say: string;
  /** Where the value was first used, when it is a repeat. */
  readonly repeats?: number;
}

/**
 * The most QA leads there may be, not counting those who have left: an alert is one transaction with a message
 * to each.
 */
const maxQaLeads = 20;

type Note = (at: number, field: RosterField, say: string | undefined) => void;

/**
 * Every rule between the rows of a roster: ids used once, references that lead somewhere, roles that fit,
 * ends after beginnings. All problems at once, in the order of the kinds and their rows.
 */
export function checkRoster(draft: DraftRoster): RosterProblem[] {
  const problems: RosterProblem[] = [];
  const noteFor =
    (kind: RosterKind): Note =>
    (at, field, say) => {
      if (say !== undefined) problems.push({ kind, at, field, say });
    };
  const to = references(draft);
  draft.services.forEach((service, at) => checkService(service, at, to, noteFor('services')));
  draft.teams.forEach((team, at) => checkTeam(team, at, to, noteFor('teams')));
  draft.people.forEach((person, at) => checkPerson(person, at, to, noteFor('people')));
  draft.cases.forEach((one, at) => checkCase(one, at, to, noteFor('cases')));
  return [...problems, ...repeats(draft), ...qaLeadsTooMany(draft)].sort(byPlace);
}

function qaLeadsTooMany({ people }: DraftRoster): RosterProblem[] {
  const leads = people.flatMap(({ roles, activeUntil }, at) =>
    roles?.includes('qa-lead') === true && activeUntil === undefined ? [at] : [],
  );
  const say = `An alert goes to every QA lead at once, and to ${maxQaLeads} at most. Give the role to fewer people, or say until when they have it.`;
  return leads.slice(maxQaLeads).map((at) => ({ kind: 'people', at, field: 'roles', say }));
}

type References = ReturnType<typeof references>;

function references(draft: DraftRoster) {
  const services = new Set(draft.services.map(({ id }) => id));
  const teams = new Set(draft.teams.map(({ id }) => id));
  // Of two people with the same id the first counts, and the second is reported.
  const people = new Map(draft.people.map((person) => [person.id, person] as const).reverse());
  // The row that is looked for may be one whose id could not be read.
  const servicesKnown = !draft.incomplete?.has('services') && !services.has(undefined);
  const teamsKnown = !draft.incomplete?.has('teams') && !teams.has(undefined);
  const peopleKnown = !draft.incomplete?.has('people') && !people.has(undefined);
  return {
    service(id: ServiceId | undefined): string | undefined {
      if (id === undefined || services.has(id) || !servicesKnown) return undefined;
      return `There is no service with the id ${id}. Correct the id, or add the service.`;
    },
    team(id: TeamId | undefined): string | undefined {
      if (id === undefined || teams.has(id) || !teamsKnown) return undefined;
      return `There is no team with the id ${id}. Correct the id, or add the team.`;
    },
    person(id: PersonId | undefined, role?: Role): string | undefined {
      if (id === undefined) return undefined;
      const person = people.get(id);
      if (person === undefined) {
        return peopleKnown
          ? `There is no person with the id ${id}. Correct the id, or add the person.`
          : undefined;
      }
      if (role === undefined || person.roles === undefined || person.roles.includes(role)) return undefined;
      return `${id} does not have the role ${role}. Name someone who has it, or give ${id} that role.`;
    },
  };
}

function checkService(service: Partial<Service>, at: number, to: References, note: Note): void {
  note(at, 'linkReviewerId', to.person(service.linkReviewerId, 'link-reviewer'));
  for (const { post } of Object.values(rungPosts)) note(at, post, to.person(service[post]));
}

function checkTeam(team: Partial<Team>, at: number, to: References, note: Note): void {
  note(at, 'serviceId', to.service(team.serviceId));
  note(at, 'teamManagerId', to.person(team.teamManagerId, 'manager'));
}

function checkPerson(person: Partial<Person>, at: number, to: References, note: Note): void {
  note(at, 'teamId', to.team(person.teamId) ?? missingTeam(person));
  note(at, 'serviceId', to.service(person.serviceId) ?? missingService(person));
  note(at, 'lineManagerId', to.person(person.lineManagerId));
  if (isBefore(person.activeUntil, person.activeFrom)) {
    note(at, 'activeUntil', 'The last active day is before the first. Correct one of the two dates.');
  }
  if (person.absences?.some(({ from, until }) => until < from)) {
    note(
      at,
      'absences',
      'An absence ends before it begins. Write the first day, a slash, then the last day.',
    );
  }
}

/**
 * Senior managers, the QA Service and business support work across the council: they may have no team and no
 * service.
 */
const acrossTheCouncil: readonly Role[] = ['senior-manager', 'link-reviewer', 'qa-lead', 'business-support'];

function belongsSomewhere({ roles }: Partial<Person>): boolean {
  return roles !== undefined && !roles.some((role) => acrossTheCouncil.includes(role));
}

/** A service manager (role `manager`) has a service but no team; a practitioner always has a team. */
function missingTeam(person: Partial<Person>): string | undefined {
  if (person.teamId !== undefined || !belongsSomewhere(person)) return undefined;
  if (person.roles?.includes('practitioner') !== true) return undefined;
  return 'A practitioner needs a team. Fill in the team they work in.';
}

function missingService(person: Partial<Person>): string | undefined {
  if (person.serviceId !== undefined || !belongsSomewhere(person)) return undefined;
  return 'A practitioner or manager needs a service. Fill in the service they work in.';
}

function checkCase(one: Partial<Case>, at: number, to: References, note: Note): void {
  note(at, 'teamId', to.team(one.teamId));
  note(at, 'allocatedWorkerId', to.person(one.allocatedWorkerId, 'practitioner'));
  if (isBefore(one.closedOn, one.openedOn)) {
    note(at, 'closedOn', 'The case closed before it opened. Correct one of the two dates.');
  }
}

function isBefore(later: string | undefined, earlier: string | undefined): boolean {
  return later !== undefined && earlier !== undefined && later < earlier;
}

/** Values that only one row may have. The value is not repeated in the sentence: it may be a case number. */
function repeats({ services, teams, people, cases }: DraftRoster): RosterProblem[] {
  const lower = (text: string | undefined) => text?.toLowerCase();
  return [
    ...repeated(
      'services',
      'id',
      services.map(({ id }) => id),
      'Another service has this id. Give each service its own.',
    ),
    ...repeated(
      'teams',
      'id',
      teams.map(({ id }) => id),
      'Another team has this id. Give each team its own.',
    ),
    ...repeated(
      'people',
      'id',
      people.map(({ id }) => id),
      'Another person has this id. Give each person one line and their own id.',
    ),
    ...repeated(
      'people',
      'email',
      people.map(({ email }) => lower(email)),
      'Another person has this email address. Give each person their own.',
    ),
    ...repeated(
      'people',
      'aadObjectId',
      people.map(({ aadObjectId }) => lower(aadObjectId)),
      'Another person has this Entra object id. Copy each person’s own from Entra.',
    ),
    ...repeated(
      'cases',
      'ref',
      cases.map(({ ref }) => ref),
      'Another line has this case reference. Keep one line for each case.',
    ),
  ];
}

function repeated(
  kind: RosterKind,
  field: RosterField,
  values: readonly (string | undefined)[],
  say: string,
): RosterProblem[] {
  const first = new Map<string, number>();
  return values.flatMap((value, at) => {
    if (value === undefined) return [];
    const before = first.get(value);
    if (before !== undefined) return [{ kind, at, field, say, repeats: before }];
    first.set(value, at);
    return [];
  });
}

function byPlace(a: RosterProblem, b: RosterProblem): number {
  return rosterKinds.indexOf(a.kind) - rosterKinds.indexOf(b.kind) || a.at - b.at;
}
