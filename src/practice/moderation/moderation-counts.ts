import type { ServiceId } from '../ids.js';
import type { PlrFigures } from '../reviews/figures.js';
import { drawCounts, type ReturnedPlr } from './moderation-draw.js';

export interface ModerationCounts {
  /** What 4.6 asks for: the sample of each service, rounded up, and every Inadequate. */
  readonly required: number;
  readonly drawn: number;
  /** Agreed, or settled by the QA lead. */
  readonly completed: number;
}

/** Counted by the service of the case, whose link reviewer moderates. */
export function moderationCounts(figures: readonly PlrFigures[]): ModerationCounts {
  const returned = figures.filter(({ standing }) => standing.is === 'returned');
  const services = new Map<ServiceId, ReturnedPlr[]>();
  for (const { ref, serviceId, grades, moderation } of returned) {
    if (grades.original === undefined) continue;
    const plr = { ref, serviceId, grade: grades.original, alreadyDrawn: moderation !== undefined };
    services.set(serviceId, [...(services.get(serviceId) ?? []), plr]);
  }
  const counts = [...services.values()].map((plrs) => drawCounts(plrs));
  return {
    required: counts.reduce((sum, { sample, inadequate }) => sum + sample.required + inadequate.required, 0),
    drawn: returned.filter(({ moderation }) => moderation !== undefined).length,
    completed: returned.filter(({ moderation }) => moderation === 'agreed' || moderation === 'settled')
      .length,
  };
}
