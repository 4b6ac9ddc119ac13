import { may } from '../plr/plr-access.js';
import type { House } from '../council/house.js';
import { figuresOfModeration } from '../plr/figures-of-moderation.js';
import { gradesBlind } from '../plr/grades-blind.js';
import { type Person, isActive } from '../council/organisation.js';
import type { Plr } from '../plr/plr.js';
import type { Action } from '../plr/action.js';

/**
 * The owner or the Team Manager updates, the QA Service verifies (docs/domain.md, "Where the report contradicts
 * itself").
 */
export function mayUpdateAction(person: Person, action: Action, plr: Plr, house: House): boolean {
  return owns(person, action, house) || may(person, 'update action', whereItIs(plr, action, house), house);
}

export function mayVerifyAction(person: Person, action: Action, plr: Plr, house: House): boolean {
  return may(person, 'verify action', plr, house) && !isKeptFrom(person, action, plr, house);
}

export function mayReadAction(person: Person, action: Action, plr: Plr, house: House): boolean {
  if (mayUpdateAction(person, action, plr, house)) return true;
  const reads =
    may(person, 'read action', plr, house) ||
    may(person, 'read action', whereItIs(plr, action, house), house);
  return reads && !isKeptFrom(person, action, plr, house);
}

/** The case number is for the people of the PLR, not for the rungs above them (docs/domain.md, "Privacy"). */
export function mayKnowCase(person: Person, action: Action, plr: Plr, house: House): boolean {
  return mayUpdateAction(person, action, plr, house) || mayVerifyAction(person, action, plr, house);
}

function owns(person: Person, action: Action, house: House): boolean {
  return person.id === action.ownerId && isActive(person, house.today);
}

/** An action of management grip shows that there is an alert, and so gives the grade away. */
function isKeptFrom(person: Person, { origin }: Action, { review, moderation }: Plr, house: House): boolean {
  const stands = {
    standing: { is: review.state },
    ...figuresOfModeration(undefined, moderation, house.timeZone),
  };
  return origin === 'management-grip' && gradesBlind(person, stands, house);
}

/** A case that moved takes its actions along: what counts is what a person is to its team and Service today. */
export function whereItIs(plr: Plr, { teamId }: Action, { organisation }: House): Plr {
  const serviceId = organisation.teams.get(teamId)?.serviceId ?? plr.serviceId;
  return { ...plr, teamId, serviceId };
}
