import { fileURLToPath } from 'node:url';
import type { PersonId, ServiceId, TeamId } from '../practice/ids.js';
import type { Organisation } from '../practice/organisation/organisation.js';

/** `src/` and `dist/` are neighbours, so the CSV files are found from both without a copy in the build. */
export const sampleCouncilFolder = fileURLToPath(new URL('../../src/local/sample-council', import.meta.url));

/** What the draw gave a manager: a case of this team and service, worked by this practitioner. */
export interface DrawnCase {
  readonly managerId: PersonId;
  readonly teamId: TeamId;
  readonly serviceId: ServiceId;
  readonly practitionerId: PersonId;
}

/** The people of the four Playgrounds, and the practitioner whose case it is (who has none of their own). */
export interface Personas {
  readonly manager: PersonId;
  readonly practitioner: PersonId;
  readonly teamManager: PersonId;
  readonly linkReviewer: PersonId;
  readonly qaLead: PersonId;
}

/**
 * Four different people who can play one month together: a manager, the Team Manager of the team whose case
 * they drew, the link reviewer of that team's service (who took no part in it) and a QA lead. The draw is
 * random, so they are chosen from it: the first that fits, managers in the order of their ids.
 *
 * @returns nothing, when no draw fits
 */
export function choosePersonas(
  organisation: Organisation,
  draws: readonly DrawnCase[],
): Personas | undefined {
  const inOrder = [...draws].sort((a, b) => (a.managerId < b.managerId ? -1 : 1));
  for (const draw of inOrder) {
    const chosen = personasOf(organisation, draw);
    if (chosen !== undefined) return chosen;
  }
  return undefined;
}

function personasOf(organisation: Organisation, draw: DrawnCase): Personas | undefined {
  const { managerId: manager, practitionerId: practitioner } = draw;
  const teamManager = organisation.teams.get(draw.teamId)?.teamManagerId;
  const linkReviewer = organisation.services.get(draw.serviceId)?.linkReviewerId;
  if (teamManager === undefined || linkReviewer === undefined) return undefined;
  const others = [manager, practitioner, teamManager, linkReviewer];
  const qaLead = organisation.roster.people.find(
    ({ id, roles }) => roles.includes('qa-lead') && !others.includes(id),
  )?.id;
  if (qaLead === undefined || new Set(others).size < others.length) return undefined;
  return { manager, practitioner, teamManager, linkReviewer, qaLead };
}
