import type { House } from '../house.js';
import type { ActionId } from '../ids.js';
import type { Plr } from '../plr.js';
import type { Message } from '../ports.js';
import type { PlannedAction } from '../reviews/answers.js';
import type { Action } from './action.js';

/** 4.7: planned actions become actions of the PLR, each with an owner by name. */
export function addActions(
  plr: Plr,
  planned: readonly PlannedAction[],
  house: House,
): { plr: Plr; messages: Message[] } {
  const teamManagerId = house.organisation.teams.get(plr.teamId)?.teamManagerId ?? plr.practitionerId;
  const added = planned.map(({ what, owner, dueOn, keepsChildSafe }, index): Action => ({
    id: `${plr.ref}-${plr.actions.length + index + 1}` as ActionId,
    what,
    ownerId: owner === 'practitioner' ? plr.practitionerId : teamManagerId,
    dueOn,
    keepsChildSafe,
    createdAt: house.now,
    state: 'to-do',
  }));
  return { plr: { ...plr, actions: [...plr.actions, ...added] }, messages: [] };
}
