import type { PlrRef, ServiceId, TeamId } from '../base/ids.js';
import { moderationCounts, type ModerationCounts } from '../moderation/figures.js';
import { isUndelivered, type LedgerLine } from '../plr/ports.js';
import { countCompliance, countsAsSent, type ComplianceCounts } from '../plr/compliance.js';
import { isUnreturned, type PlrFigures } from '../plr/figures.js';
import type { LocalDate } from '../base/time.js';
import { complianceService, complianceTeam } from '../plr/whose-compliance.js';

/** Where a cycle stands: what `plr cycle status` prints and "how are we doing?" shows. */
export interface CycleStatus extends StatusLine {
  readonly services: readonly ServiceStatus[];
  /** Sent, but no message could bring it to its manager. */
  readonly notDelivered: readonly NotDelivered[];
  /** One sentence for each way in which the figures and the ledger disagree; none when they agree. */
  readonly disagreements: readonly string[];
}

export interface StatusLine extends ComplianceCounts {
  /** Not returned, and past its due date. */
  readonly overdue: number;
  readonly moderation: ModerationCounts;
  readonly alerts: AlertCounts;
}

export interface AlertCounts {
  readonly open: number;
  /** Not waiting for an acknowledgement now. */
  readonly acknowledged: number;
  readonly breached: number;
}

/** Compliance by the managers' service; moderation and alerts by the service of the cases. */
export interface ServiceStatus extends StatusLine {
  /** Null for senior managers, who belong to no service. */
  readonly serviceId: ServiceId | null;
  readonly teams: readonly TeamStatus[];
}

export interface TeamStatus extends ComplianceCounts {
  /** Null for those of the service who belong to no team. */
  readonly teamId: TeamId | null;
  readonly overdue: number;
}

export interface NotDelivered {
  readonly ref: PlrRef;
  readonly managerId: PlrFigures['managerId'];
  readonly reason: string;
}

export interface StatusInput {
  readonly figures: readonly PlrFigures[];
  /** The messages that brought the PLRs to their managers (`assigned.`). */
  readonly assigned: readonly LedgerLine[];
  readonly today: LocalDate;
  /** Each has a line, even when nothing was sent to it. */
  readonly services: readonly ServiceId[];
}

export function cycleStatus(input: StatusInput): CycleStatus {
  const lost = undeliverableOf(input);
  const refs = new Set(lost.map(({ ref }) => ref));
  const total = {
    ...complianceOf(input.figures, refs, input.today),
    ...qualityOf(input.figures, input.today),
  };
  const services = serviceIds(input).map((serviceId): ServiceStatus => {
    const ours = input.figures.filter((one) => (complianceService(one) ?? null) === serviceId);
    return {
      serviceId,
      ...complianceOf(ours, refs, input.today),
      ...qualityOf(
        serviceId === null ? [] : input.figures.filter((one) => one.serviceId === serviceId),
        input.today,
      ),
      teams: teamsOf(ours, refs, input.today),
    };
  });
  return {
    ...total,
    services,
    notDelivered: lost,
    disagreements: [...sumsThatDiffer(total, services), ...ledgerThatDiffers(input)],
  };
}

function complianceOf(figures: readonly PlrFigures[], undeliverable: ReadonlySet<PlrRef>, today: LocalDate) {
  return {
    ...countCompliance(figures, undeliverable),
    overdue: figures.filter((one) => isUnreturned(one) && one.dueOn < today).length,
  };
}

function qualityOf(
  figures: readonly PlrFigures[],
  today: LocalDate,
): Pick<StatusLine, 'moderation' | 'alerts'> {
  const alerts = figures.flatMap(({ alert }) => alert ?? []);
  return {
    moderation: moderationCounts(figures, today),
    alerts: {
      open: alerts.filter(({ state }) => state !== 'closed').length,
      acknowledged: alerts.filter(({ state }) => state !== 'raised').length,
      breached: alerts.filter(({ breached }) => breached).length,
    },
  };
}

/** The services of the roster in its order, then those that only PLRs name, then "no service". */
function serviceIds({ figures, services }: StatusInput): (ServiceId | null)[] {
  const counted = figures.map((one) => complianceService(one) ?? null);
  const named = new Set<ServiceId | null>([...services, ...figures.map(({ serviceId }) => serviceId)]);
  for (const id of counted) if (id !== null) named.add(id);
  return counted.includes(null) ? [...named, null] : [...named];
}

function teamsOf(figures: readonly PlrFigures[], undeliverable: ReadonlySet<PlrRef>, today: LocalDate) {
  const ids = [...new Set(figures.map((one) => complianceTeam(one) ?? null))];
  return ids
    .sort((one, other) => ((one ?? '\uffff') < (other ?? '\uffff') ? -1 : 1))
    .map((teamId): TeamStatus => {
      const ours = figures.filter((one) => (complianceTeam(one) ?? null) === teamId);
      return { teamId, ...complianceOf(ours, undeliverable, today) };
    });
}

/** Its first message reached no manager. It still counts as sent, and is listed (docs/domain.md, 13). */
function undeliverableOf({ figures, assigned }: StatusInput): NotDelivered[] {
  const missed = new Map(assigned.filter(isUndelivered).map(({ about, reason }) => [about, reason]));
  return figures
    .filter((one) => countsAsSent(one) && missed.has(one.ref))
    .map(({ ref, managerId }) => ({ ref, managerId, reason: missed.get(ref) ?? '' }));
}

const added = [
  'issued',
  'exempt',
  'sent',
  'returned',
  'returnedByService',
  'completedByQa',
  'late',
  'notReturned',
  'undeliverable',
] as const;

function sumsThatDiffer(total: ComplianceCounts, services: readonly ServiceStatus[]): string[] {
  return added.flatMap((key) => {
    const sum = services.reduce((all, one) => all + one[key], 0);
    return sum === total[key]
      ? []
      : [`The services add up to ${sum} ${key}, but there are ${total[key]} in all.`];
  });
}

/** Checks that every PLR that the bot sent has one message that brought it, and every such message has its PLR. */
function ledgerThatDiffers({ figures, assigned }: StatusInput): string[] {
  const ours = figures.filter(({ source }) => source === 'bot');
  const known = new Set(ours.map(({ ref }) => ref as string));
  const told = new Set(assigned.map(({ about }) => about));
  const sent = ours.filter((one) => countsAsSent(one) || one.standing.is === 'exempt');
  const untold = sent.filter(({ ref }) => !told.has(ref)).length;
  const unknown = [...told].filter((ref) => !known.has(ref)).length;
  return [
    ...(untold === 0
      ? []
      : [
          `${untold} of ${sent.length} PLRs have no message in the delivery ledger: their managers were not told.`,
        ]),
    ...(unknown === 0
      ? []
      : [`The delivery ledger has messages for ${unknown} PLRs that are not in this cycle.`]),
  ];
}
