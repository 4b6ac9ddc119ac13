import { createHash } from 'node:crypto';
import type { AadObjectId, CaseRef, PersonId, ServiceId, TeamId } from '../../src/practice/base/ids.js';
import type {
  Case,
  Cohort,
  Person,
  Role,
  Roster,
  Service,
  Team,
} from '../../src/practice/council/organisation.js';
import { cohorts } from '../../src/practice/council/organisation.js';
import { localDate } from '../../src/practice/base/time.js';

/**
 * A council small enough to know by heart, plainly fictional: two services (assessment, care), two teams
 * each, four team managers who review, and everyone the alert ladder needs. Ids read like roles; nobody's
 * name is a title that a channel may show.
 */
export function smallCouncil(): Roster {
  return { services: services(), teams: teams(), people: people(), cases: cases() };
}

const teamIds = ['ash', 'birch', 'cedar', 'damson'] as const;
const serviceOf = { ash: 'assessment', birch: 'assessment', cedar: 'care', damson: 'care' } as const;

function services(): Service[] {
  return (['assessment', 'care'] as const).map((id) => ({
    id: id as string as ServiceId,
    name: id === 'assessment' ? 'Assessment Service' : 'Children in Care Service',
    linkReviewerId: personId(`${id}-reviewer`),
    serviceManagerId: personId(`${id}-service-manager`),
    headOfServiceId: personId('head-of-service'),
    assistantDirectorId: personId('assistant-director'),
  }));
}

function teams(): Team[] {
  return teamIds.map((id) => ({
    id: id as string as TeamId,
    serviceId: serviceOf[id] as string as ServiceId,
    name: `${id[0]?.toUpperCase()}${id.slice(1)} Team`,
    teamManagerId: personId(`${id}-manager`),
    teamsTeamId: `19:${id}-general@thread.tacv2`,
    alertChannelId: `19:${id}-general@thread.tacv2`,
    meetingChannelId: `19:${id}-meeting@thread.tacv2`,
    meetingRule: 'DTSTART:20220103T100000\nRRULE:FREQ=WEEKLY;BYDAY=MO',
  }));
}

function people(): Person[] {
  const staff = teamIds.flatMap((team) => [
    person(`${team}-manager`, ['manager'], team),
    ...['first', 'second', 'third'].map((nth) => person(`${team}-worker-${nth}`, ['practitioner'], team)),
  ]);
  return [
    ...staff,
    ...['assessment', 'care'].flatMap((service) => [
      person(`${service}-reviewer`, ['link-reviewer']),
      person(`${service}-service-manager`, []),
    ]),
    person('head-of-service', []),
    person('assistant-director', []),
    person('qa-lead', ['qa-lead']),
    person('business-support', ['business-support']),
  ];
}

function person(id: string, roles: Role[], team?: (typeof teamIds)[number]): Person {
  return {
    id: personId(id),
    name: nameOf(id),
    email: `${id}@council.example`,
    aadObjectId: aadObjectIdOf(id),
    roles,
    ...(team === undefined
      ? {}
      : { teamId: team as string as TeamId, serviceId: serviceOf[team] as string as ServiceId }),
    activeFrom: localDate('2020-01-01'),
    absences: [],
  };
}

/** Each worker has two open cases, in turn of the six cohorts. */
function cases(): Case[] {
  return teamIds.flatMap((team, t) =>
    ['first', 'second', 'third'].flatMap((nth, w) =>
      [0, 1].map((n) => ({
        ref: `CS-${1000 + t * 100 + w * 10 + n}` as CaseRef,
        teamId: team as string as TeamId,
        allocatedWorkerId: personId(`${team}-worker-${nth}`),
        cohort: cohorts[(t + w + n) % cohorts.length] as Cohort,
        openedOn: localDate('2021-09-01'),
      })),
    ),
  );
}

function personId(id: string): PersonId {
  return id as PersonId;
}

const namesOfOthers: Readonly<Record<string, string>> = {
  'assessment-reviewer': 'Rhona Abernethy',
  'assessment-service-manager': 'Gareth Okonkwo',
  'care-reviewer': 'Yusuf Pritchard',
  'care-service-manager': 'Elspeth Zaman',
  'head-of-service': 'Tobias Fairclough',
  'assistant-director': 'Ravinder Osei',
  'qa-lead': 'Amina Thackeray',
  'business-support': 'Delyth Marchetti',
};

function nameOf(id: string): string {
  const other = namesOfOthers[id];
  if (other !== undefined) return other;
  return id
    .split('-')
    .map((part) => `${part[0]?.toUpperCase()}${part.slice(1)}`)
    .join(' ');
}

/** A UUID made from the id, the same in every run. */
export function aadObjectIdOf(id: string): AadObjectId {
  const hex = createHash('sha256').update(id).digest('hex').slice(0, 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}` as AadObjectId;
}
