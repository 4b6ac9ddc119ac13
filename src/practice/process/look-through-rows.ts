import { parseCycleId } from '../plr/cycle.js';
import { refuse } from '../base/errors.js';
import { keepNote } from '../plr/keep-note.js';
import type { CycleId } from '../base/ids.js';
import { plrKey, type Plr } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import type { DocumentKey, DocumentKind, Services } from '../plr/ports.js';
import type { PlrFigures } from '../plr/figures.js';
import { waitingOn } from '../reviews/part.js';

/** That the rows of before were looked through, by the number of the last change that needed it. */
interface LookedThrough {
  readonly change: number;
}

/** Raised by a change that makes something due, or counts something, that the rows of before do not have. */
const lastChange = 1;

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
 * was begun, or is open, is saved once more after an update that changed the rule: also in a cycle that had been
 * settled. After that, one small read.
 */
export async function lookThroughRows(services: Services): Promise<void> {
  const { documents, partitions } = services;
  if ((await documents.read(rowsLookedThroughKind, rowsLookedThroughKey))?.change === lastChange) return;
  for (const partition of await partitions.all()) {
    const cycle = parseCycleId(partition);
    if (cycle !== undefined) await lookThrough(cycle.id, services);
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

function mayHaveBegun({ source, standing, alert }: PlrFigures): boolean {
  if (source !== 'bot') return false;
  const isOpen = alert !== undefined && alert.state !== 'closed';
  return isOpen || (standing.is !== 'assigned' && standing.is !== 'returned');
}

function isHeldBack(plr: Plr): boolean {
  return waitingOn(plr).length > 0 || (plr.alert !== undefined && plr.alert.state !== 'closed');
}
