import type { CouncilContext } from './council-context.js';
import type { Case, Person } from './organisation.js';

/**
 * Whether the draw keeps this case from this manager, as `Ballot` does for all at once: it belongs to one of
 * their teams (unless the council allows that), or is their own practice or that of somebody they lead.
 */
export function isOwn(
  { teamId, allocatedWorkerId }: Pick<Case, 'teamId' | 'allocatedWorkerId'>,
  manager: Person,
  { organisation: { teams, people }, ownTeam }: CouncilContext,
): boolean {
  const ofTheirTeam = manager.teamId === teamId || teams.get(teamId)?.teamManagerId === manager.id;
  return (
    (ofTheirTeam && ownTeam !== 'allowed') ||
    allocatedWorkerId === manager.id ||
    people.get(allocatedWorkerId)?.lineManagerId === manager.id
  );
}
