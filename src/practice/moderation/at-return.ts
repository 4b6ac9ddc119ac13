import type { House } from '../house.js';
import type { Plr } from '../plr.js';
import type { Message } from '../ports.js';

/** 4.4: whether a returned PLR is moderated is decided in the transaction that returns it. */
export function moderationAtReturn(plr: Plr, _house: House): { plr: Plr; messages: Message[] } {
  return { plr, messages: [] };
}
