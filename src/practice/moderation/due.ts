import type { CouncilContext } from '../council/council-context.js';
import type { PersonId, PlrRef } from '../base/ids.js';
import { dateAt, type BankHolidays, type Instant, type LocalDate } from '../base/time.js';
import { assertNever } from '../base/errors.js';
import { isAwayUntil, qaLeads } from '../council/staff.js';
import type { Settling } from './decide-answer.js';
import type { Moderation, ModerationStage } from '../plr/moderation.js';
import { type Calendar, type DueStage, type Stage, stageReached, stagesOf } from '../base/stages.js';

export interface ModerationReminder {
  /** The same for the same reminder, however often it is asked for; with a new moderator it is a new reminder. */
  readonly key: string;
  readonly ref: PlrRef;
  readonly stage: ModerationStage;
  readonly to: { readonly person: PersonId } | { readonly role: 'qa-lead' };
  readonly dueOn: LocalDate;
}

/** Two working days before, on the day, and on the first working day after it. */
const moderationStages: readonly Stage<ModerationStage>[] = [
  { stage: 'soon', workingDays: -2 },
  { stage: 'today', workingDays: 0 },
  { stage: 'overdue', workingDays: 1 },
];

export function remindersFor(dueOn: LocalDate, calendar: Calendar): DueStage<ModerationStage>[] {
  return stagesOf(moderationStages, dueOn, calendar);
}

/**
 * What this moderation asks for at this time, if anything: two working days before it is due, on the day, and
 * once it is overdue. Only the latest is given, so that missed ticks are not followed by three messages at
 * once.
 */
export function whatIsDue(
  moderation: Moderation,
  now: Instant,
  holidays: BankHolidays,
  timeZone: string,
  managerAway = false,
): ModerationReminder | undefined {
  const next = whoseTurn(moderation, managerAway);
  const stage = stageReached(moderationStages, moderation.dueOn, dateAt(now, timeZone), holidays);
  if (next === undefined || stage === undefined) return undefined;
  const who = 'person' in next ? next.person : next.role;
  const key = `moderation-due.${moderation.ref}.${moderation.state}.${who}.${stage}`;
  return { key, ref: moderation.ref, stage, to: next, dueOn: moderation.dueOn };
}

/** The manager has left, or is on leave until it is due. Nobody else can answer: the QA lead settles it. */
export function managerIsAway(moderation: Moderation, council: CouncilContext): boolean {
  return moderation.state === 'graded' && isAwayUntil(moderation.original.by, moderation.dueOn, council);
}

/** What decides today whether a moderation may be settled, and by whom. */
export function settlingOf(moderation: Moderation, council: CouncilContext): Settling {
  if (moderation.state !== 'graded' && moderation.state !== 'disputed') return neither;
  const { original, moderatorId, dueOn } = moderation;
  return {
    unanswered: managerIsAway(moderation, council) || council.today > dueOn,
    nobodyElse: qaLeads(council).every(
      (id) => id === original.by || id === moderatorId || isAwayUntil(id, dueOn, council),
    ),
  };
}

const neither: Settling = { unanswered: false, nobodyElse: false };

/**
 * Whose turn it is: the moderator's (the QA lead's while there is none), then the manager's. If the manager
 * disagrees, or is away until it is due, it is the QA lead's.
 */
export function whoseTurn(moderation: Moderation, managerAway = false): ModerationReminder['to'] | undefined {
  switch (moderation.state) {
    case 'awaiting-moderator':
      return { role: 'qa-lead' };
    case 'drawn':
      return { person: moderation.moderatorId };
    case 'graded':
      return managerAway ? { role: 'qa-lead' } : { person: moderation.original.by };
    case 'disputed':
      return { role: 'qa-lead' };
    case 'agreed':
    case 'settled':
      return undefined;
    default:
      return assertNever(moderation);
  }
}
