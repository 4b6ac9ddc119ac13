import { fileURLToPath } from 'node:url';
import type { PersonId, ServiceId, TeamId } from '../practice/base/ids.js';
import type { Organisation } from '../practice/council/organisation.js';

/** `src/` and `dist/` are neighbours, so the CSV files are found from both without a copy in the build. */
export const sampleCouncilFolder = fileURLToPath(new URL('../../src/local/sample-council', import.meta.url));

/** What the draw gave a manager: a case of this team and service, worked by this practitioner. */
export interface SampleDraw {
  readonly managerId: PersonId;
  readonly teamId: TeamId;
  readonly serviceId: ServiceId;
  readonly practitionerId: PersonId;
}

/** Who can have a Playground. */
export type PersonaKey =
  | 'manager'
  | 'practitioner'
  | 'team-manager'
  | 'link-reviewer'
  | 'qa-lead'
  | 'service-manager'
  | 'head-of-service'
  | 'assistant-director';
export type Personas = Readonly<Record<PersonaKey, PersonId>>;

/**
 * Different people who can play one month together: a manager, the practitioner whose case they drew, the
 * Team Manager of its team, the link reviewer of its service (who took no part in it), a QA lead, and those
 * an alert climbs to. The draw is random, so they are chosen from it: the first that fits, managers in the
 * order of their ids.
 *
 * @returns nothing, when no draw fits
 */
export function choosePersonas(
  organisation: Organisation,
  draws: readonly SampleDraw[],
): Personas | undefined {
  const inOrder = [...draws].sort((a, b) => (a.managerId < b.managerId ? -1 : 1));
  for (const draw of inOrder) {
    const chosen = personasOf(organisation, draw);
    if (chosen !== undefined) return chosen;
  }
  return undefined;
}

function personasOf(organisation: Organisation, draw: SampleDraw): Personas | undefined {
  const team = organisation.teams.get(draw.teamId);
  const service = organisation.services.get(draw.serviceId);
  if (team === undefined || service === undefined) return undefined;
  const taking = {
    manager: draw.managerId,
    practitioner: draw.practitionerId,
    'team-manager': team.teamManagerId,
    'link-reviewer': service.linkReviewerId,
    'service-manager': service.serviceManagerId,
    'head-of-service': service.headOfServiceId,
    'assistant-director': service.assistantDirectorId,
  };
  const others = Object.values(taking);
  if (!isFull(taking)) return undefined;
  const qaLead = organisation.roster.people.find(
    ({ id, roles }) => roles.includes('qa-lead') && !others.includes(id),
  )?.id;
  if (qaLead === undefined || new Set(others).size < others.length) return undefined;
  return { ...taking, 'qa-lead': qaLead };
}

function isFull<Key extends string>(
  posts: Record<Key, PersonId | undefined>,
): posts is Record<Key, PersonId> {
  return Object.values(posts).every((id) => id !== undefined);
}
