import type { House } from '../house.js';
import type { ServiceId, TeamId } from '../ids.js';
import { isActive, type Person } from '../organisation/organisation.js';

/** 5.1: the service's link reviewer; the QA lead in their stead, so that a brief never waits for one person. */
export function mayWriteBrief(person: Person, serviceId: ServiceId, { organisation, today }: House): boolean {
  const service = organisation.services.get(serviceId);
  if (service === undefined || !isActive(person, today)) return false;
  return service.linkReviewerId === person.id || person.roles.includes('qa-lead');
}

/** 5.2: anyone of the team, and its Team Manager. */
export function mayRecordFor(person: Person, teamId: TeamId, { organisation, today }: House): boolean {
  const team = organisation.teams.get(teamId);
  if (team === undefined || !isActive(person, today)) return false;
  return person.teamId === teamId || team.teamManagerId === person.id;
}
