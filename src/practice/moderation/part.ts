import type { CouncilContext } from '../council/council-context.js';
import { qaLeads } from '../council/staff.js';
import type { Plr } from '../plr/plr.js';
import type { PlrPart } from '../plr/plr-kind.js';
import type { Change, Message } from '../plr/ports.js';
import type { Instant } from '../base/time.js';
import { chooseModerator } from './decide-moderator.js';
import { managerIsAway, whatIsDue, whoseTurn, type ModerationReminder } from './due.js';
import { toQaLeads } from './messages.js';
import type { Moderation } from '../plr/moderation.js';
import { nobodysWorkload, searchFor } from './moderator-search.js';
import { plrKey } from '../plr/plr.js';

/**
 * Moderation over time. One that waits for a moderator is due at once. That wakes the tick, whose jobs come
 * first and choose by workload (moderation-jobs.ts). If it is still due after them, perhaps nobody is free.
 */
export const moderationPart: PlrPart = {
  of: 'moderation',
  dueAt: ({ moderation }) => {
    if (moderation === undefined || whoseTurn(moderation) === undefined) return undefined;
    if (moderation.state === 'awaiting-moderator' && !moderation.qaLeadTold) return moderation.since;
    return moderation.reminders[0]?.at;
  },
  whenDue: (plr, now, council) => {
    const { moderation } = plr;
    if (moderation === undefined) return undefined;
    if (moderation.state === 'awaiting-moderator' && !moderation.qaLeadTold) {
      return nobodyFree(plr, moderation, council);
    }
    return remind(plr, moderation, now, council);
  },
};

function nobodyFree(plr: Plr, moderation: Moderation, council: CouncilContext): Change<Plr> | undefined {
  const choice = chooseModerator(council.organisation, searchFor(plr, council, nobodysWorkload));
  // Somebody is free: it was drawn after the jobs of this tick had run, and those of the next tick will assign
  // it.
  if (!('none' in choice)) return undefined;
  return {
    state: { ...plr, moderation: { ...moderation, qaLeadTold: true } as Moderation },
    did: 'found no moderator free',
    messages: toQaLeads(
      plr,
      `moderation-nobody-free.${moderation.reassignments.length}`,
      'moderation-nobody-free',
      council,
    ),
  };
}

function remind(plr: Plr, moderation: Moderation, now: Instant, council: CouncilContext): Change<Plr> {
  const due = whatIsDue(
    moderation,
    now,
    council.holidays,
    council.timeZone,
    managerIsAway(moderation, council),
  );
  const reminders = moderation.reminders.filter(({ at }) => at > now);
  return {
    state: { ...plr, moderation: { ...moderation, reminders } },
    did: due === undefined ? 'passed a moderation reminder' : `reminded of moderation: ${due.stage}`,
    messages: due === undefined ? [] : reminderMessages(plr, due, council),
  };
}

function reminderMessages(plr: Plr, due: ModerationReminder, council: CouncilContext): Message[] {
  const card = `moderation-${due.stage}` as const;
  // What is overdue the QA leads are told of in one message for all (process/today/late-digest.ts).
  const people = 'person' in due.to ? [due.to.person] : qaLeads(council);
  return people.map((person) => ({
    key: `${due.key}.${person}`,
    to: { person },
    card,
    about: plrKey(plr.cycleId, plr.ref),
    urgency: 'ordinary',
  }));
}
