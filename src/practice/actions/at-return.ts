import type { House } from '../house.js';
import type { Plr } from '../plr.js';
import type { Message } from '../ports.js';

/** 4.7: the planned actions of a PLR become actions in the transaction that returns it. */
export function actionsAtReturn(plr: Plr, _house: House): { plr: Plr; messages: Message[] } {
  return { plr, messages: [] };
}
