import type { CouncilContext } from '../council/council-context.js';
import type { ActionId, PersonId } from '../base/ids.js';
import type { Plr } from '../plr/plr.js';
import type { Message } from '../plr/ports.js';
import type { PlannedAction } from '../plr/answers.js';
import { nothingTyped, type Action, type ToDoAction } from '../plr/action.js';
import { markOf, notifyOf } from './messages.js';
import { ownerNow } from './owners.js';
import { nextReminder } from './stages.js';

export interface WithMessages {
  readonly plr: Plr;
  readonly messages: Message[];
}

/**
 * What the Team Manager directs as management grip becomes actions of the PLR, and each owner gets a card
 * (docs/domain.md, 4.3). For use within a decision on the PLR: the caller sees to it that one direction adds
 * them once.
 * @param by who directed it, for the history; `system` when nobody is named.
 */
export function addActions(
  plr: Plr,
  planned: readonly PlannedAction[],
  council: CouncilContext,
  by: PersonId | 'system' = 'system',
  origin: Action['origin'] = 'management-grip',
): WithMessages {
  const made = planned
    .map((one, index) => newAction(plr, one, plr.actions.length + index + 1, { council, by, origin }))
    .map((action) => notifyOf(plr, action, action.ownerId, 'given', markOf(action), council));
  return {
    plr: { ...plr, actions: [...plr.actions, ...made.map(({ action }) => action)] },
    messages: made.flatMap(({ messages }) => messages),
  };
}

function newAction(
  plr: Plr,
  { what, owner, dueOn, keepsChildSafe }: PlannedAction,
  number: number,
  { council, by, origin }: { council: CouncilContext; by: PersonId | 'system'; origin: Action['origin'] },
): ToDoAction {
  return {
    state: 'to-do',
    id: `${plr.ref}-${number}` as ActionId,
    what,
    ...ownerNow(owner, plr, plr.teamId, council),
    ownerAs: owner,
    dueOn,
    keepsChildSafe,
    origin,
    createdAt: council.now,
    version: 1,
    history: [{ at: council.now, by, is: 'created' }],
    cards: [],
    typed: nothingTyped,
    ...nextReminder(dueOn, council.now, council),
  };
}
