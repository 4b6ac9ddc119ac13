import type { House } from '../house.js';
import type { PersonId } from '../ids.js';
import { isAbsent, isActive } from './organisation.js';

/** In the council's employ today. */
export function isHere(id: PersonId, { organisation, today }: House): boolean {
  const person = organisation.people.get(id);
  return person !== undefined && isActive(person, today);
}

/** In the council's employ today, and not on leave. */
export function isAtWork(id: PersonId | undefined, { organisation, today }: House): boolean {
  const person = id === undefined ? undefined : organisation.people.get(id);
  return person !== undefined && isActive(person, today) && !isAbsent(person, today);
}

export function qaLeads({ organisation, today }: House): PersonId[] {
  return organisation.withRole('qa-lead', today).map(({ id }) => id);
}
