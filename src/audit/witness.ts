import { plrKey, type Plr } from '../practice/plr.js';
import { plrKind } from '../practice/plr-kind.js';
import type { DocumentKey, DocumentKind, Documents, ReadLog } from '../practice/ports.js';
import type { PersonId } from '../practice/ids.js';

export interface Witness {
  /** What the turn works with. */
  readonly documents: Documents;
  /** Puts on the log which PLRs were looked up for the person; before they are shown anything. */
  readonly note: (through: string) => Promise<void>;
}

/**
 * Stands beside a person's turn and sees which PLRs are looked up for them, so that no feature can forget to
 * say so (domain.md, "Privacy"). A PLR that the turn changes has its own line for that. Somebody who asks
 * for what is not theirs is on its log too: that they were refused, the roles of that day tell.
 */
export function witness(documents: Documents & ReadLog, by: PersonId): Witness {
  const looked = new Map<string, DocumentKey>();
  const changed = new Set<string>();
  const see = (key: DocumentKey) => void looked.set(`${key.partition}/${key.id}`, key);
  const change: Documents['change'] = async (kind, key, who, decide) => {
    let moved = false;
    let found = false;
    const outcome = await documents.change(kind, key, who, (state) => {
      const decided = decide(state);
      found = true;
      moved = !('refused' in decided);
      return decided;
    });
    if (moved) changed.add(`${key.partition}/${key.id}`);
    else if (found && isPlr(kind)) see(key);
    return outcome;
  };
  const read: Documents['read'] = async (kind, key) => {
    const state = await documents.read(kind, key);
    if (state !== undefined && isPlr(kind)) see(key);
    return state;
  };
  const list: Documents['list'] = async (kind, partition) => {
    const states = await documents.list(kind, partition);
    if (isPlr(kind)) for (const { cycleId, ref } of states as Plr[]) see(plrKey(cycleId, ref));
    return states;
  };
  const only: Documents = {
    read,
    list,
    change,
    listFigures: (kind, partition) => documents.listFigures(kind, partition),
    create: (...all) => documents.create(...all),
    createAll: (...all) => documents.createAll(...all),
  };
  return {
    documents: only,
    note: async (through) => {
      const keys = [...looked].filter(([name]) => !changed.has(name)).map(([, key]) => key);
      await documents.noteRead(plrKind, keys, by, `looked up through ${through}`);
    },
  };
}

function isPlr(kind: DocumentKind<unknown>): boolean {
  return kind.kind === plrKind.kind;
}
