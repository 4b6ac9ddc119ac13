import type { PersonId, ServiceId, TeamId } from '../base/ids.js';
import type { Organisation } from '../council/organisation.js';
import type { Plr } from './plr.js';
import type { PlrFigures } from './figures.js';

/**
 * Whose compliance a PLR is: the service and team that its manager was in when it was issued, never those
 * of the case (docs/decisions/0005). The report's table is of PLRs returned *by* a service (docs/domain.md, 13).
 */
export function whoseCompliance(
  managerId: PersonId,
  organisation: Organisation,
): Pick<Plr, 'managerTeamId' | 'managerServiceId'> {
  const manager = organisation.people.get(managerId);
  const managerTeamId = manager?.teamId;
  const team = managerTeamId === undefined ? undefined : organisation.teams.get(managerTeamId);
  const managerServiceId = manager?.serviceId ?? team?.serviceId;
  return {
    ...(managerTeamId === undefined ? {} : { managerTeamId }),
    ...(managerServiceId === undefined ? {} : { managerServiceId }),
  };
}

/** A spreadsheet of past PLRs names only one service, the manager's. Senior managers may have none. */
export function complianceService(figures: PlrFigures): ServiceId | undefined {
  return figures.source === 'history' ? figures.serviceId : figures.managerServiceId;
}

export function complianceTeam(figures: PlrFigures): TeamId | undefined {
  return figures.source === 'history' ? figures.teamId : figures.managerTeamId;
}
