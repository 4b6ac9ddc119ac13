import type { DocumentKey } from '../practice/plr/ports.js';
import type { StoredDocument } from './document-rows.js';
import { documentName } from './keys.js';

const maxRemembered = 5_000;

/**
 * The last state written or read here of each document, so that a step costs one conditional write. The least
 * recently used document is forgotten first. A refusal is never decided on a remembered state.
 */
export class Remembered {
  private readonly all = new Map<string, StoredDocument<unknown>>();

  recall<State>(key: DocumentKey): StoredDocument<State> | undefined {
    return this.all.get(documentName(key)) as StoredDocument<State> | undefined;
  }

  remember(key: DocumentKey, document: StoredDocument<unknown>): void {
    this.forget(key);
    this.all.set(documentName(key), document);
    if (this.all.size <= maxRemembered) return;
    const oldest = this.all.keys().next();
    if (oldest.done !== true) this.all.delete(oldest.value);
  }

  forget(key: DocumentKey): void {
    this.all.delete(documentName(key));
  }
}
