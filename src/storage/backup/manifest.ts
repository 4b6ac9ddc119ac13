import { createHash, type Hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { Fault } from '../../practice/base/errors.js';
import type { Archive } from './archive.js';

const manifestName = 'manifest.json';
const schemaVersion = 1;

const file = z.object({
  name: z.string(),
  /** A partition's rows, one a line, or a blob as it is. */
  of: z.union([z.object({ partition: z.string() }), z.object({ blob: z.string() })]),
  rows: z.number().int(),
  bytes: z.number().int(),
  sha256: z.string(),
});
const shape = z.object({
  schemaVersion: z.literal(schemaVersion),
  madeAt: z.string(),
  product: z.string(),
  rows: z.number().int(),
  blobs: z.number().int(),
  files: z.array(file),
});

export type ArchivedFile = z.infer<typeof file>;
/** What is in a backup. It is written last: without it, the backup was not finished. */
export type Manifest = z.infer<typeof shape>;

/** A backup is identified by the hash of its manifest. */
export interface Backup {
  readonly id: string;
  readonly manifest: Manifest;
}

export async function writeManifest(
  archive: Archive,
  manifest: Omit<Manifest, 'schemaVersion'>,
): Promise<void> {
  const json = JSON.stringify({ schemaVersion, ...manifest }, undefined, 1);
  await archive.write(manifestName, Readable.from([`${json}\n`]));
}

/** @throws Fault `no-backup` when there is none that this version can read. */
export async function readManifest(archive: Archive): Promise<Backup> {
  const stream = await archive.read(manifestName);
  if (stream === undefined) {
    throw new Fault(
      'no-backup',
      `${archive.place} has no ${manifestName}: it is no backup, or one that was not finished.`,
    );
  }
  const json = await text(stream);
  const read = shape.safeParse(jsonOf(json));
  if (!read.success) {
    throw new Fault(
      'no-backup',
      `${manifestName} in ${archive.place} is damaged, or of another version of the product.`,
    );
  }
  return { id: createHash('sha256').update(json).digest('hex'), manifest: read.data };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Counts and hashes what passes through. */
export class Meter {
  bytes = 0;
  private readonly hash: Hash = createHash('sha256');

  async *through(content: AsyncIterable<Buffer | string>): AsyncGenerator<Buffer> {
    for await (const part of content) yield this.take(part);
  }

  async readAll(content: AsyncIterable<Buffer | string>): Promise<void> {
    for await (const part of content) this.take(part);
  }

  private take(part: Buffer | string): Buffer {
    const chunk = typeof part === 'string' ? Buffer.from(part, 'utf8') : part;
    this.bytes += chunk.length;
    this.hash.update(chunk);
    return chunk;
  }

  sha256(): string {
    return this.hash.digest('hex');
  }
}

/** What is wrong with the files of a backup; empty when each is as it was written. */
export async function damageOf(
  archive: Archive,
  { files }: Manifest,
  progress: (done: number, of: number) => void,
): Promise<string[]> {
  const damage: string[] = [];
  for (const [index, { name, bytes, sha256 }] of files.entries()) {
    progress(index, files.length);
    const stream = await archive.read(name);
    if (stream === undefined) {
      damage.push(`${name}: it is missing`);
      continue;
    }
    const meter = new Meter();
    await meter.readAll(stream);
    if (meter.bytes !== bytes) damage.push(`${name}: it has ${meter.bytes} bytes and not ${bytes}`);
    else if (meter.sha256() !== sha256) damage.push(`${name}: its checksum is not the one of the backup`);
  }
  return damage;
}
