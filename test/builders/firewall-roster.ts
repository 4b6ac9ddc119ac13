import {
  Organisation,
  type Case,
  type Person,
  type Roster,
} from '../../src/practice/council/organisation.js';
import type { AadObjectId, CaseRef, PersonId, ServiceId, TeamId } from '../../src/practice/base/ids.js';
import { localDate } from '../../src/practice/base/time.js';

/** The made-up council of Northmoor, whose people are named to be hard to tell from everyday words. */
const names = [
  ...['Sarah Okafor', 'Grace Hill', 'Mark Wood', 'Will Young', 'May Price', 'Hope Green', 'Rose Day'],
  ...[
    'Jade Brown',
    'Idris Bevan',
    'Siân O’Brien',
    'Anne-Marie Fitzgerald-Cole',
    'Zoë Müller',
    'Łukasz Nowak',
  ],
  ...['Priya Raman', 'Tom Marsh', 'Quentin Archer', 'Mohammed Al-Hassan', "D'Arcy Penhaligon"],
  ...['Ffion Llewellyn', 'Kwame Mensah', 'Beatriz de Souza', 'Ngozi Eze', 'Callum McAllister'],
  ...['Tamsin Blackwood', 'Oluwaseun Adeyemi'],
];

const refs = [
  ...['NC-100871', 'NC-104233', 'NC-104377', 'NC-104501', 'NC-104502'],
  ...['ELM/21/0457', 'ELM/21/0458', 'ELM/20/0113'],
];

const serviceId = 'assessment' as ServiceId;
const teamIds = ['northgate', 'marsh-lane'] as TeamId[];

export function aPerson(id: string, name: string): Person {
  return {
    id: id as PersonId,
    name,
    email: `${id}@northmoor.example`,
    aadObjectId: `aad-${id}` as AadObjectId,
    roles: ['practitioner'],
    serviceId,
    activeFrom: localDate('2020-01-01'),
    absences: [],
  };
}

export function aCase(ref: string): Case {
  return {
    ref: ref as CaseRef,
    teamId: teamIds[0]!,
    allocatedWorkerId: 'p1' as PersonId,
    cohort: 'child-in-need',
    openedOn: localDate('2022-03-01'),
  };
}

export function firewallRoster(): Roster {
  const someone = 'p1' as PersonId;
  return {
    services: [
      {
        id: serviceId,
        name: 'Assessment and Intervention',
        linkReviewerId: someone,
        serviceManagerId: someone,
        headOfServiceId: someone,
        assistantDirectorId: someone,
      },
    ],
    teams: teamIds.map((id) => ({
      id,
      serviceId,
      name: id === 'northgate' ? 'Northgate Team' : 'Marsh Lane Team',
      teamManagerId: someone,
      teamsTeamId: `${id}-teams`,
      alertChannelId: `${id}-alerts`,
      meetingChannelId: `${id}-meeting`,
      meetingRule: 'DTSTART:20220104T100000 RRULE:FREQ=WEEKLY;BYDAY=MO',
    })),
    people: names.map((name, at) => aPerson(`p${at + 1}`, name)),
    cases: refs.map(aCase),
  };
}

export function firewallOrganisation(): Organisation {
  return new Organisation(1, firewallRoster());
}
