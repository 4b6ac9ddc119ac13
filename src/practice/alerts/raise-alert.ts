import type { House } from '../house.js';
import type { PersonId } from '../ids.js';
import type { Plr } from '../plr.js';
import type { Message } from '../ports.js';

/** Raises the alert of a PLR (4.3); one that is up stays as it is. */
export function raiseAlert(
  plr: Plr,
  because: 'inadequate' | 'immediate-concern',
  by: PersonId,
  house: House,
): { plr: Plr; messages: Message[] } {
  if (plr.alert !== undefined) return { plr, messages: [] };
  return {
    plr: { ...plr, alert: { state: 'raised', raisedAt: house.now, raisedBy: by, because } },
    messages: [],
  };
}
