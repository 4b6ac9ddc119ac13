import { isRefusal } from '../practice/base/errors.js';
import type { PersonId } from '../practice/base/ids.js';
import type { DocumentKey, DocumentKind, Documents, ReadLog } from '../practice/plr/ports.js';
import { textsIn } from '../practice/council/words.js';

/** The documents whose look-ups are put on the log. */
export interface Watched {
  readonly kinds: readonly WatchedKind[];
  /** The references that a text names. */
  readonly refsIn: (text: string) => readonly string[];
}

export interface WatchedKind {
  readonly kind: DocumentKind<unknown>;
  keyOf(state: unknown): DocumentKey;
}

export interface AuditedDocuments {
  /** What the turn works with. */
  readonly documents: Documents;
  /**
   * Puts on the log which PLRs were looked up for the person, and which others the answer names, before
   * anything is shown. A list does not read its PLRs whole: their references share one line, which costs one
   * write.
   */
  readonly note: (through: string, answer?: object) => Promise<void>;
}

/** One document for each person: its log has the lists that they were shown. */
export const listsShownKind: DocumentKind<{ readonly personId: PersonId }, 'lists-shown'> = {
  kind: 'lists-shown',
  schemaVersion: 1,
};

export function listsShownKey(personId: PersonId): DocumentKey<'lists-shown'> {
  return { partition: 'council', kind: 'lists-shown', id: personId };
}

/**
 * Stands beside a person's turn and sees which PLRs are looked up for them, so that no feature can forget to
 * say so (docs/domain.md, "Privacy"). A PLR that the turn changes has its own line for that. Somebody who asks
 * for a PLR that is not theirs is on its log too; the roles of that day tell that they were refused.
 */
export function auditedDocuments(
  documents: Documents & ReadLog,
  by: PersonId,
  { kinds, refsIn }: Watched,
): AuditedDocuments {
  const watchedAs = (kind: string) => kinds.find((one) => one.kind.kind === kind);
  const looked = new Map<string, DocumentKey>();
  const changed = new Map<string, DocumentKey>();
  const see = (key: DocumentKey) => void looked.set(nameOf(key), key);
  const change: Documents['change'] = async (kind, key, who, decide) => {
    const result = await documents.change(kind, key, who, decide);
    if (!isRefusal(result)) changed.set(nameOf(key), key);
    else if ('before' in result && watchedAs(kind.kind)) see(key);
    return result;
  };
  const read: Documents['read'] = async (kind, key) => {
    const state = await documents.read(kind, key);
    if (state !== undefined && watchedAs(kind.kind)) see(key);
    return state;
  };
  const list: Documents['list'] = async (kind, partition) => {
    const states = await documents.list(kind, partition);
    const watched = watchedAs(kind.kind);
    if (watched) for (const state of states) see(watched.keyOf(state));
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
      for (const { kind } of kinds) {
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
  if (!isRefusal(noted)) return;
  if (await documents.create(listsShownKind, key, line, personId)) return;
  await documents.change(listsShownKind, key, personId, () => line);
}

function nameOf({ partition, kind, id }: DocumentKey): string {
  return `${partition}/${kind}/${id}`;
}
