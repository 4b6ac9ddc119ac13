import { hash } from 'node:crypto';
import type { DocumentKey, LogEntry } from '../practice/plr/ports.js';

/** The last link of a document's log: kept on the document's own row, so that the row's ETag guards the chain. */
export interface LogHead {
  readonly sequence: number;
  readonly hash: string;
}

export const emptyLog: LogHead = { sequence: 0, hash: '' };

/**
 * One row of the log. `stateHash` ties it to the document as it was saved with it, and `actedOnHash` to the rest of
 * its row that is acted on (docs/decisions/0018); missing in older links.
 */
export interface LogLink extends LogEntry {
  readonly sequence: number;
  readonly previous: string;
  readonly stateHash: string;
  readonly actedOnHash?: string;
  readonly hash: string;
}

/**
 * The next link: each hash covers the one before, so a change, a gap or a reorder shows (docs/domain.md,
 * "Privacy").
 */
export function linkOver(
  head: LogHead,
  key: DocumentKey,
  entry: LogEntry,
  stateHash: string,
  actedOnHash?: string,
): LogLink {
  const hashes = { stateHash, ...(actedOnHash === undefined ? {} : { actedOnHash }) };
  const link = { ...entry, sequence: head.sequence + 1, previous: head.hash, ...hashes };
  return { ...link, hash: linkHash(key, link) };
}

export function linkHash(key: DocumentKey, link: Omit<LogLink, 'hash'>): string {
  return sha256(
    JSON.stringify([
      key.partition,
      key.kind,
      key.id,
      link.sequence,
      link.at,
      link.by,
      link.did,
      link.stateHash,
      link.previous,
      ...(link.actedOnHash === undefined ? [] : [link.actedOnHash]),
    ]),
  );
}

export function sha256(text: string): string {
  return hash('sha256', text, 'base64url');
}
