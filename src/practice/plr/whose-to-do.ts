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
 * Who is told that it is late: the line manager; if there is no active one, the Service Manager; if there is no
 * service, the QA leads. Nobody is told when it is with a QA lead.
 */
export function lineManagers(plr: Plr, council: CouncilContext): PersonId[] {
  const { organisation, today } = council;
  const manager = organisation.people.get(whoHasItToDo(plr));
  if (manager?.id !== plr.managerId) return [];
  const service =
    plr.managerServiceId === undefined ? undefined : organisation.services.get(plr.managerServiceId);
  const one = [manager.lineManagerId, service?.serviceManagerId].find((id) => {
    const person = id === undefined ? undefined : organisation.people.get(id);
    return person !== undefined && person.id !== manager.id && isActive(person, today);
  });
  return one === undefined ? qaLeads(council) : [one];
}
