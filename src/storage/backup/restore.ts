import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { TableTransaction } from '../azure.js';
import { Fault } from '../../practice/base/errors.js';
import { partitions, rowKeys } from '../keys.js';
import { leaseBlobName } from '../lease.js';
import { PartitionRegistry } from '../partition-registry.js';
import { isMissing, type StorageClients } from '../table.js';
import type { Archive } from './archive.js';
import { readArchived, toEntity, type ArchivedRow } from './archived-row.js';
import { partitionsOf } from './back-up.js';
import { damageOf, readManifest, type ArchivedFile, type Manifest } from './manifest.js';
import { markRestoring, restored, restoringFrom } from './restore-marker.js';
import { asRestored, isSetAsideNow } from './unsent-after-restore.js';

export interface RestoreOptions {
  readonly clients: Pick<StorageClients, 'table' | 'container' | 'prepare'>;
  readonly archive: Archive;
  readonly progress?: (what: string, done: number, of: number) => void;
}

/** A transaction holds 100 rows and 4 MiB. */
const maxRows = 100;
const maxBytes = 3_000_000;
/** These come last, because without them a bot finds neither people nor anything to send. */
const last: readonly string[] = [partitions.activePartitions, partitions.settings];

/**
 * Brings a backup into an empty store, whole or not at all: every checksum first, then a marker under which no bot
 * starts, then the rows. Cut short, it is run again with the same backup and writes the same rows once more.
 * @throws Fault `no-backup`, `damaged`, `not-empty`, `bot-running`, `other-restore`.
 */
export async function restore({ clients, archive, progress = () => {} }: RestoreOptions) {
  const { id, manifest } = await readManifest(archive);
  const damage = await damageOf(archive, manifest, (done, of) => progress('Checking files', done, of));
  if (damage.length > 0) {
    throw new Fault(
      'damaged',
      `Nothing was restored. The backup in ${archive.place} is damaged:\n${damage.join('\n')}`,
    );
  }
  await clients.prepare();
  await refuseUnlessFree(clients, id);
  await markRestoring(clients.table, id);
  const outcome = { rows: 0, blobs: 0, setAside: 0, alertsWaiting: 0 };
  const [awake, doubtful] = [new Set<string>(), new Set<string>()];
  for (const file of inOrder(manifest)) {
    const content = await archive.read(file.name);
    if (content === undefined) throw new Fault('damaged', `${file.name} is gone from ${archive.place}.`);
    if ('blob' in file.of) {
      await clients.container.getBlockBlobClient(file.of.blob).uploadStream(content);
      outcome.blobs += 1;
      continue;
    }
    const { partition } = file.of;
    for await (const batch of batches(content)) {
      const kept = await bringRows(clients.table, partition, batch);
      if (kept.some(isAwake)) awake.add(partition);
      if (kept.some(isSetAsideNow)) doubtful.add(partition);
      outcome.setAside += kept.filter(isSetAsideNow).length;
      outcome.alertsWaiting += kept.filter(isWaitingAlert).length;
      progress('Rows', (outcome.rows += batch.length), manifest.rows);
    }
  }
  // The registry may have been read after the last of them was sent.
  const registry = new PartitionRegistry(clients.table);
  for (const partition of awake) await registry.activate(partition);
  // What was set aside just now is not in the rows of what reached nobody.
  for (const partition of doubtful) await registry.mended(partition, false);
  await restored(clients.table);
  return { madeAt: manifest.madeAt, ...outcome };
}

async function refuseUnlessFree(
  { table, container }: Pick<StorageClients, 'table' | 'container'>,
  id: string,
): Promise<void> {
  if (await isLed(container)) {
    throw new Fault(
      'bot-running',
      'A bot is running on this store. Stop it first (docs/runbook.md, "Restore").',
    );
  }
  const begun = await restoringFrom(table);
  if (begun === id) return;
  if (begun !== undefined) {
    throw new Fault(
      'other-restore',
      'A restore of another backup was begun here and not finished. Use that one, or an empty store.',
    );
  }
  const there = await whatIsThere(table, container);
  if (there.length > 0) {
    throw new Fault(
      'not-empty',
      `Nothing was restored: this store is not empty. It has ${there.join(', ')}.`,
    );
  }
}

/** Whether a bot holds the lease under which it sends. */
async function isLed(container: StorageClients['container']): Promise<boolean> {
  try {
    return (await container.getBlobClient(leaseBlobName).getProperties()).leaseState === 'leased';
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** Anything except what a bot writes just by starting: its line in the registry, and the lease. */
async function whatIsThere(table: StorageClients['table'], container: StorageClients['container']) {
  const found: string[] = [];
  for await (const partition of partitionsOf(table)) {
    const own = partition === partitions.activePartitions ? ` and RowKey ne '${partitions.council}'` : '';
    const filter = `PartitionKey eq '${partition}'${own}`;
    const first = await table.listEntities({ queryOptions: { filter, select: ['RowKey'] } }).next();
    if (first.done !== true) found.push(`rows in ${partition}`);
  }
  for await (const { name } of container.listBlobsFlat()) if (name !== leaseBlobName) found.push(name);
  return found;
}

function inOrder({ files }: Manifest): ArchivedFile[] {
  const place = ({ of }: ArchivedFile) => ('partition' in of ? last.indexOf(of.partition) + 1 : 0);
  return [...files].sort((a, b) => place(a) - place(b));
}

async function bringRows(table: StorageClients['table'], partition: string, rows: readonly ArchivedRow[]) {
  const kept = rows.map(asRestored).filter((row) => row !== undefined);
  const transaction = new TableTransaction();
  for (const row of kept) transaction.upsertEntity(toEntity(partition, row), 'Replace');
  if (kept.length > 0) await table.submitTransaction(transaction.actions);
  return kept;
}

function isAwake({ rowKey }: ArchivedRow): boolean {
  const keys = [rowKeys.allDue(), rowKeys.allWaiting(), rowKeys.openDocuments()];
  return keys.some((prefix) => rowKey.startsWith(prefix));
}

function isWaitingAlert({ rowKey, columns }: ArchivedRow): boolean {
  return rowKey.startsWith(rowKeys.allWaiting()) && columns['urgency'] === 'alert';
}

async function* batches(content: Readable): AsyncGenerator<ArchivedRow[]> {
  let batch: ArchivedRow[] = [];
  let bytes = 0;
  for await (const line of createInterface({ input: content, crlfDelay: Infinity })) {
    const size = Buffer.byteLength(line);
    if (batch.length === maxRows || (batch.length > 0 && bytes + size > maxBytes)) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(readArchived(line));
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}
