import { may } from '../plr/plr-access.js';
import type { CouncilContext } from '../council/council-context.js';
import { figuresOfModeration } from '../plr/figures-of-moderation.js';
import { gradesBlind } from '../plr/grades-blind.js';
import { type Person, isActive } from '../council/organisation.js';
import type { Plr } from '../plr/plr.js';
import type { Action } from '../plr/action.js';

/**
 * The owner or the Team Manager updates, the QA Service verifies (docs/domain.md, "Where the report contradicts
 * itself").
 */
export function mayUpdateAction(person: Person, action: Action, plr: Plr, council: CouncilContext): boolean {
  return (
    owns(person, action, council) || may(person, 'update action', whereItIs(plr, action, council), council)
  );
}

export function mayVerifyAction(person: Person, action: Action, plr: Plr, council: CouncilContext): boolean {
  return may(person, 'verify action', plr, council) && !isKeptFrom(person, action, plr, council);
}

export function mayReadAction(person: Person, action: Action, plr: Plr, council: CouncilContext): boolean {
  if (mayUpdateAction(person, action, plr, council)) return true;
  const reads =
    may(person, 'read action', plr, council) ||
    may(person, 'read action', whereItIs(plr, action, council), council);
  return reads && !isKeptFrom(person, action, plr, council);
}

/** The case number is for the people of the PLR, not for the rungs above them (docs/domain.md, "Privacy"). */
export function mayKnowCase(person: Person, action: Action, plr: Plr, council: CouncilContext): boolean {
  return mayUpdateAction(person, action, plr, council) || mayVerifyAction(person, action, plr, council);
}

function owns(person: Person, action: Action, council: CouncilContext): boolean {
  return person.id === action.ownerId && isActive(person, council.today);
}

/** An action of management grip shows that there is an alert, and so gives the grade away. */
function isKeptFrom(
  person: Person,
  { origin }: Action,
  { review, moderation }: Plr,
  council: CouncilContext,
): boolean {
  const stands = {
    standing: { is: review.state },
    ...figuresOfModeration(undefined, moderation, council.timeZone),
  };
  return origin === 'management-grip' && gradesBlind(person, stands, council);
}

/** A case that moved takes its actions along: what counts is what a person is to its team and Service today. */
export function whereItIs(plr: Plr, { teamId }: Action, { organisation }: CouncilContext): Plr {
  const serviceId = organisation.teams.get(teamId)?.serviceId ?? plr.serviceId;
  return { ...plr, teamId, serviceId };
}
