import { sha256 } from '../audit/chain.js';

/**
 * Every column of a document's row, and how its log covers it (docs/decisions/0018). A column that is not here, or
 * that the log does not cover, fails a test. The state itself is `state0`, `state1` and so on, with a hash of its own
 * in the link. Rows of messages are acted on too, and no log covers them yet.
 *
 * - `covered`: hashed into the link of the save, in this order;
 * - `log`: the head of the log, which the chain covers.
 */
const documentColumns: Readonly<Record<string, 'covered' | 'log'>> = {
  schemaVersion: 'covered',
  dueAt: 'covered',
  figures: 'covered',
  open: 'covered',
  logSequence: 'log',
  logHash: 'log',
};

export const coveredColumns = Object.keys(documentColumns).filter(
  (name) => documentColumns[name] === 'covered',
);

export function isDeclaredColumn(name: string): boolean {
  return name in documentColumns || /^state\d+$/.test(name);
}

/** Hash of what is acted on besides the state. A column that is not there counts as empty. */
export function actedOnHash(row: Readonly<Record<string, unknown>>): string {
  return sha256(JSON.stringify(coveredColumns.map((name) => row[name] ?? '')));
}
