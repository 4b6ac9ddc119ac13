import type { Case, Organisation, Person } from '../organisation/organisation.js';

/**
 * Whether the draw keeps this case from this manager, as `Ballot` does for all at once: it is of a team of
 * theirs, or the practice of somebody they lead, or their own.
 */
export function isOwn(
  { teamId, allocatedWorkerId }: Pick<Case, 'teamId' | 'allocatedWorkerId'>,
  manager: Person,
  { teams, people }: Organisation,
): boolean {
  return (
    manager.teamId === teamId ||
    teams.get(teamId)?.teamManagerId === manager.id ||
    allocatedWorkerId === manager.id ||
    people.get(allocatedWorkerId)?.lineManagerId === manager.id
  );
}
