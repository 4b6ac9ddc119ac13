import type { CaseRef, PersonId, ServiceId, TeamId, AadObjectId } from '../../../../src/practice/base/ids.js';
import type { Case, Person, Roster, Service, Team } from '../../../../src/practice/council/organisation.js';
import { localDate } from '../../../../src/practice/base/time.js';

const head = 'head' as PersonId;

export function aService(id: string, changed: Partial<Service> = {}): Service {
  return {
    id: id as ServiceId,
    name: `Service ${id}`,
    linkReviewerId: head,
    serviceManagerId: head,
    headOfServiceId: head,
    assistantDirectorId: head,
    ...changed,
  };
}

export function aTeam(id: string, changed: Partial<Team> = {}): Team {
  return {
    id: id as TeamId,
    serviceId: 's1' as ServiceId,
    name: `Team ${id}`,
    teamManagerId: head,
    teamsTeamId: `19:${id}`,
    alertChannelId: `19:${id}`,
    meetingChannelId: `19:${id}-meeting`,
    meetingRule: 'DTSTART:20240101T100000 RRULE:FREQ=WEEKLY;BYDAY=MO',
    ...changed,
  };
}

export function aPerson(id: string, changed: Partial<Person> = {}): Person {
  return {
    id: id as PersonId,
    name: `Person ${id}`,
    email: `${id}@larkshire.example`,
    aadObjectId: `aad-${id}` as AadObjectId,
    roles: ['manager', 'link-reviewer', 'practitioner'],
    activeFrom: localDate('2019-01-01'),
    absences: [],
    ...changed,
  };
}

export function aCase(ref: string, changed: Partial<Case> = {}): Case {
  return {
    ref: ref as CaseRef,
    teamId: 't1' as TeamId,
    allocatedWorkerId: head,
    cohort: 'disability',
    openedOn: localDate('2021-01-01'),
    ...changed,
  };
}

export function aRoster(changed: Partial<Roster> = {}): Roster {
  return {
    services: [aService('s1')],
    teams: [aTeam('t1')],
    people: [aPerson('head')],
    cases: [aCase('c1')],
    ...changed,
  };
}
