import type { CouncilContext } from '../../council/council-context.js';
import type { PersonId, TeamId } from '../../base/ids.js';
import { isHere, qaLeads } from '../../council/staff.js';

/** The first of them who is in the council's employ; the QA leads when none is, so that nothing is nobody's. */
export function firstHere(council: CouncilContext, ...ids: readonly (PersonId | undefined)[]): PersonId[] {
  const first = ids.find((id) => id !== undefined && isHere(id, council));
  return first === undefined ? qaLeads(council) : [first];
}

/** The Team Manager, and above them the Service Manager: who is next in line for a team. */
export function lineOf(teamId: TeamId, { organisation }: CouncilContext): (PersonId | undefined)[] {
  const team = organisation.teams.get(teamId);
  const service = team && organisation.services.get(team.serviceId);
  return [team?.teamManagerId, service?.serviceManagerId];
}

/** Those QA leads who have no part in it; all of them where nobody else is there. */
export function qaLeadsBut(council: CouncilContext, ...taken: readonly (PersonId | undefined)[]): PersonId[] {
  const all = qaLeads(council);
  const free = all.filter((id) => !taken.includes(id));
  return free.length === 0 ? all : free;
}
