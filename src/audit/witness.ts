import { refsIn } from '../practice/cycles/plr-ref.js';
import type { PersonId } from '../practice/ids.js';
import { exerciseKind } from '../practice/moderation/exercise-record.js';
import { plrKey, type Plr } from '../practice/plr.js';
import { plrKind } from '../practice/plr-kind.js';
import type { DocumentKey, DocumentKind, Documents, ReadLog } from '../practice/ports.js';
import { textsIn } from '../practice/words.js';

export interface Witness {
  /** What the turn works with. */
  readonly documents: Documents;
  /**
   * Puts on the log which PLRs were looked up for the person, and which others the answer names; before they are shown
   * anything. What a list is made of is not read whole: its references share one line, and cost one write.
   */
  readonly note: (through: string, answer?: object) => Promise<void>;
}

/** One document a person, whose log has the lists that they were shown. */
export const listsShownKind: DocumentKind<{ readonly personId: PersonId }, 'lists-shown'> = {
  kind: 'lists-shown',
  schemaVersion: 1,
};

export function listsShownKey(personId: PersonId): DocumentKey<'lists-shown'> {
  return { partition: 'council', kind: 'lists-shown', id: personId };
}

/**
 * Stands beside a person's turn and sees which PLRs are looked up for them, so that no feature can forget to
 * say so (domain.md, "Privacy"). A PLR that the turn changes has its own line for that. Somebody who asks
 * for what is not theirs is on its log too: that they were refused, the roles of that day tell.
 */
export function witness(documents: Documents & ReadLog, by: PersonId): Witness {
  const looked = new Map<string, DocumentKey>();
  const changed = new Map<string, DocumentKey>();
  const see = (key: DocumentKey) => void looked.set(nameOf(key), key);
  const change: Documents['change'] = async (kind, key, who, decide) => {
    let moved = false;
    let found = false;
    const outcome = await documents.change(kind, key, who, (state) => {
      const decided = decide(state);
      found = true;
      moved = !('refused' in decided);
      return decided;
    });
    if (moved) changed.set(nameOf(key), key);
    else if (found && isWatched(kind)) see(key);
    return outcome;
  };
  const read: Documents['read'] = async (kind, key) => {
    const state = await documents.read(kind, key);
    if (state !== undefined && isWatched(kind)) see(key);
    return state;
  };
  const list: Documents['list'] = async (kind, partition) => {
    const states = await documents.list(kind, partition);
    if (kind.kind === plrKind.kind) for (const { cycleId, ref } of states as Plr[]) see(plrKey(cycleId, ref));
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
    note: async (through, answer = {}) => {
      const keys = [...looked].filter(([name]) => !changed.has(name)).map(([, key]) => key);
      for (const kind of watched) {
        const ofKind = keys.filter((key) => key.kind === kind.kind);
        if (ofKind.length > 0) await documents.noteRead(kind, ofKind, by, `looked up through ${through}`);
      }
      const noted = new Set<string>([...looked.values(), ...changed.values()].map(({ id }) => id));
      const others = refsIn(textsIn(answer).join('\n')).filter((ref) => !noted.has(ref));
      if (others.length > 0)
        await noteList(documents, by, `was shown ${others.join(' ')} through ${through}`);
    },
  };
}

async function noteList(documents: Documents, personId: PersonId, did: string): Promise<void> {
  const line = { state: { personId }, did, messages: [] };
  const key = listsShownKey(personId);
  const noted = await documents.change(listsShownKind, key, personId, () => line);
  if (!('refused' in noted)) return;
  if (await documents.create(listsShownKind, key, line, personId)) return;
  await documents.change(listsShownKind, key, personId, () => line);
}

/** The kinds in which people write about a case. An exercise holds a copy of a review. */
const watched: readonly DocumentKind<unknown>[] = [plrKind, exerciseKind];

function isWatched({ kind }: DocumentKind<unknown>): boolean {
  return watched.some((one) => one.kind === kind);
}

function nameOf({ partition, kind, id }: DocumentKey): string {
  return `${partition}/${kind}/${id}`;
}
