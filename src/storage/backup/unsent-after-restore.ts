import type { ArchivedRow } from './archived-row.js';
import { notTried } from '../../delivery/failures.js';
import { rowKeys } from '../keys.js';
import { triedColumns } from '../outbox-rows.js';

/** Shown by `plr deliveries`; `--resend-failed` sends them after all. */
const perhapsSent = 'it was waiting when the backup was made, and may have been sent since';

/**
 * What a row becomes in the restored store. Nobody knows whether a message that was waiting has been sent
 * since, so it is set aside for a person to decide. An alert waits again, because a repeat is better than a
 * loss; so does a redraw, which only changes a card in its place (docs/decisions/0007).
 */
export function asRestored(row: ArchivedRow): ArchivedRow | undefined {
  if (row.rowKey.startsWith(rowKeys.allWaiting())) return goesOn(row) ? waitsAgain(row) : undefined;
  if (row.rowKey.startsWith(rowKeys.allMessages()) && isUnsent(row)) {
    const end = goesOn(row) ? { state: 'queued', reason: '' } : { state: 'setAside', reason: perhapsSent };
    return { ...row, columns: { ...row.columns, ...end } };
  }
  return row;
}

export function isSetAsideNow({ columns }: ArchivedRow): boolean {
  return columns['reason'] === perhapsSent;
}

function goesOn({ columns }: ArchivedRow): boolean {
  return columns['urgency'] === 'alert' || (columns['redraws'] ?? '') !== '';
}

function isUnsent({ columns }: ArchivedRow): boolean {
  return columns['state'] === 'queued' || columns['state'] === 'sending';
}

/** The worker that had claimed it no longer exists. */
function waitsAgain(row: ArchivedRow): ArchivedRow {
  return { ...row, columns: { ...row.columns, ...triedColumns(notTried), heldUntil: '', claimed: false } };
}
