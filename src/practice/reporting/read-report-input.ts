import { cycleKey, cycleKind, type Cycle } from '../plr/cycle-record.js';
import { monthlyCycleId, parseCycleId } from '../plr/cycle.js';
import { drawRulesOf } from '../council/draw-rules.js';
import { smallCountOf, type CouncilContext } from '../council/council-context.js';
import type { CycleId, PlrRef, ServiceId, StandardId, TeamId } from '../base/ids.js';
import { briefKind, type BriefFigures } from '../learning/brief-kind.js';
import { loopFigures } from '../learning/loop.js';
import { plrKind } from '../plr/plr-kind.js';
import { isUndelivered, type LedgerLine as MessageLine, type Services } from '../plr/ports.js';
import type { PlrFigures } from '../plr/figures.js';
import type { LocalDate, Month } from '../base/time.js';
import { periodBefore, type Period } from '../plr/period.js';
import type { CountedMessage, LoopLine, ReportInput, ReportNames } from './report-input.js';

export type ReportServices = Pick<Services, 'documents' | 'history' | 'ledger' | 'partitions'>;

/**
 * Reads what a report of a period is made from: the figures of that period's partitions and of the period
 * before, and nothing else, however long the record is.
 *
 * @param council left out before the first roster import: services then go by their ids.
 */
export async function readReportInput(
  period: Period,
  services: ReportServices,
  madeOn: LocalDate,
  council?: CouncilContext,
): Promise<ReportInput> {
  const all = await services.partitions.all();
  const cycles = cyclesOf(period.months, all);
  const [figures, previous, ledger, records, briefs] = await Promise.all([
    figuresOfAll(cycles, services),
    figuresOfAll(cyclesOf(periodBefore(period).months, all), services),
    flat(cycles, async (id) => (await services.ledger.lines(id, 'assigned.')).map(ledgerLine(id))),
    flat(period.months, async (month) => [
      await services.documents.read(cycleKind, cycleKey(monthlyCycleId(month))),
    ]),
    flat(period.months, (month) =>
      services.documents.listFigures<BriefFigures>(briefKind, monthlyCycleId(month)),
    ),
  ]);
  return {
    madeOn,
    figures,
    previous,
    names: namesOf(council),
    // A history alone has no messages and needs none.
    ...(figures.some(({ source }) => source === 'bot') || ledger.length > 0 ? { ledger } : {}),
    ...coverageBase(records, council),
    loop: loopLines(briefs, madeOn),
    smallNumber: smallCountOf(council),
  };
}

/** The monthly cycle of each month, and each Practice Week and thematic review held in it. */
function cyclesOf(months: readonly Month[], partitions: readonly string[]): CycleId[] {
  return partitions.flatMap((partition) => {
    const name = parseCycleId(partition);
    return name !== undefined && months.includes(name.month) ? [name.id] : [];
  });
}

async function figuresOfAll(cycles: readonly CycleId[], services: ReportServices): Promise<PlrFigures[]> {
  const { documents, history } = services;
  const [ours, past] = await Promise.all([
    flat(cycles, (id) => documents.listFigures<PlrFigures>(plrKind, id)),
    flat(cycles, (id) => history.read(id)),
  ]);
  return [...ours, ...past];
}

async function flat<Item, Found>(
  items: readonly Item[],
  read: (item: Item) => Promise<readonly Found[]>,
): Promise<Found[]> {
  return (await Promise.all(items.map(read))).flat();
}

function ledgerLine(cycleId: CycleId): (line: MessageLine) => CountedMessage {
  return (line) => ({ ref: line.about as PlrRef, cycleId, state: standingOf(line) });
}

/** `plr deliveries` distinguishes what was set aside and what is tried again; for the Board, none of it has arrived. */
function standingOf(line: MessageLine): CountedMessage['state'] {
  if (line.state === 'delivered' || line.state === 'superseded') return line.state;
  return isUndelivered(line) ? 'undeliverable' : 'waiting';
}

/** Open cases as they were on the day of each month's draw; the target as it stood at the last draw. */
function coverageBase(
  records: readonly (Cycle | undefined)[],
  council: CouncilContext | undefined,
): Pick<ReportInput, 'openCases' | 'coverageTargetPercent'> {
  const drawn = records.flatMap((cycle) => (cycle === undefined || cycle.state === 'issuing' ? [] : [cycle]));
  return {
    openCases: new Map(drawn.map(({ month, coverage }) => [month, coverage.open])),
    coverageTargetPercent: drawn.at(-1)?.coverage.target ?? drawRulesOf(council ?? {}).coverageTargetPercent,
  };
}

function loopLines(briefs: readonly BriefFigures[], madeOn: LocalDate): LoopLine[] {
  const services = new Map<ServiceId, BriefFigures[]>();
  for (const brief of briefs)
    services.set(brief.serviceId, [...(services.get(brief.serviceId) ?? []), brief]);
  return [...services].map(([serviceId, of]) => ({ serviceId, ...loopFigures(of, madeOn) }));
}

function namesOf(council: CouncilContext | undefined): ReportNames {
  if (council === undefined) return { services: new Map(), teams: new Map(), standards: new Map() };
  const { organisation, forms } = council;
  // Older versions first, so that the form now in use gives each standard its name.
  const standards = [...forms.byVersion.values(), forms.current].flatMap((form) => form.standards);
  return {
    services: new Map<ServiceId, string>([...organisation.services].map(([id, { name }]) => [id, name])),
    teams: new Map<TeamId, string>([...organisation.teams].map(([id, { name }]) => [id, name])),
    standards: new Map<StandardId, string>(standards.map(({ id, title }) => [id, title])),
  };
}
