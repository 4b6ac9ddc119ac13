import { isRefusal } from '../../src/practice/base/errors.js';
import type { CycleId, PersonId } from '../../src/practice/base/ids.js';
import type { CouncilContext } from '../../src/practice/council/council-context.js';
import type { DocumentKey, DocumentKind, Documents } from '../../src/practice/plr/ports.js';
import type { Turn } from '../../src/practice/surface/feature.js';

export interface KeptDocument {
  readonly kind: DocumentKind<unknown>;
  readonly key: DocumentKey;
  readonly state: unknown;
}

const nameOf = ({ partition, kind, id }: DocumentKey) => `${partition}/${kind}/${id}`;
const missing = { refused: 'missing', say: 'It is not there.' } as const;

/** Documents in memory, without figures and without the messages that a change sends; `saves` names what was saved. */
export function keptDocuments(kept: readonly KeptDocument[]): { documents: Documents; saves: string[] } {
  const states = new Map(kept.map(({ key, state }) => [nameOf(key), state]));
  const saves: string[] = [];
  const save = (key: DocumentKey, state: unknown) => {
    saves.push(nameOf(key));
    states.set(nameOf(key), state);
  };
  const documents: Documents = {
    read: <State>(_kind: DocumentKind<State>, key: DocumentKey) =>
      Promise.resolve(states.get(nameOf(key)) as State | undefined),
    list: <State>({ kind }: DocumentKind<State>, partition: string) =>
      Promise.resolve(
        [...states].flatMap(([name, state]) =>
          name.startsWith(`${partition}/${kind}/`) ? [state as State] : [],
        ),
      ),
    listFigures: () => Promise.resolve([]),
    create: (_kind, key, { state }) => {
      if (states.has(nameOf(key))) return Promise.resolve(false);
      save(key, state);
      return Promise.resolve(true);
    },
    createAll: () => Promise.resolve({ created: 0, existing: 0 }),
    change: async (kind, key, _by, decide) => {
      const before = await documents.read(kind, key);
      if (before === undefined) return missing;
      const outcome = decide(before);
      if (isRefusal(outcome)) return { refused: outcome.refused, say: outcome.say, before, outcome };
      save(key, outcome.state);
      return { before, after: outcome.state, outcome };
    },
  };
  return { documents, saves };
}

/** The turn of somebody for whom these documents are kept, in one cycle. */
export function turnWith(
  actor: string,
  council: CouncilContext,
  documents: Documents,
  cycle = '2022-04' as CycleId,
): Turn {
  const cycles = () => Promise.resolve([cycle]);
  return {
    actor: council.organisation.people.get(actor as PersonId),
    council,
    documents,
    partitions: { active: cycles, all: cycles },
    history: { read: () => Promise.resolve([]) },
    ledger: { lines: () => Promise.resolve([]) },
    references: { cycleOf: () => Promise.resolve(cycle) },
    plans: { read: () => Promise.resolve(undefined) },
    newSeed: () => 'abcdefgh1',
  } as unknown as Turn;
}
