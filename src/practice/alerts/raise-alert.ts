import type { House } from '../house.js';
import type { PersonId } from '../ids.js';
import type { Plr } from '../plr.js';
import type { Message } from '../ports.js';
import type { Alert } from './alert.js';

/** 4.3: the alert and what tells of it, for the transaction that saves its cause. Raised once: after that, unchanged. */
export function raiseAlert(
  plr: Plr,
  because: Alert['because'],
  by: PersonId,
  house: House,
): { plr: Plr; messages: Message[] } {
  if (plr.alert !== undefined) return { plr, messages: [] };
  const alert: Alert = { state: 'raised', raisedAt: house.now, raisedBy: by, because };
  return { plr: { ...plr, alert }, messages: [] };
}
