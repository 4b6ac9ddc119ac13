import { entries } from '../plr/alert.js';
import type { CouncilContext } from '../council/council-context.js';
import type { PersonId } from '../base/ids.js';
import { qaLeads } from '../council/staff.js';
import type { Plr } from '../plr/plr.js';
import type { ModeratorSearch } from './decide-moderator.js';
import { excusedFrom } from './decide-hand-on.js';

/**
 * The author, the practitioner and whoever completed the PLR; and, once there is an alert, everybody who is or
 * was told of it, because they know more about the grade than a moderator may.
 */
export function tookPart(plr: Plr, council: CouncilContext): PersonId[] {
  const people = [plr.managerId, plr.practitionerId];
  if (plr.qaCompletes !== undefined) people.push(plr.qaCompletes.decidedBy);
  if (plr.review.state === 'returned') people.push(plr.review.returnedBy);
  if (plr.alert === undefined) return people;
  const teamManager = council.organisation.teams.get(plr.teamId)?.teamManagerId;
  if (teamManager !== undefined) people.push(teamManager);
  const told = entries(plr.alert, 'sent').flatMap(({ to }) => ('person' in to ? [to.person] : []));
  return [...people, ...told, ...qaLeads(council)];
}

export const nobodysWorkload: ReadonlyMap<PersonId, number> = new Map();

export function searchFor(
  plr: Plr,
  council: CouncilContext,
  openModerations: ReadonlyMap<PersonId, number>,
): ModeratorSearch {
  return {
    serviceId: plr.serviceId,
    tookPart: tookPart(plr, council),
    openModerations,
    on: council.today,
    excused: plr.moderation === undefined ? [] : excusedFrom(plr.moderation),
  };
}
