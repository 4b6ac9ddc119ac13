import type { CycleId } from '../base/ids.js';
import type { DocumentKey, DocumentKind } from '../plr/ports.js';

/** What the last import brought for one month; its log says what each import did. */
export type HistoryRecord = HistoryCounts;

export const historyRecordKind: DocumentKind<HistoryRecord, 'history'> = {
  kind: 'history',
  schemaVersion: 1,
};

export function historyRecordKey(cycleId: CycleId): DocumentKey<'history'> {
  return { partition: cycleId, kind: 'history', id: 'history' };
}

export interface HistoryCounts {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly ended: number;
}
