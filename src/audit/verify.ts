import type { DocumentKey } from '../practice/plr/ports.js';
import { emptyLog, linkHash, sha256, type LogHead, type LogLink } from './chain.js';

/** A document's row as the log must account for it. */
export interface LoggedDocument {
  readonly key: DocumentKey;
  readonly head: LogHead;
  /** SHA-256 of the state as the row has it. */
  readonly stateHash: string;
}

export interface LoggedLink {
  readonly key: DocumentKey;
  readonly link: LogLink;
}

export type Breach =
  | 'a link was changed'
  | 'a link is missing'
  | 'links are out of order'
  | 'the end of the log is missing'
  | 'the document was changed past its log'
  | 'the document has no log'
  | 'the document is gone';

export interface AuditFinding {
  readonly document: string;
  readonly sequence: number;
  readonly breach: Breach;
}

export interface Verified {
  readonly partition: string;
  readonly documents: number;
  readonly links: number;
  /** A hash over the last hash of each document. Kept elsewhere, it shows when a whole log was rebuilt. */
  readonly headHash: string;
  readonly findings: readonly AuditFinding[];
}

/**
 * Checks the log of one partition from end to end. `documents` were read before `links`, so that anything saved
 * in between only adds links; `links` come in the order of their keys. Cost: linear in the log.
 */
export async function verifyPartition(
  partition: string,
  documents: readonly LoggedDocument[],
  links: AsyncIterable<LoggedLink>,
): Promise<Verified> {
  const chains = new Map<string, Chain>();
  for (const document of documents) chains.set(nameOf(document.key), new Chain(document));
  let count = 0;
  for await (const { key, link } of links) {
    count += 1;
    const name = nameOf(key);
    const chain = chains.get(name) ?? new Chain({ key, head: emptyLog, stateHash: '' });
    chains.set(name, chain);
    chain.take(link);
  }
  const all = [...chains].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    partition,
    documents: documents.length,
    links: count,
    headHash: sha256(
      all.map(([name, chain]) => `${name} ${chain.last.sequence} ${chain.last.hash}`).join('\n'),
    ),
    findings: all.flatMap(([document, chain]) => chain.close().map((found) => ({ document, ...found }))),
  };
}

class Chain {
  last: LogHead = emptyLog;
  private readonly document: LoggedDocument;
  private readonly found: { sequence: number; breach: Breach }[] = [];
  private metHead = false;

  constructor(document: LoggedDocument) {
    this.document = document;
  }

  take(link: LogLink): void {
    const { key, head, stateHash } = this.document;
    const { sequence, previous, hash } = link;
    if (sequence !== this.last.sequence + 1)
      this.report(sequence, sequence > this.last.sequence ? 'a link is missing' : 'links are out of order');
    else if (previous !== this.last.hash) this.report(sequence, 'links are out of order');
    if (linkHash(key, link) !== hash) this.report(sequence, 'a link was changed');
    if (sequence === head.sequence) {
      this.metHead = true;
      if (hash !== head.hash || link.stateHash !== stateHash)
        this.report(sequence, 'the document was changed past its log');
    }
    this.last = { sequence, hash };
  }

  close(): readonly { sequence: number; breach: Breach }[] {
    const { head } = this.document;
    if (head.sequence === 0) this.report(this.last.sequence, 'the document is gone');
    else if (this.last.sequence === 0) this.report(0, 'the document has no log');
    else if (!this.metHead) this.report(head.sequence, 'the end of the log is missing');
    return this.found;
  }

  private report(sequence: number, breach: Breach): void {
    this.found.push({ sequence, breach });
  }
}

function nameOf({ kind, id }: DocumentKey): string {
  return `${kind} ${id}`;
}
