import type { CouncilContext } from './council-context.js';
import type { PersonId, TeamId } from '../base/ids.js';
import { addDays, isWorkingDay, type LocalDate } from '../base/time.js';
import { isAbsent, isActive } from './organisation.js';

/** In the council's employ today. */
export function isHere(id: PersonId | undefined, { organisation, today }: CouncilContext): boolean {
  const person = id === undefined ? undefined : organisation.people.get(id);
  return person !== undefined && isActive(person, today);
}

/** In the council's employ today, and not on leave. */
export function isAtWork(id: PersonId | undefined, { organisation, today }: CouncilContext): boolean {
  const person = id === undefined ? undefined : organisation.people.get(id);
  return person !== undefined && isActive(person, today) && !isAbsent(person, today);
}

/** True when they have left, or are on leave today and on every working day until that day. */
export function isAwayUntil(
  id: PersonId,
  until: LocalDate,
  { organisation, today, holidays }: CouncilContext,
): boolean {
  const person = organisation.people.get(id);
  if (person === undefined || !isActive(person, today)) return true;
  if (!isAbsent(person, today)) return false;
  for (let day = today; day <= until; day = addDays(day, 1)) {
    if (isWorkingDay(day, holidays) && !isAbsent(person, day)) return false;
  }
  return true;
}

/** The first of them who is in the council's employ; the QA leads when none is, so that nothing is nobody's. */
export function firstHere(council: CouncilContext, ...ids: readonly (PersonId | undefined)[]): PersonId[] {
  const first = ids.find((id) => id !== undefined && isHere(id, council));
  return first === undefined ? qaLeads(council) : [first];
}

/** The Team Manager, and above them the Service Manager: who is next in line for a team. */
export function managersOfTeam(teamId: TeamId, { organisation }: CouncilContext): (PersonId | undefined)[] {
  const team = organisation.teams.get(teamId);
  const service = team && organisation.services.get(team.serviceId);
  return [team?.teamManagerId, service?.serviceManagerId];
}

export function qaLeads({ organisation, today }: CouncilContext): PersonId[] {
  return organisation.withRole('qa-lead', today).map(({ id }) => id);
}
