import { isOverLine, actionLinesOf } from '../actions/find-actions.js';
import type { Tick } from '../surface/feature.js';
import type { House } from '../council/house.js';
import { keepNote } from '../plr/keep-note.js';
import type { CycleId } from '../base/ids.js';
import { plrKind } from '../plr/plr-kind.js';
import type { DocumentKey, DocumentKind, Services } from '../plr/ports.js';
import { isUnreturned, type PlrFigures } from '../plr/figures.js';
import { shiftMonth, monthOf, type LocalDate, type Month } from '../base/time.js';
import { parseCycleId } from '../plr/cycle.js';
import { cycleKey, cycleKind } from '../plr/cycle-record.js';

/** The day on which the sweep was last looked through. */
interface Settling {
  readonly on: LocalDate;
  /**
   * Settled then, and looked at once more the next day, in case another process was saving something at that
   * moment.
   */
  readonly settled: readonly string[];
}

export const settlingKind: DocumentKind<Settling, 'settling'> = { kind: 'settling', schemaVersion: 1 };
const settlingKey: DocumentKey = { partition: 'council', kind: 'settling', id: 'settling' };

/**
 * Months that stay in the sweep whatever they hold, because late returns are still taken and lists and charts
 * read them.
 */
const monthsKept = 4;
/**
 * Months for which a PLR that was not returned keeps its cycle in the sweep, and so stays in "my reviews".
 * After that its case may be drawn again.
 */
const monthsToReturn = 12;

/**
 * Once a day, takes cycles in which nothing is open any more out of the sweep, so that the cost of a tick
 * depends on what is under way, and not on all there ever was. The partition refuses while anything is due or
 * unsent in it.
 */
export async function settleCycles({ house, ...services }: Tick): Promise<void> {
  const { documents, partitions } = services;
  const last = await documents.read(settlingKind, settlingKey);
  if (last?.on === house.today) return;
  for (const partition of last?.settled ?? []) await partitions.settle(partition);
  const settled = await settleWhatIsOver(house, services);
  const now = { on: house.today, settled };
  await keepNote(services, settlingKind, settlingKey, now, 'looked for cycles that are over');
}

async function settleWhatIsOver(house: House, services: Services): Promise<string[]> {
  const oldest = shiftMonth(monthOf(house.today), -monthsKept);
  const settled: string[] = [];
  for (const partition of await services.partitions.active()) {
    const name = parseCycleId(partition);
    if (name === undefined || name.month >= oldest || !(await isOver(name, house, services))) continue;
    if (await services.partitions.settle(partition)) settled.push(partition);
  }
  return settled;
}

async function isOver(
  { id, month }: { readonly id: CycleId; readonly month: Month },
  { today }: House,
  { documents }: Services,
): Promise<boolean> {
  const cycle = await documents.read(cycleKind, cycleKey(id));
  if (cycle?.state !== 'closed') return false;
  const figures = await documents.listFigures<PlrFigures>(plrKind, id);
  const mayBeReturned = month >= shiftMonth(monthOf(today), -monthsToReturn);
  return figures.every((plr) => !hasSomethingOpen(plr) && !(mayBeReturned && isUnreturned(plr)));
}

function hasSomethingOpen(plr: PlrFigures): boolean {
  const { alert, moderation, asks } = plr;
  const isModerated = moderation === undefined || moderation === 'agreed' || moderation === 'settled';
  const isAlerted = alert !== undefined && alert.state !== 'closed';
  return asks !== undefined || isAlerted || !isModerated || !actionLinesOf(plr).every(isOverLine);
}
