import type { Tick } from '../surface/feature.js';
import { keepNote } from '../plr/keep-note.js';
import type { DocumentKey, DocumentKind, Services } from '../plr/ports.js';
import type { LocalDate } from '../base/time.js';
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

/** After an update that changed what is open: one partition may have thousands of documents, and alerts wait behind. */
const mendedAtOnce = 3;

/** Makes the rows of the standing view again where an older version made them, or none (docs/decisions/0017). */
export async function mendStanding({ standing }: Tick): Promise<void> {
  for (const partition of (await standing.toMend()).slice(0, mendedAtOnce)) await standing.mend(partition);
}

/**
 * Once a day, takes closed cycles in which nothing is open any more out of the sweep, so that the cost of a tick
 * depends on what is under way, and not on all there ever was. The partition refuses while anything is open, due or
 * unsent in it. What is open is compared with its documents first.
 */
export async function settleCycles({ council, ...services }: Tick): Promise<void> {
  const { documents, partitions, standing } = services;
  const last = await documents.read(settlingKind, settlingKey);
  if (last?.on === council.today) return;
  const toMend = await standing.toMend();
  for (const partition of await partitions.active())
    if (!toMend.includes(partition)) await standing.mend(partition);
  for (const partition of last?.settled ?? [])
    if (await isOver(partition, services)) await partitions.settle(partition);
  const settled = await settleWhatIsOver(services);
  const now = { on: council.today, settled };
  await keepNote(services, settlingKind, settlingKey, now, 'looked for cycles that are over');
}

async function settleWhatIsOver(services: Services): Promise<string[]> {
  const { partitions } = services;
  const settled: string[] = [];
  for (const partition of await partitions.active())
    if ((await isOver(partition, services)) && (await partitions.settle(partition))) settled.push(partition);
  return settled;
}

/** Closed for returns: one that is open again has still to close. */
async function isOver(partition: string, { documents }: Services): Promise<boolean> {
  const name = parseCycleId(partition);
  const cycle = name && (await documents.read(cycleKind, cycleKey(name.id)));
  return cycle?.state === 'closed' && cycle.isUnfinished === undefined;
}
