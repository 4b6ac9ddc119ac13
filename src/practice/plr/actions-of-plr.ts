import type { ActionId } from '../base/ids.js';
import type { Plr } from './plr.js';
import type { Action } from './action.js';

export function findAction(plr: Plr, id: ActionId): Action | undefined {
  return plr.actions.find((one) => one.id === id);
}

/** The PLR with this action as it is now. */
export function withAction(plr: Plr, action: Action): Plr {
  return { ...plr, actions: plr.actions.map((one) => (one.id === action.id ? action : one)) };
}
