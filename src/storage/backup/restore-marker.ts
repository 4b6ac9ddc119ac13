import type { TableClient } from '@azure/data-tables';
import { Fault } from '../../practice/base/errors.js';
import { partitions } from '../keys.js';
import { isMissing } from '../table.js';

const markerKey = { partitionKey: partitions.settings, rowKey: 'restoring' } as const;

/** While it is there, the store is half restored, and only the same restore may use it. */
export async function markRestoring(table: TableClient, backupId: string): Promise<void> {
  await table.upsertEntity({ ...markerKey, backupId }, 'Replace');
}

/** The backup whose restore was begun and not finished. */
export async function restoringFrom(table: TableClient): Promise<string | undefined> {
  try {
    const { backupId } = await table.getEntity<Record<string, unknown>>(
      markerKey.partitionKey,
      markerKey.rowKey,
    );
    return String(backupId);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

export async function restored(table: TableClient): Promise<void> {
  await table.deleteEntity(markerKey.partitionKey, markerKey.rowKey);
}

/** @throws Fault `restore-unfinished`. */
export async function refuseHalfRestored(table: TableClient): Promise<void> {
  if ((await restoringFrom(table)) !== undefined) {
    throw new Fault(
      'restore-unfinished',
      'A restore was begun here and not finished. Run "plr store restore" again with the same backup.',
    );
  }
}
