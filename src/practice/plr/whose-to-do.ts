import type { PersonId } from '../base/ids.js';
import type { CouncilContext } from '../council/council-context.js';
import { isActive } from '../council/organisation.js';
import { qaLeads } from '../council/staff.js';
import type { Plr } from './plr.js';

/** The manager, or the QA lead who took it over. */
export function whoHasItToDo({ managerId, qaCompletes }: Plr): PersonId {
  return qaCompletes?.decidedBy ?? managerId;
}

/**
 * Who is told that it is late: the line manager, with the second chase the Service Manager too, with the third the
 * Head of Service. A post that nobody holds falls to the next above; where there is nobody at all, the QA leads are
 * told. Nobody is told when it is with a QA lead.
 */
export function leadersAbove(plr: Plr, chases: number, council: CouncilContext): PersonId[] {
  const { organisation, today } = council;
  const manager = organisation.people.get(whoHasItToDo(plr));
  if (chases === 0 || manager?.id !== plr.managerId) return [];
  const service =
    plr.managerServiceId === undefined ? undefined : organisation.services.get(plr.managerServiceId);
  const posts = [manager.lineManagerId, service?.serviceManagerId, service?.headOfServiceId];
  const isThere = (id: PersonId | undefined) => {
    const person = id === undefined ? undefined : organisation.people.get(id);
    return person !== undefined && person.id !== manager.id && isActive(person, today);
  };
  const told = posts.slice(0, chases).flatMap((_, at) => posts.slice(at).find(isThere) ?? []);
  return told.length === 0 ? qaLeads(council) : [...new Set(told)];
}
