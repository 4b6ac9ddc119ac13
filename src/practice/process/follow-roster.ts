import { followAlert } from '../alerts/decide-following.js';
import { isRefusal, refuse } from '../base/errors.js';
import type { Presenter, Tick } from '../surface/feature.js';
import { noticeCard } from '../surface/help.js';
import type { CouncilContext } from '../council/council-context.js';
import { keepNote } from '../plr/keep-note.js';
import type { CycleId } from '../base/ids.js';
import { followMeetings } from './follow-meetings.js';
import { isOpen, plrKey, type Plr } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import type { DocumentKey, DocumentKind, Services } from '../plr/ports.js';
import type { LocalDate } from '../base/time.js';
import { dateInWords, personName, teamName } from '../council/words.js';
import { parseCycleId } from '../plr/cycle.js';
import { addNote } from '../cycles/messages.js';
import { type NoteLine, cycleKey, cycleKind, type Cycle } from '../plr/cycle-record.js';
import { drawOneMore } from '../cycles/jobs-later-draws.js';
import { effectsOfJoining, effectsOnPlrs, reroute, type RosterEffect } from './roster-effects.js';

/** The roster, and the day, with which the open cycles were last brought into line. */
interface Followed {
  readonly version: number;
  readonly on: LocalDate;
}

export const followedKind: DocumentKind<Followed, 'roster-followed'> = {
  kind: 'roster-followed',
  schemaVersion: 1,
};
const followedKey: DocumentKey = { partition: 'council', kind: 'roster-followed', id: 'roster' };

/**
 * Brings what is open into line with the people, teams and meetings as they are now: after each import,
 * whichever process made it, and each day, because people join and leave by date. One small read when there
 * is nothing to do.
 */
export async function followRoster({ council, ...services }: Tick): Promise<void> {
  const now: Followed = { version: council.organisation.version, on: council.today };
  const followed = await services.documents.read(followedKind, followedKey);
  if (followed?.version === now.version && followed.on === now.on) return;
  for (const { cycle, effects } of await rosterEffects(services, council))
    await carryOut(cycle, effects, services, council);
  await followMeetings(services, council);
  await keepNote(services, followedKind, followedKey, now, `followed roster ${now.version}`);
}

export interface CycleEffects {
  readonly cycle: Cycle;
  readonly effects: readonly RosterEffect[];
}

/** What a roster changes in the cycles that are open; nothing is done yet (`plr import org` prints it). */
export async function rosterEffects(services: Services, council: CouncilContext): Promise<CycleEffects[]> {
  const found: CycleEffects[] = [];
  for (const partition of await services.partitions.active()) {
    const name = parseCycleId(partition);
    if (name === undefined) continue;
    const cycle = await services.documents.read(cycleKind, cycleKey(name.id));
    if (cycle === undefined) continue;
    found.push({ cycle, effects: await effectsOn(cycle, services, council) });
  }
  return found;
}

/** In a cycle whose issue was cut short, an alert still follows the child; the rest waits for the issue. */
async function effectsOn(cycle: Cycle, services: Services, council: CouncilContext): Promise<RosterEffect[]> {
  const plrs = await services.documents.list(plrKind, cycle.id);
  if (cycle.state === 'issuing')
    return effectsOnPlrs(plrs, council).filter(({ is }) => is === 'alert-followed');
  const plan = await services.plans.read(cycle.id);
  const have = new Set(plrs.map(({ managerId }) => managerId));
  const joined = plan === undefined ? [] : effectsOfJoining(cycle, plan, have, council);
  return [...effectsOnPlrs(plrs, council), ...joined];
}

/** The QA leads are told first. After a crash the rest is found again, but by then it is no longer news. */
async function carryOut(
  cycle: Cycle,
  effects: readonly RosterEffect[],
  services: Services,
  council: CouncilContext,
): Promise<void> {
  if (effects.length === 0) return;
  const { version } = council.organisation;
  await note(
    cycle.id,
    `roster-${version}-${council.today}`,
    effects.map(({ key, sentence, is, ref }) =>
      ref === undefined || is === 'rerouted' || is === 'alert-followed'
        ? { key, sentence }
        : { key, sentence, decide: ref },
    ),
    services,
    council,
  );
  for (const { is, ref, managerId } of effects) {
    if (is === 'alert-followed' && ref !== undefined)
      await services.documents.change(
        plrKind,
        plrKey(cycle.id, ref),
        'system',
        (plr) => followAlert(plr, council) ?? refuse('nothing-to-do', 'Everyone who has the alert is told.'),
      );
    if (is === 'rerouted' && ref !== undefined)
      await services.documents.change(plrKind, plrKey(cycle.id, ref), 'system', (plr) =>
        reroute(plr, council),
      );
    if (is !== 'joined') continue;
    const drawn = await drawOneMore(cycle.id, { managerId }, services, council);
    if (isRefusal(drawn)) {
      const sentence = `There is no review for ${personName(managerId, council)}, who has joined. ${drawn.say}`;
      const line = { key: `no-case.${managerId}`, sentence };
      await note(cycle.id, `no-case-${managerId}`, [line], services, council);
    }
  }
}

async function note(
  id: CycleId,
  key: string,
  lines: readonly NoteLine[],
  { documents }: Services,
  council: CouncilContext,
): Promise<void> {
  await documents.change(cycleKind, cycleKey(id), 'system', (cycle) =>
    addNote(cycle, { key, title: 'The list of staff and cases has changed', lines }, council),
  );
}

/** To the manager, and to the practitioner who had the case. */
export const rerouted: Presenter<Plr> = {
  kind: plrKind,
  present: (plr, { to, redraws }, council) => {
    const { ref, practitionerId, managerId, teamId, dueOn } = plr;
    if (redraws !== undefined)
      return noticeCard(
        'This review is no longer with you',
        `The case of ${ref} has moved, so its review is done with its new worker. What you had written of your own practice is shown to nobody else. There is nothing for you to do.`,
      );
    if (!isOpen(plr) || !('person' in to) || to.person !== managerId)
      return { superseded: `the review is ${plr.review.state}` };
    const worker = `${personName(practitionerId, council)}, ${teamName(teamId, council)}`;
    return noticeCard(
      'Your review is now with someone else',
      `The case of ${ref} has moved to ${worker}. Please do the review with them; what you have written is kept, and it is still due on ${dateInWords(dueOn)}.`,
    );
  },
};
