import type { LogHead } from '../audit/chain.js';
import type { Instant } from '../practice/base/time.js';
import type { DocumentKey } from '../practice/plr/ports.js';
import type { DocumentRows, StoredDocument } from './document-rows.js';

/** A save on its way: what is known of it when its answer is lost. */
export interface Saving {
  readonly head: LogHead;
  readonly partition: string;
  readonly messages: number;
  readonly dueAt: Instant | undefined;
}

/** Which of the doubtful was saved, read back from the log: nobody is told that it may not have been. */
export async function savedOf<Of extends Saving>(
  doubtful: readonly Of[],
  key: DocumentKey,
  document: StoredDocument<unknown>,
  rows: DocumentRows,
): Promise<Of | undefined> {
  for (const saving of doubtful) if (await rows.hasLink(key, document.head, saving.head)) return saving;
  return undefined;
}
