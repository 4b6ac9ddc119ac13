import { may, capacitiesOf } from '../plr/plr-access.js';
import type { CouncilContext } from '../council/council-context.js';
import type { PersonId } from '../base/ids.js';
import { isActive, type Person } from '../council/organisation.js';
import { isAtWork, qaLeads as allQaLeads } from '../council/staff.js';
import type { Plr } from '../plr/plr.js';
import type { Recipient } from '../plr/ports.js';
import {
  climbedTo,
  managerParts,
  mustAct,
  type Actor,
  type Addressee,
  type Alert,
  type AlertFacts,
  type ManagerPart,
} from '../plr/alert.js';
import { rungPosts, rungWords, type RungId } from '../council/ladder.js';
import { isLost } from '../plr/alert-reached.js';

export const addresseeWords: Readonly<Record<Addressee, string>> = {
  practitioner: 'social worker',
  'team-manager': 'Team Manager',
  ...rungWords,
  'qa-lead': 'QA lead',
  channel: 'team channel',
  raiser: 'the one who raised it',
};

/** Where a case is, and with whom. */
export type Allocated = Pick<Plr, 'caseRef' | 'practitionerId' | 'teamId' | 'serviceId'>;

/**
 * The PLR with the worker and team that its case has today. A returned review stays as it was, but an alert
 * follows the child.
 */
export function asAllocated<Of extends Allocated>(plr: Of, { organisation }: CouncilContext): Of {
  const one = organisation.cases.get(plr.caseRef);
  const team = one && organisation.teams.get(one.teamId);
  if (one === undefined || team === undefined) return plr;
  return { ...plr, practitionerId: one.allocatedWorkerId, teamId: team.id, serviceId: team.serviceId };
}

/** Who holds this part for the allocated team, by today's roster. */
export function holderOf(as: Actor, plr: Allocated, council: CouncilContext): PersonId | undefined {
  const { practitionerId, teamId, serviceId } = asAllocated(plr, council);
  const { teams, services } = council.organisation;
  if (as === 'practitioner') return practitionerId;
  return as === 'team-manager'
    ? teams.get(teamId)?.teamManagerId
    : services.get(serviceId)?.[rungPosts[as].post];
}

/** Where the allocated team is told. */
export function channelOf(plr: Plr, council: CouncilContext): Recipient {
  return { channel: 'alert', team: asAllocated(plr, council).teamId };
}

/** Whether the person who was told in this part still holds it today. A QA lead oversees them all. */
export function hasItToday(
  { as, to }: { as: Addressee; to: Recipient },
  plr: Allocated,
  council: CouncilContext,
): boolean {
  if (as === 'qa-lead') return true;
  if ('person' in to) return mustAct(as) && holderOf(as, plr, council) === to.person;
  return 'team' in to && to.team === asAllocated(plr, council).teamId;
}

/** Every QA lead who is there; all of them, when all are away. */
export function qaLeadsToNotify(council: CouncilContext): PersonId[] {
  const all = allQaLeads(council);
  const there = all.filter((id) => isAtWork(id, council));
  return there.length > 0 ? there : all;
}

/**
 * The social worker and the Team Manager; a senior manager from the moment it has climbed to them
 * (docs/domain.md, 4.3).
 */
export function isAskedToAct(person: Person, plr: Plr, alert: AlertFacts, council: CouncilContext): boolean {
  return (
    may(person, 'acknowledge alert', asAllocated(plr, council), council) ||
    mayGrip(person, plr, alert, council)
  );
}

/** Whether the whole alert is theirs to see: they are asked to act on it, or oversee it. */
export function seesAlert(person: Person, plr: Plr, alert: AlertFacts, council: CouncilContext): boolean {
  return may(person, 'oversee alert', plr, council) || isAskedToAct(person, plr, alert, council);
}

/** Of the managers to whom it has climbed in this round, the highest who is there. */
export function highestThere(plr: Plr, alert: AlertFacts, council: CouncilContext): RungId | undefined {
  return climbedTo(alert).findLast((rung) => isAtWork(holderOf(rung, plr, council), council));
}

/**
 * Who has the next step: the Team Manager, or, when they are away or cannot be reached, the highest manager who
 * can.
 */
export function whoGrips(plr: Plr, alert: AlertFacts, council: CouncilContext): ManagerPart | undefined {
  return (['team-manager', ...climbedTo(alert).reverse()] as const).find(
    (as) => isAtWork(holderOf(as, plr, council), council) && !isLost(alert, as),
  );
}

/** Those who may record management grip, and whoever stated the child's safety first, while they are asked to act. */
export function mayRestate(person: Person, plr: Plr, alert: Alert, council: CouncilContext): boolean {
  if (alert.state === 'raised' || !isAskedToAct(person, plr, alert, council)) return false;
  return alert.acknowledgement.by === person.id || mayGrip(person, plr, alert, council);
}

/** The Team Manager, and those to whom it has climbed, who stand in. */
export function mayGrip(person: Person, plr: Plr, alert: AlertFacts, council: CouncilContext): boolean {
  const held = standings(person, plr, council);
  return (
    may(person, 'record management grip', asAllocated(plr, council), council) ||
    climbedTo(alert).some((as) => held.has(as))
  );
}

/** Whether the alert concerns them today, whatever they were told before. */
export function hasPart(person: Person, plr: Allocated, council: CouncilContext): boolean {
  if (!isActive(person, council.today)) return false;
  if (person.roles.includes('qa-lead')) return true;
  return (['practitioner', ...managerParts] as const).some((as) => holderOf(as, plr, council) === person.id);
}

function standings(person: Person, plr: Plr, council: CouncilContext): ReturnType<typeof capacitiesOf> {
  return capacitiesOf(person, asAllocated(plr, council), council);
}
