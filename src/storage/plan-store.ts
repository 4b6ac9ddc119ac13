import type { DrawPlan } from '../practice/plr/draw-plan.js';
import { Fault } from '../practice/base/errors.js';
import type { CycleId } from '../practice/base/ids.js';
import type { Plans } from '../practice/plr/ports.js';
import { gzipped, readGzipped } from './gzipped.js';
import { isDuplicate, type StorageClients } from './table.js';

/** A blob for each cycle's draw, written once: whoever comes second reads what the first one wrote. */
export class PlanStore implements Plans {
  private readonly container: StorageClients['container'];

  constructor(container: StorageClients['container']) {
    this.container = container;
  }

  read(cycleId: CycleId): Promise<DrawPlan | undefined> {
    return readGzipped<DrawPlan>(this.container, nameOf(cycleId));
  }

  async keep(plan: DrawPlan): Promise<DrawPlan> {
    try {
      const body = gzipped(plan);
      await this.container
        .getBlockBlobClient(nameOf(plan.cycleId))
        .upload(body, body.length, { conditions: { ifNoneMatch: '*' } });
      return plan;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
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
