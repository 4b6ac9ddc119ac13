import { followAlert } from '../alerts/decide-following.js';
import { refuse, type Refusal } from '../base/errors.js';
import type { CouncilContext } from '../council/council-context.js';
import type { PersonId, PlrRef } from '../base/ids.js';
import { isActive, isOpenCase, reviewsCases, type Case } from '../council/organisation.js';
import { isOpen, plrKey, type OpenPlr, type Plr } from '../plr/plr.js';
import type { Change, Message } from '../plr/ports.js';
import { selfAssessmentKey } from '../plr/self-assessment.js';
import { addWorkingDays, firstWorkingDayOf, monthOf, type LocalDate } from '../base/time.js';
import { personName, teamName } from '../council/words.js';
import type { Cycle } from '../plr/cycle-record.js';
import type { DrawPlan } from '../plr/draw-plan.js';
import { assignedKey } from '../plr/issue-keys.js';
import { isOwn } from '../council/own-team.js';

/** What a roster means for one PLR that is still open, or for one manager who has none yet. */
export interface RosterEffect {
  readonly is: 'rerouted' | 'manager-left' | 'case-closed' | 'own-team' | 'joined' | 'alert-followed';
  /** Names the fact, so that it is told only once. */
  readonly key: string;
  readonly managerId: PersonId;
  readonly ref?: PlrRef;
  readonly sentence: string;
}

/** A manager who joins up to this working day of the month gets a PLR of that month; later, of the next. */
const lastWorkingDayToJoin = 10;

/** Returned and closed PLRs are left alone: they record what was done. But an open alert follows the child. */
export function effectsOnPlrs(plrs: readonly Plr[], council: CouncilContext): RosterEffect[] {
  const onOpen = (plr: OpenPlr) => [...managerGone(plr, council), ...caseMoved(plr, council)];
  return [...plrs.flatMap((plr) => alertFollowed(plr, council)), ...plrs.filter(isOpen).flatMap(onOpen)];
}

function alertFollowed(plr: Plr, council: CouncilContext): RosterEffect[] {
  if (plr.alert === undefined || followAlert(plr, council) === undefined) return [];
  const sentence = `The open alert of ${plr.ref} follows its case and the people in post: those who have it now are told.`;
  return [effect('alert-followed', plr, `alert.${plr.ref}.${plr.alert.timeline.length}`, sentence)];
}

function managerGone(plr: OpenPlr, council: CouncilContext): RosterEffect[] {
  const manager = council.organisation.people.get(plr.managerId);
  if (manager !== undefined && isActive(manager, council.today)) return [];
  const sentence = `${personName(plr.managerId, council)} has left. ${plr.ref} is still open: exempt it, or let the QA Service complete it.`;
  return [effect('manager-left', plr, `left.${plr.ref}`, sentence)];
}

function caseMoved(plr: OpenPlr, council: CouncilContext): RosterEffect[] {
  const one = council.organisation.cases.get(plr.caseRef);
  if (one === undefined || !isOpenCase(one, council.today)) {
    const sentence = `The case of ${plr.ref} has closed. Draw another for ${personName(plr.managerId, council)}, or leave it as it is.`;
    return [effect('case-closed', plr, `closed.${plr.ref}`, sentence)];
  }
  if (!isMoved(plr, one)) return [];
  const worker = personName(one.allocatedWorkerId, council);
  const moved = `${plr.ref} is now with ${worker}, ${teamName(one.teamId, council)}. ${personName(plr.managerId, council)} is told.`;
  const fact = `${plr.ref}.${one.allocatedWorkerId}.${one.teamId}`;
  const manager = council.organisation.people.get(plr.managerId);
  const own = manager !== undefined && isOwn(one, manager, council);
  return [
    effect('rerouted', plr, `rerouted.${fact}`, moved),
    ...(own
      ? [
          effect(
            'own-team',
            plr,
            `own-team.${fact}`,
            `The case of ${plr.ref} has moved to the manager’s own team or to somebody they lead, which a draw would not have given: draw another, or leave it as it is.`,
          ),
        ]
      : []),
  ];
}

function isMoved(plr: Plr, { allocatedWorkerId, teamId }: Case): boolean {
  return plr.practitionerId !== allocatedWorkerId || plr.teamId !== teamId;
}

function effect(is: RosterEffect['is'], plr: Plr, key: string, sentence: string): RosterEffect {
  return { is, key, managerId: plr.managerId, ref: plr.ref, sentence };
}

/** Managers who joined after the draw and are asked for a PLR this month, by the rule above. */
export function effectsOfJoining(
  cycle: Cycle,
  plan: DrawPlan,
  have: ReadonlySet<PersonId>,
  council: CouncilContext,
): RosterEffect[] {
  if (cycle.state !== 'issued' || cycle.kind !== 'monthly' || !mayJoin(cycle, council)) return [];
  const considered = new Set([
    ...plan.drawn.map(({ managerId }) => managerId),
    ...plan.unplaced.map(({ managerId }) => managerId),
    ...plan.notAsked.filter(({ why }) => why !== 'not-active').map(({ managerId }) => managerId),
    ...have,
  ]);
  return council.organisation.roster.people
    .filter((person) => reviewsCases(person) && isActive(person, council.today) && !considered.has(person.id))
    .map(({ id }) => ({
      is: 'joined',
      key: `joined.${id}`,
      managerId: id,
      sentence: `${personName(id, council)} has joined and is asked for a review of this month.`,
    }));
}

function mayJoin({ month }: Cycle, { today, holidays }: CouncilContext): boolean {
  const last: LocalDate = addWorkingDays(
    firstWorkingDayOf(month, holidays),
    lastWorkingDayToJoin - 1,
    holidays,
  );
  return monthOf(today) === month && today <= last;
}

/** Follows the case to its new worker and team; those concerned are told, and the manager's card is redrawn. */
export function reroute(plr: Plr, council: CouncilContext): Change<Plr> | Refusal<'nothing-to-do'> {
  const one = council.organisation.cases.get(plr.caseRef);
  const team = one === undefined ? undefined : council.organisation.teams.get(one.teamId);
  if (one === undefined || team === undefined || !isOpen(plr) || !isMoved(plr, one))
    return refuse('nothing-to-do', 'It goes where it went before.');
  const { selfAssessment, ...kept } = plr;
  const { practitionerId, formerPractitioners = [] } = plr;
  const former = selfAssessment === undefined ? { practitionerId } : { practitionerId, selfAssessment };
  const state = {
    ...kept,
    practitionerId: one.allocatedWorkerId,
    teamId: one.teamId,
    serviceId: team.serviceId,
    reroutes: (plr.reroutes ?? 0) + 1,
    formerPractitioners: [...formerPractitioners, former],
  };
  return {
    state,
    did: 'followed the case to its new worker',
    messages: rerouteMessages(plr, state),
  };
}

/** The manager's card and the former practitioner's are redrawn; the new practitioner gets one of their own. */
function rerouteMessages(old: Plr, now: Plr & { readonly reroutes: number }): Message[] {
  const { cycleId, ref, managerId, practitionerId } = old;
  const about = { about: plrKey(cycleId, ref), urgency: 'ordinary' } as const;
  const fact = `rerouted.${ref}.${now.reroutes}`;
  const manager = { ...about, to: { person: managerId } };
  const told: Message[] = [
    { ...manager, key: `${fact}.${managerId}`, card: 'rerouted' },
    { ...manager, key: `${fact}.assigned`, card: 'assignment', redraws: assignedKey(ref) },
  ];
  if (now.practitionerId === practitionerId) return told;
  return [
    ...told,
    {
      ...about,
      key: `${fact}.${practitionerId}`,
      to: { person: practitionerId },
      card: 'rerouted',
      redraws: selfAssessmentKey(ref, old.reroutes),
    },
    {
      ...about,
      key: selfAssessmentKey(ref, now.reroutes),
      to: { person: now.practitionerId },
      card: 'self-assessment',
    },
  ];
}
