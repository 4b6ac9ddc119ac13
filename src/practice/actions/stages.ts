import { stagesOf, type Calendar } from '../base/stages.js';
import type { Instant, LocalDate } from '../base/time.js';
import type { ActionStage, OpenAction } from '../plr/action.js';

/**
 * When somebody is reminded of an open action, in working days from its due date, at 9 in the morning
 * (docs/domain.md, 4.8). The report names no spacing between owner, Team Manager and Service Manager: a working
 * week for each of them leaves each time to act.
 */
export const actionStages = [
  { stage: 'due-soon', workingDays: -5, to: 'owner' },
  { stage: 'due-today', workingDays: 0, to: 'owner' },
  { stage: 'overdue', workingDays: 2, to: 'owner' },
  { stage: 'overdue-a-week', workingDays: 5, to: 'team-manager' },
  { stage: 'overdue-two-weeks', workingDays: 10, to: 'service-manager' },
] as const satisfies readonly { stage: ActionStage; workingDays: number; to: string }[];

/** The first stage after a time, as the field that keeps it; no field when there is none left. */
export function nextReminder(
  dueOn: LocalDate,
  after: Instant,
  calendar: Calendar,
): Pick<OpenAction, 'nextReminder'> {
  const next = stagesOf(actionStages, dueOn, calendar).find(({ at }) => at > after);
  return next === undefined ? {} : { nextReminder: next };
}
