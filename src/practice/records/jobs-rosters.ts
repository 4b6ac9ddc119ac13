import { cycleKey, cycleKind } from '../plr/cycle-record.js';
import { parseCycleId } from '../plr/cycle.js';
import type { Tick } from '../surface/feature.js';
import { keepNote } from '../plr/keep-note.js';
import type { DocumentKey, DocumentKind, Services } from '../plr/ports.js';
import { addHours, type LocalDate } from '../base/time.js';

/** The day on which old rosters were last looked for. */
export const rosterPurgeKind: DocumentKind<{ readonly on: LocalDate }, 'roster-purge'> = {
  kind: 'roster-purge',
  schemaVersion: 1,
};
const lookedKey: DocumentKey = { partition: 'council', kind: 'roster-purge', id: 'looked' };

const daysKept = 30;

/**
 * Once a day: a roster has every open case and everyone's address, and nothing needs it once it has been
 * replaced. The one exception is a cycle whose issue was cut short: it is still drawn from the roster with
 * which it was begun.
 */
export async function forgetRosters({ council, ...services }: Tick): Promise<void> {
  const last = await services.documents.read(rosterPurgeKind, lookedKey);
  if (last?.on === council.today) return;
  await services.forgetRosters(addHours(council.now, -24 * daysKept), await stillToBeDrawnFrom(services));
  await keepNote(services, rosterPurgeKind, lookedKey, { on: council.today }, 'looked for old rosters');
}

async function stillToBeDrawnFrom({ documents, partitions }: Services): Promise<number[]> {
  const versions: number[] = [];
  for (const partition of await partitions.active()) {
    const name = parseCycleId(partition);
    const cycle = name === undefined ? undefined : await documents.read(cycleKind, cycleKey(name.id));
    if (cycle?.state === 'issuing') versions.push(cycle.rosterVersion);
  }
  return versions;
}
