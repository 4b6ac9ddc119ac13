import type { ServiceId, TeamId } from '../base/ids.js';
import type { ModerationCounts } from '../moderation/figures.js';
import type { CycleStatus, ServiceStatus, StatusLine, TeamStatus } from './status.js';

/** Whose part of a cycle somebody sees: all of it, or these services and teams. */
export type StatusPart =
  | { readonly sees: 'all' }
  | {
      readonly sees: 'some';
      readonly services: readonly ServiceId[];
      readonly teams: readonly TeamId[];
    };

/** A cycle as far as somebody sees it. */
export interface StatusShown {
  readonly lines: readonly (ServiceStatus | TeamStatus)[];
  /** Of those lines together. Moderation is counted by service, and alerts are told to who sees all of them. */
  readonly total: Omit<TeamStatus, 'teamId'> & Partial<Pick<StatusLine, 'moderation' | 'alerts'>>;
}

/** What needs attention comes first: where the smallest share is returned. */
export function statusShown(status: CycleStatus, part: StatusPart): StatusShown {
  if (part.sees === 'all') return { lines: [...status.services].sort(smallestShareFirst), total: status };
  const services = status.services.filter(({ serviceId }) => isAmong(part.services, serviceId));
  const teams = status.services
    .filter((service) => !services.includes(service))
    .flatMap((service) => service.teams)
    .filter(({ teamId }) => isAmong(part.teams, teamId));
  const lines = [...services, ...teams].sort(smallestShareFirst);
  const moderation = services.length === 0 ? {} : { moderation: moderationOf(services) };
  return { lines, total: { ...complianceOf(lines), ...moderation } };
}

function isAmong(ids: readonly string[], id: string | null): boolean {
  return id !== null && ids.includes(id);
}

function smallestShareFirst(one: StatusShown['total'], other: StatusShown['total']): number {
  return shareOf(one) - shareOf(other);
}

/** Where nothing was sent, nothing is missing. */
function shareOf({ sent, returnedByService }: StatusShown['total']): number {
  return sent === 0 ? Number.MAX_SAFE_INTEGER : returnedByService / sent;
}

function complianceOf(lines: StatusShown['lines']): Omit<TeamStatus, 'teamId'> {
  const sum = (key: keyof Omit<TeamStatus, 'teamId'>) => lines.reduce((all, one) => all + one[key], 0);
  return {
    issued: sum('issued'),
    exempt: sum('exempt'),
    withdrawn: sum('withdrawn'),
    redrawn: sum('redrawn'),
    sent: sum('sent'),
    returned: sum('returned'),
    returnedByService: sum('returnedByService'),
    completedByQa: sum('completedByQa'),
    late: sum('late'),
    notReturned: sum('notReturned'),
    undeliverable: sum('undeliverable'),
    overdue: sum('overdue'),
  };
}

function moderationOf(services: readonly ServiceStatus[]): ModerationCounts {
  const sum = (key: keyof ModerationCounts) => services.reduce((all, one) => all + one.moderation[key], 0);
  return {
    required: sum('required'),
    drawn: sum('drawn'),
    completed: sum('completed'),
    overdue: sum('overdue'),
  };
}
