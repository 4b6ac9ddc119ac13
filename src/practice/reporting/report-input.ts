import { complianceService } from '../plr/whose-compliance.js';
import type { CycleId, PlrRef, ServiceId, StandardId, TeamId } from '../base/ids.js';
import type { PlrFigures } from '../plr/figures.js';
import { compareNames, compareText } from '../base/text-order.js';
import type { LocalDate, Month } from '../base/time.js';
import type { LoopFigures } from '../plr/fixed-figures.js';

/** Everything a report is made from: a period's figures and the one before's, read by cycle. */
export interface ReportInput {
  readonly madeOn: LocalDate;
  /** Every PLR of the period's cycles, of each kind. */
  readonly figures: readonly PlrFigures[];
  /** The same of the period before, for what changed; empty when there is none. */
  readonly previous: readonly PlrFigures[];
  readonly names: ReportNames;
  /** The assignment messages of the period; absent when the bot sent none (a history alone). */
  readonly ledger?: readonly CountedMessage[];
  /** Open cases by month, the base of coverage; a month that is missing is not known. */
  readonly openCases: ReadonlyMap<Month, number>;
  readonly coverageTargetPercent: number;
  readonly loop: readonly LoopLine[];
  /** Below this many returned PLRs the report says "too few to say" (configurable, 5). */
  readonly smallNumber: number;
}

/** What a report counts: a service's own managers were asked, and its own cases were reviewed. */
export interface ReportScope {
  /** Compliance: those whose manager is counted (docs/decisions/0005). */
  readonly asked: ReportInput;
  /** Grades, moderation, alerts, actions and themes: those whose case is counted. */
  readonly reviewed: ReportInput;
}

export interface ReportNames {
  readonly services: ReadonlyMap<ServiceId, string>;
  readonly teams: ReadonlyMap<TeamId, string>;
  readonly standards: ReadonlyMap<StandardId, string>;
}

/** How the message of one assignment ended, or stands, in the delivery ledger. */
export interface CountedMessage {
  readonly ref: PlrRef;
  readonly cycleId: CycleId;
  /** `superseded`: it was overtaken (returned, re-drawn) before it could be sent. */
  readonly state: 'delivered' | 'waiting' | 'undeliverable' | 'superseded';
}

/** The learning loop of one service in the period (docs/domain.md, 5.1, 5.2). */
export interface LoopLine extends LoopFigures {
  readonly serviceId: ServiceId;
}

/** Monthly PLRs: the programme's own cycles are never mixed into them (docs/domain.md, 4.10, 4.11). */
export function monthlyOnly(figures: readonly PlrFigures[]): PlrFigures[] {
  return figures.filter((one) => one.kind === 'monthly');
}

export function inMonth(figures: readonly PlrFigures[], month: Month): PlrFigures[] {
  // Compared as text: reading each id as a month costs more than all the counting.
  return figures.filter((one) => one.cycleId.startsWith(month));
}

/** A service the roster no longer has goes by its id. */
export function reportServiceName(id: ServiceId, names: ReportNames): string {
  return names.services.get(id) ?? id;
}

export interface ServiceGroup {
  readonly id: ServiceId;
  readonly name: string;
  readonly figures: readonly PlrFigures[];
}

/** Managers without a service have a line of their own, so that the lines add up (docs/decisions/0005). */
const noService = 'no-service' as ServiceId;

/** By the service of the case, in the order of their names: for how practice is there. */
export function byService(figures: readonly PlrFigures[], names: ReportNames): ServiceGroup[] {
  return grouped(figures, names, ({ serviceId }) => serviceId);
}

/** By the service of the manager who was asked: for whose compliance it is (docs/decisions/0005). */
export function byManagersService(figures: readonly PlrFigures[], names: ReportNames): ServiceGroup[] {
  return grouped(figures, names, (one) => complianceService(one) ?? noService);
}

/** The name of the service whose compliance it is. */
export function managersService(one: PlrFigures, names: ReportNames): string {
  return nameOrNone(complianceService(one) ?? noService, names);
}

function grouped(
  figures: readonly PlrFigures[],
  names: ReportNames,
  serviceOf: (one: PlrFigures) => ServiceId,
): ServiceGroup[] {
  const groups = new Map<ServiceId, PlrFigures[]>();
  for (const one of figures) {
    const service = serviceOf(one);
    const group = groups.get(service);
    if (group === undefined) groups.set(service, [one]);
    else group.push(one);
  }
  return [...groups]
    .map(([id, of]) => ({ id, name: nameOrNone(id, names), figures: of }))
    .sort((a, b) => compareNames(a.name, b.name) || compareText(a.id, b.id));
}

function nameOrNone(id: ServiceId, names: ReportNames): string {
  return id === noService ? 'No service (senior managers)' : reportServiceName(id, names);
}
