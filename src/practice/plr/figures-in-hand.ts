import { plrKind } from './plr-kind.js';
import type { Services } from './ports.js';
import type { PlrFigures } from './figures.js';
import { monthOf, shiftMonth, type Month } from '../base/time.js';
import type { CouncilContext } from '../council/council-context.js';
import { parseCycleId, type CycleName } from './cycle.js';

/** The figures of all PLRs of these cycles: whose each is and how it stands, without anything that anyone wrote. */
export async function figuresOfCycles(
  cycles: readonly Pick<CycleName, 'id'>[],
  { documents }: Pick<Services, 'documents'>,
): Promise<PlrFigures[]> {
  const figures = await Promise.all(cycles.map(({ id }) => documents.listFigures<PlrFigures>(plrKind, id)));
  return figures.flat();
}

/**
 * Of the cycles in the sweep. Nothing is missed, since whatever is open, or waits for somebody, keeps its cycle
 * in the sweep.
 */
export async function figuresInHand(
  services: Pick<Services, 'documents' | 'partitions'>,
): Promise<PlrFigures[]> {
  return figuresOfCycles(named(await services.partitions.active()), services);
}

/** How far back a list shows what is over. */
const monthsBack = 4;

/** The same, and of the last months what is over. */
export async function figuresLately(
  services: Pick<Services, 'documents' | 'partitions'>,
  { today }: Pick<CouncilContext, 'today'>,
): Promise<PlrFigures[]> {
  const since = shiftMonth(monthOf(today), -monthsBack);
  const active = await services.partitions.active();
  const cycles = named(await services.partitions.all());
  return figuresOfCycles(
    cycles.filter(({ id, month }) => month >= since || active.includes(id)),
    services,
  );
}

/** Cycles of that month and later, including those in which nothing is open any more. */
export async function cyclesSince(
  month: Month,
  { partitions }: Pick<Services, 'partitions'>,
): Promise<CycleName[]> {
  return named(await partitions.all()).filter((cycle) => cycle.month >= month);
}

function named(partitions: readonly string[]): CycleName[] {
  return partitions.flatMap((partition) => parseCycleId(partition) ?? []);
}
