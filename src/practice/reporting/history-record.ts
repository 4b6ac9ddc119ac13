import type { CycleId } from '../base/ids.js';
import type { DocumentKey, DocumentKind } from '../plr/ports.js';
import type { HistoryCounts } from './keep-history.js';

/** What the last import brought of one month; its log holds what each import did. */
export type HistoryRecord = HistoryCounts;

export const historyRecordKind: DocumentKind<HistoryRecord, 'history'> = {
  kind: 'history',
  schemaVersion: 1,
};

export function historyRecordKey(cycleId: CycleId): DocumentKey<'history'> {
  return { partition: cycleId, kind: 'history', id: 'history' };
}
