import type { ServiceId } from '../base/ids.js';
import type { PlrFigures } from '../plr/figures.js';
import type { LocalDate } from '../base/time.js';
import { drawCounts, type ReturnedPlr } from './decide-draw.js';

export interface ModerationCounts {
  /** What the rule asks for: 20% of each Service's, rounded up, and every Inadequate. */
  readonly required: number;
  readonly drawn: number;
  /** Agreed or settled. */
  readonly completed: number;
  /** Neither agreed nor settled, and past the 10 working days. */
  readonly overdue: number;
}

/** Moderation of the given PLRs, of any number of Services of one cycle (`plr cycle status`). */
export function moderationCounts(figures: readonly PlrFigures[], today: LocalDate): ModerationCounts {
  const services = [...returnedByService(figures).values()].map((returned) => drawCounts(returned));
  return {
    required: services.reduce((sum, one) => sum + one.sample.required + one.inadequate.required, 0),
    drawn: figures.filter(({ moderation }) => moderation !== undefined).length,
    completed: figures.filter(isModerated).length,
    overdue: figures.filter((one) => isModerationOverdue(one, today)).length,
  };
}

/** Agreed or settled. */
export function isModerated({ moderation }: PlrFigures): boolean {
  return moderation === 'agreed' || moderation === 'settled';
}

/** From the day after it was due (docs/domain.md, 4.4). */
export function isModerationOverdue(one: PlrFigures, today: LocalDate): boolean {
  return one.moderating !== undefined && !isModerated(one) && one.moderating.dueOn < today;
}

/** What the draw may look at: every PLR returned through the bot, with the manager's grade. */
export function returnedByService(figures: readonly PlrFigures[]): Map<ServiceId, ReturnedPlr[]> {
  const services = new Map<ServiceId, ReturnedPlr[]>();
  for (const { ref, source, standing, grades, serviceId, moderation, record } of figures) {
    if (source !== 'bot' || standing.is !== 'returned' || grades.original === undefined) continue;
    const plr = {
      ref,
      grade: grades.original,
      serviceId,
      alreadyDrawn: moderation !== undefined,
      purged: record?.state === 'purged',
    };
    services.set(serviceId, [...(services.get(serviceId) ?? []), plr]);
  }
  return services;
}
