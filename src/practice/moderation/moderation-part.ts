import type { House } from '../council/house.js';
import { qaLeads } from '../council/staff.js';
import type { Plr } from '../plr/plr.js';
import type { PlrPart } from '../plr/plr-kind.js';
import type { Change, Message } from '../plr/ports.js';
import type { Instant } from '../base/time.js';
import { chooseModerator } from './choose-moderator.js';
import { managerIsAway, whatIsDue, whoseTurn, type ModerationReminder } from './moderation-due.js';
import { toQaLeads } from './moderation-messages.js';
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
  whenDue: (plr, now, house) => {
    const { moderation } = plr;
    if (moderation === undefined) return undefined;
    if (moderation.state === 'awaiting-moderator' && !moderation.qaLeadTold) {
      return nobodyFree(plr, moderation, house);
    }
    return remind(plr, moderation, now, house);
  },
};

function nobodyFree(plr: Plr, moderation: Moderation, house: House): Change<Plr> | undefined {
  const choice = chooseModerator(house.organisation, searchFor(plr, house, nobodysWorkload));
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
      house,
    ),
  };
}

function remind(plr: Plr, moderation: Moderation, now: Instant, house: House): Change<Plr> {
  const due = whatIsDue(moderation, now, house.holidays, house.timeZone, managerIsAway(moderation, house));
  const reminders = moderation.reminders.filter(({ at }) => at > now);
  return {
    state: { ...plr, moderation: { ...moderation, reminders } },
    did: due === undefined ? 'passed a moderation reminder' : `reminded of moderation: ${due.stage}`,
    messages: due === undefined ? [] : reminderMessages(plr, due, house),
  };
}

function reminderMessages(plr: Plr, due: ModerationReminder, house: House): Message[] {
  const card = `moderation-${due.stage}`;
  const people = 'person' in due.to ? [due.to.person] : qaLeads(house);
  // The QA lead has to know as well when one is overdue (docs/domain.md, 4.4: within 10 working days).
  const all = due.stage === 'overdue' ? [...new Set([...people, ...qaLeads(house)])] : people;
  return all.map((person) => ({
    key: `${due.key}.${person}`,
    to: { person },
    card,
    about: plrKey(plr.cycleId, plr.ref),
    urgency: 'ordinary',
  }));
}
