import type { House } from '../../council/house.js';
import type { PersonId, TeamId } from '../../base/ids.js';
import { isHere, qaLeads } from '../../council/staff.js';

/** The first of them who is in the council's employ; the QA leads when none is, so that nothing is nobody's. */
export function firstHere(house: House, ...ids: readonly (PersonId | undefined)[]): PersonId[] {
  const first = ids.find((id) => id !== undefined && isHere(id, house));
  return first === undefined ? qaLeads(house) : [first];
}

/** The Team Manager, and above them the Service Manager: who is next in line for a team. */
export function lineOf(teamId: TeamId, { organisation }: House): (PersonId | undefined)[] {
  const team = organisation.teams.get(teamId);
  const service = team && organisation.services.get(team.serviceId);
  return [team?.teamManagerId, service?.serviceManagerId];
}

/** Those QA leads who have no part in it; all of them where nobody else is there. */
export function qaLeadsBut(house: House, ...taken: readonly (PersonId | undefined)[]): PersonId[] {
  const all = qaLeads(house);
  const free = all.filter((id) => !taken.includes(id));
  return free.length === 0 ? all : free;
}
