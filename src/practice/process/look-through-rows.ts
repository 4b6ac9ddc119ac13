import { parseCycleId } from '../plr/cycle.js';
import { refuse } from '../base/errors.js';
import { keepNote } from '../plr/keep-note.js';
import type { CycleId } from '../base/ids.js';
import { isOpen, plrKey, type Plr } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import type { DocumentKey, DocumentKind, Services } from '../plr/ports.js';
import type { PlrFigures } from '../plr/figures.js';
import { waitingOn } from '../reviews/part.js';
import { followClosing } from '../cycles/jobs-closing.js';
import { cycleKey, cycleKind } from '../plr/cycle-record.js';
import type { Tick } from '../surface/feature.js';

/** That the rows of before were looked through, by the number of the last change that needed it. */
interface LookedThrough {
  readonly change: number;
}

/** Raised by a change that makes something due, or counts something, that the rows of before do not have. */
const lastChange = 2;

export const rowsLookedThroughKind: DocumentKind<LookedThrough, 'rows-looked-through'> = {
  kind: 'rows-looked-through',
  schemaVersion: 1,
};
export const rowsLookedThroughKey: DocumentKey = {
  partition: 'council',
  kind: rowsLookedThroughKind.kind,
  id: 'plr',
};

/**
 * When something is due of a PLR lies beside its state and was worked out when it was last saved. So an alert that
 * was begun, or is open, and a review that nobody was asked for any more, is saved once more after an update that
 * changed the rule: also in a cycle that had been settled. A cycle whose time to close has passed is closed. After
 * that, one small read.
 */
export async function lookThroughRows(services: Tick): Promise<void> {
  const { documents, partitions } = services;
  if ((await documents.read(rowsLookedThroughKind, rowsLookedThroughKey))?.change === lastChange) return;
  for (const partition of await partitions.all()) {
    const cycle = parseCycleId(partition);
    if (cycle === undefined) continue;
    await lookThrough(cycle.id, services);
    await closeIfOver(cycle.id, services);
  }
  const now: LookedThrough = { change: lastChange };
  await keepNote(
    services,
    rowsLookedThroughKind,
    rowsLookedThroughKey,
    now,
    `looked through the rows for change ${lastChange}`,
  );
}

async function lookThrough(id: CycleId, { documents }: Services): Promise<void> {
  const figures = await documents.listFigures<PlrFigures>(plrKind, id);
  for (const { ref } of figures.filter(mayHaveBegun))
    await documents.change(plrKind, plrKey(id, ref), 'system', (plr) =>
      isHeldBack(plr)
        ? { state: plr, did: 'worked out again when it is due', messages: [] }
        : refuse('nothing-to-do', 'Nothing waits here.'),
    );
}

/** A cycle that left the sweep before cycles closed. */
async function closeIfOver(id: CycleId, tick: Tick): Promise<void> {
  const cycle = await tick.documents.read(cycleKind, cycleKey(id));
  if (cycle !== undefined) await followClosing(cycle, tick, tick.council);
}

function mayHaveBegun({ source, standing, alert }: PlrFigures): boolean {
  if (source !== 'bot') return false;
  return standing.is !== 'returned' || (alert !== undefined && alert.state !== 'closed');
}

function isHeldBack(plr: Plr): boolean {
  const isForgotten = isOpen(plr) && plr.reminders !== undefined && plr.reminders.next === undefined;
  return (
    isForgotten || waitingOn(plr).length > 0 || (plr.alert !== undefined && plr.alert.state !== 'closed')
  );
}
