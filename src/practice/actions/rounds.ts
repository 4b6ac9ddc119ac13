import { refuse } from '../base/errors.js';
import type { DocumentKey, DocumentKind, Services } from '../plr/ports.js';
import type { LocalDate } from '../base/time.js';

/** How far the rounds over all open actions have got, so that a tick costs one small read. */
export interface Rounds {
  /** The Monday of the last week that every team's and verifier's digest went out for. */
  readonly digestWeek: LocalDate | '';
  /** The roster against which every open action was last checked, and the day, because people also leave by date. */
  readonly rosterVersion: number;
  readonly rosterOn: LocalDate | '';
}

export const roundsKind: DocumentKind<Rounds, 'action-rounds'> = { kind: 'action-rounds', schemaVersion: 1 };

const key: DocumentKey<'action-rounds'> = { partition: 'council', kind: 'action-rounds', id: 'rounds' };
const none: Rounds = { digestWeek: '', rosterVersion: 0, rosterOn: '' };

export async function roundsSoFar({ documents }: Pick<Services, 'documents'>): Promise<Rounds> {
  return (await documents.read(roundsKind, key)) ?? none;
}

/**
 * Kept only after a whole round: one that was cut short starts again from the beginning, and does nothing a
 * second time.
 */
export async function roundDone(
  { documents }: Pick<Services, 'documents'>,
  seen: Partial<Rounds>,
  did: string,
): Promise<void> {
  const state = { ...none, ...seen };
  if (await documents.create(roundsKind, key, { state, did, messages: [] }, 'system')) return;
  await documents.change(roundsKind, key, 'system', (before) => {
    const after = { ...before, ...seen };
    const same = JSON.stringify(after) === JSON.stringify(before);
    return same ? refuse('done', 'Another replica kept it.') : { state: after, did, messages: [] };
  });
}
