import { gunzipSync, gzipSync } from 'node:zlib';
import type { DrawPlan } from '../practice/cycles/draw-plan.js';
import { Fault } from '../practice/errors.js';
import type { CycleId } from '../practice/ids.js';
import type { Plans } from '../practice/ports.js';
import { RestError } from './azure.js';
import type { StorageClients } from './table.js';

/** A blob for each cycle's draw, written once: the first kept is the one, whoever comes second reads it. */
export class PlanStore implements Plans {
  private readonly container: StorageClients['container'];

  constructor(container: StorageClients['container']) {
    this.container = container;
  }

  async read(cycleId: CycleId): Promise<DrawPlan | undefined> {
    try {
      const body = await this.container.getBlobClient(nameOf(cycleId)).downloadToBuffer();
      return JSON.parse(gunzipSync(body).toString('utf8')) as DrawPlan;
    } catch (error) {
      if (error instanceof RestError && error.statusCode === 404) return undefined;
      throw error;
    }
  }

  async keep(plan: DrawPlan): Promise<DrawPlan> {
    try {
      const body = gzipSync(JSON.stringify(plan));
      await this.container
        .getBlockBlobClient(nameOf(plan.cycleId))
        .upload(body, body.length, { conditions: { ifNoneMatch: '*' } });
      return plan;
    } catch (error) {
      if (!(error instanceof RestError) || error.statusCode !== 409) throw error;
      const kept = await this.read(plan.cycleId);
      if (kept === undefined)
        throw new Fault('plan-vanished', 'A kept draw cannot be read.', { cycleId: plan.cycleId }, error);
      return kept;
    }
  }
}

function nameOf(cycleId: CycleId): string {
  return `draws/${cycleId}.json.gz`;
}
