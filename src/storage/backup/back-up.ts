import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { TableClient } from '@azure/data-tables';
import { Fault } from '../../practice/base/errors.js';
import type { Instant } from '../../practice/base/time.js';
import { leaseBlobName } from '../lease.js';
import type { StorageClients } from '../table.js';
import type { Archive } from './archive.js';
import { toArchived } from './archived-row.js';
import { Meter, writeManifest, type ArchivedFile } from './manifest.js';
import { refuseHalfRestored } from './restore-marker.js';

export interface BackUpOptions {
  readonly clients: Pick<StorageClients, 'table' | 'container'>;
  readonly archive: Archive;
  readonly now: Instant;
  readonly product: string;
  readonly progress?: (what: string, done: number) => void;
}

type Row = Record<string, unknown>;

/** How many times at most a partition that is being written to is read again. */
const maxReadings = 20;

/**
 * Everything the bot keeps, while it runs: each partition as it was at one moment. The order matters: rows
 * first, partitions by name, so that what others point at (`references`, `settings`) is never older than they
 * are; then the blobs.
 * @throws Fault `archive-not-empty`, `too-busy`, `restore-unfinished`.
 */
export async function backUp({ clients, archive, now, product, progress = () => {} }: BackUpOptions) {
  await refuseHalfRestored(clients.table);
  if ((await archive.names()).length > 0)
    throw new Fault(
      'archive-not-empty',
      `${archive.place} is not empty: give each backup a place of its own.`,
    );
  const files: ArchivedFile[] = [];
  let rows = 0;
  for await (const partition of partitionsOf(clients.table)) {
    const file = await keepPartition(clients.table, partition, archive, (read) =>
      progress('Rows', rows + read),
    );
    rows += file.rows;
    files.push(file);
  }
  let blobs = 0;
  for await (const { name } of clients.container.listBlobsFlat()) {
    if (name === leaseBlobName) continue;
    files.push(await keepBlob(clients.container, name, archive));
    progress('Files', (blobs += 1));
  }
  await writeManifest(archive, { madeAt: now, product, rows, blobs, files });
  return { partitions: files.length - blobs, rows, blobs };
}

/** Each partition there is, whether or not anybody registered it: the first row after the last of the one before. */
export async function* partitionsOf(table: TableClient): AsyncGenerator<string> {
  for (let last = ''; ;) {
    const filter = `PartitionKey gt '${last}'`;
    const rows = table.listEntities<Row>({ queryOptions: { filter, select: ['PartitionKey'] } });
    const first = await rows.byPage({ maxPageSize: 1 }).next();
    const found = (first.value as Row[] | undefined)?.[0];
    if (found === undefined) return;
    last = String(found['partitionKey']);
    yield last;
  }
}

/**
 * Read twice: when no ETag differs, the partition was just so at the moment between the two, however many pages
 * it has. State, log and messages are saved in one transaction, so all three belong together then.
 */
async function keepPartition(
  table: TableClient,
  partition: string,
  archive: Archive,
  progress: (rows: number) => void,
): Promise<ArchivedFile> {
  const name = `table/${encodeURIComponent(partition)}.jsonl`;
  for (let reading = 1; reading <= maxReadings; reading += 1) {
    const seen = new Fingerprint();
    const meter = new Meter();
    const lines = linesOf(table, partition, seen, progress);
    await archive.write(name, Readable.from(meter.through(lines)));
    const again = new Fingerprint();
    const keys = { filter: filterOf(partition), select: ['PartitionKey', 'RowKey'] };
    for await (const row of table.listEntities<Row>({ queryOptions: keys })) again.add(row);
    if (again.digest() === seen.digest())
      return { name, of: { partition }, rows: seen.rows, bytes: meter.bytes, sha256: meter.sha256() };
  }
  throw new Fault('too-busy', `${partition} was being written to all the time. Back up in a quieter hour.`);
}

async function* linesOf(
  table: TableClient,
  partition: string,
  seen: Fingerprint,
  progress: (rows: number) => void,
): AsyncGenerator<string> {
  const queryOptions = { filter: filterOf(partition) };
  for await (const row of table.listEntities<Row>({ queryOptions, disableTypeConversion: true })) {
    seen.add(row);
    if (seen.rows % 100 === 0) progress(seen.rows);
    yield `${JSON.stringify(toArchived(row))}\n`;
  }
}

class Fingerprint {
  rows = 0;
  private readonly hash = createHash('sha256');
  add({ rowKey, etag }: Row): void {
    this.rows += 1;
    this.hash.update(`${String(rowKey)}\n${String(etag)}\n`);
  }
  digest(): string {
    return this.hash.digest('hex');
  }
}

async function keepBlob(
  container: StorageClients['container'],
  blob: string,
  archive: Archive,
): Promise<ArchivedFile> {
  const name = `blobs/${blob}`;
  const { readableStreamBody } = await container.getBlobClient(blob).download();
  const meter = new Meter();
  await archive.write(name, Readable.from(meter.through(readableStreamBody as Readable)));
  return { name, of: { blob }, rows: 0, bytes: meter.bytes, sha256: meter.sha256() };
}

function filterOf(partition: string): string {
  return `PartitionKey eq '${partition}'`;
}
