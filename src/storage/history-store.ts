import type { CycleId } from '../practice/base/ids.js';
import type { History } from '../practice/plr/ports.js';
import type { PlrFigures } from '../practice/plr/figures.js';
import { gzipped, readGzipped } from './gzipped.js';
import type { StorageClients } from './table.js';

/**
 * Past PLRs, a blob for each cycle: they are read and replaced a month at a time, and sixty thousand rows of
 * them in the table would slow down everything else there.
 */
export class HistoryStore implements History {
  private readonly container: StorageClients['container'];

  constructor(container: StorageClients['container']) {
    this.container = container;
  }

  async read(cycleId: CycleId): Promise<PlrFigures[]> {
    return (await readGzipped<PlrFigures[]>(this.container, nameOf(cycleId))) ?? [];
  }

  async keep(cycleId: CycleId, figures: readonly PlrFigures[]): Promise<void> {
    const body = gzipped(figures);
    await this.container.getBlockBlobClient(nameOf(cycleId)).upload(body, body.length);
  }
}

function nameOf(cycleId: CycleId): string {
  return `history/${cycleId}.json.gz`;
}
