import type { CycleId, PlrRef } from '../base/ids.js';
import type { LocalDate } from '../base/time.js';
import type { Draw, DrawnCase } from '../draw/draw.js';

/** A cycle's draw with the reference each PLR will have: kept as a whole before the first PLR is created. */
export interface DrawPlan {
  readonly cycleId: CycleId;
  readonly seed: string;
  readonly rosterVersion: number;
  readonly on: LocalDate;
  readonly drawn: readonly (DrawnCase & { readonly ref: PlrRef })[];
  readonly unplaced: Draw['unplaced'];
  readonly notAsked: Draw['notAsked'];
  readonly coverage: Draw['coverage'];
}
