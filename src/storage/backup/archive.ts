import { createReadStream, createWriteStream } from 'node:fs';
import { chmod, mkdir, readdir } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ContainerClient } from '../azure.js';
import type { StorageConfig } from '../../config.js';
import { Fault } from '../../practice/base/errors.js';
import { credentialOf, isMissing } from '../table.js';

/** Where a backup is kept: named files, written and read as streams, so that no size is too large. */
export interface Archive {
  /** Its name, for people. */
  readonly place: string;
  names(): Promise<string[]>;
  write(name: string, content: Readable): Promise<void>;
  /** Undefined when there is no such file. */
  read(name: string): Promise<Readable | undefined>;
}

/**
 * @param where a folder, or `https://ACCOUNT.blob.core.windows.net/CONTAINER/FOLDER`.
 * @throws Fault `no-such-place` for an address that names no folder of a container.
 */
export function archiveAt(storage: StorageConfig, where: string): Archive {
  if (!where.startsWith('https://')) return folderArchive(where);
  const { origin, pathname } = new URL(where);
  const [, container = '', ...folder] = pathname.split('/');
  if (folder.join('') === '')
    throw new Fault(
      'no-such-place',
      `${where} names no folder: https://ACCOUNT.blob.core.windows.net/CONTAINER/FOLDER.`,
    );
  return containerArchive(
    new ContainerClient(`${origin}/${container}`, credentialOf(storage)),
    folder.join('/'),
  );
}

/** A folder of this machine that only its owner can open: a backup holds everything that the bot does. */
export function folderArchive(folder: string): Archive {
  return {
    place: folder,
    names: async () => {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(none);
      return entries
        .filter((entry) => !entry.isDirectory())
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
    },
    write: async (name, content) => {
      const path = join(folder, name);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await chmod(folder, 0o700);
      await pipeline(content, createWriteStream(path, { mode: 0o600 }));
    },
    read: async (name) => {
      const stream = createReadStream(join(folder, name));
      return new Promise((resolve, reject) => {
        stream.once('open', () => resolve(stream));
        stream.once('error', (error) => (isNotThere(error) ? resolve(undefined) : reject(error)));
      });
    },
  };
}

/** A folder of a blob container, best in an account of its own. */
export function containerArchive(container: ContainerClient, folder: string): Archive {
  const blob = (name: string) => container.getBlockBlobClient(`${folder}/${name}`);
  return {
    place: `${container.url}/${folder}`,
    names: async () => {
      const names: string[] = [];
      for await (const { name } of container.listBlobsFlat({ prefix: `${folder}/` }))
        names.push(name.slice(folder.length + 1));
      return names;
    },
    write: async (name, content) => void (await blob(name).uploadStream(content)),
    read: async (name) => {
      try {
        return (await blob(name).download()).readableStreamBody as Readable;
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
  };
}

function isNotThere(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function none(error: unknown): [] {
  if (isNotThere(error)) return [];
  throw error;
}
