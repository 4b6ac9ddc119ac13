import type { CouncilContext } from '../council/council-context.js';
import type { PersonId, TeamId } from '../base/ids.js';
import { isAtWork, isHere, qaLeads } from '../council/staff.js';
import type { Plr } from '../plr/plr.js';
import { mayVerifyAction } from './access.js';
import type { Action, OwnerRole } from '../plr/action.js';

/** Who owns an action today, and the team that has the case. */
export interface Ownership {
  readonly ownerId: PersonId;
  readonly teamId: TeamId;
}

/**
 * The allocated social worker or the Team Manager, by today's roster (docs/domain.md, 4.8). When the worker has
 * left or nobody is allocated, the Team Manager; when that post is empty too, the Service Manager.
 */
export function ownerNow(as: OwnerRole, plr: Plr, teamId: TeamId, council: CouncilContext): Ownership {
  const now = council.organisation.cases.get(plr.caseRef);
  const team = now?.teamId ?? teamId;
  const worker = now?.allocatedWorkerId ?? plr.practitionerId;
  const chain = [
    ...(as === 'practitioner' ? [worker] : []),
    teamManagerOf(team, council),
    serviceManagerOf(team, council),
  ];
  const owner = chain.find((id) => id !== undefined && isHere(id, council));
  return { ownerId: owner ?? worker, teamId: team };
}

export function teamManagerOf(teamId: TeamId, { organisation }: CouncilContext): PersonId | undefined {
  return organisation.teams.get(teamId)?.teamManagerId;
}

function serviceManagerOf(teamId: TeamId, { organisation }: CouncilContext): PersonId | undefined {
  const team = organisation.teams.get(teamId);
  return team === undefined ? undefined : organisation.services.get(team.serviceId)?.serviceManagerId;
}

/** Who is reminded: in place of an owner who is away, their Team Manager; above them, whoever is there. */
export function whoIsReminded(
  to: 'owner' | 'team-manager' | 'service-manager',
  { ownerId, teamId }: Action,
  council: CouncilContext,
): PersonId | undefined {
  const ladder = [ownerId, teamManagerOf(teamId, council), serviceManagerOf(teamId, council)];
  const rung = { owner: 0, 'team-manager': 1, 'service-manager': 2 }[to];
  // An owner's reminder goes no further than the Team Manager: it is not an escalation.
  const candidates = ladder.slice(rung, to === 'owner' ? 2 : undefined).filter((id) => id !== undefined);
  return candidates.find((id) => isAtWork(id, council)) ?? candidates.find((id) => isHere(id, council));
}

/**
 * The service's link reviewer verifies; the QA leads when they are away, have a part in it or may not see it
 * yet (docs/domain.md, 4.8).
 */
export function whoVerifies(action: Action, doneBy: PersonId, plr: Plr, council: CouncilContext): PersonId[] {
  const { people, services } = council.organisation;
  const mayVerify = (id: PersonId) => {
    const person = people.get(id);
    const hasAPart = id === action.ownerId || id === doneBy;
    return person !== undefined && !hasAPart && mayVerifyAction(person, action, plr, council);
  };
  const reviewer = services.get(plr.serviceId)?.linkReviewerId;
  if (reviewer !== undefined && mayVerify(reviewer) && isAtWork(reviewer, council)) return [reviewer];
  return qaLeads(council).filter(mayVerify);
}
