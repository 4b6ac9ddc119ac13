import type { House } from '../council/house.js';
import type { PersonId } from '../base/ids.js';
import { isAtWork } from '../council/staff.js';
import type { Plr } from '../plr/plr.js';
import type { Change } from '../plr/ports.js';
import { climbedTo, inThisRound, type Actor, type OpenAlert } from '../plr/alert.js';
import { changeOf } from './alert-part.js';
import { climb } from './climb-ladder.js';
import { channelOf, hasItToday, holderOf, qaLeads, whoGrips } from './people-of-alert.js';
import { redrawn, tell, tellHolder, tellQaLeads, type Telling } from './telling.js';

/**
 * An open alert follows the child. Whoever has the case, the team or a post to which it climbed by today's
 * roster is told, if somebody else had it when the timeline last mentioned it. Somebody who is away is noted,
 * and told when they are back. A QA lead who has not had it in this round is told too. When nobody is there to
 * act on it, it climbs. Undefined when everyone has been told.
 */
export function followAlert(plr: Plr, house: House): Change<Plr> | undefined {
  const { alert } = plr;
  if (alert === undefined || alert.state === 'closed') return undefined;
  const step = `follows-${alert.timeline.length}`;
  const holders = tellHolders({ alert, messages: [] }, plr, step, house);
  const told = tellNewQaLeads(tellChannel(holders, plr, step, house), plr, step, house);
  const telling: Telling<OpenAlert> =
    alert.state !== 'gripped' && whoGrips(plr, alert, house) === undefined
      ? climb(told, plr, 'away', house)
      : told;
  if (telling.alert.timeline.length === alert.timeline.length) return undefined;
  return changeOf(plr, redrawn(telling, plr, alert, house), 'alert followed the case', house);
}

/** The Team Manager comes last of the people, because they are asked for management grip. */
function tellHolders(before: Telling<OpenAlert>, plr: Plr, step: string, house: House): Telling<OpenAlert> {
  const { alert } = before;
  return (['practitioner', ...climbedTo(alert), 'team-manager'] as const)
    .filter((as) => isNews(as, plr, alert, house))
    .reduce((telling, as) => tellHolder(telling, plr, as, step, house), before);
}

function isNews(as: Actor, plr: Plr, alert: OpenAlert, house: House): boolean {
  const last = inThisRound(alert, 'sent', 'away').findLast((entry) => entry.as === as);
  if (last?.is === 'sent') return !hasItToday(last, plr, house);
  const person = holderOf(as, plr, house);
  return last?.person !== person || isAtWork(person, house);
}

function tellChannel(telling: Telling<OpenAlert>, plr: Plr, step: string, house: House): Telling<OpenAlert> {
  const { alert } = telling;
  const last = inThisRound(alert, 'sent').findLast(({ as }) => as === 'channel');
  if (last !== undefined && hasItToday(last, plr, house)) return telling;
  return tell(telling, plr, step, [{ as: 'channel', to: channelOf(plr, house) }], house);
}

function tellNewQaLeads(
  telling: Telling<OpenAlert>,
  plr: Plr,
  step: string,
  house: House,
): Telling<OpenAlert> {
  const told = inThisRound(telling.alert, 'sent').filter(({ as }) => as === 'qa-lead');
  const isNew = (id: PersonId) => !told.some(({ to }) => 'person' in to && to.person === id);
  return tellQaLeads(telling, plr, step, house, qaLeads(house).filter(isNew));
}
