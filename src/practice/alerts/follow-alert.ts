import type { House } from '../house.js';
import { isAtWork } from '../organisation/staff.js';
import type { Plr } from '../plr.js';
import type { Change } from '../ports.js';
import { climbedTo, inThisRound, type Actor, type OpenAlert } from './alert.js';
import { changeOf } from './alert-part.js';
import { climb } from './climb-ladder.js';
import { channelOf, hasItToday, holderOf, whoGrips } from './people-of-alert.js';
import { redrawn, tell, tellHolder, type Telling } from './telling.js';

/**
 * An open alert follows the child: whoever has the case, the team or a post it climbed to by today's roster is
 * told, if it was another's when the timeline last spoke of it. Someone away is noted, and told when they are
 * back. When nobody is there to act on it, it climbs. Undefined when everyone knows.
 */
export function followAlert(plr: Plr, house: House): Change<Plr> | undefined {
  const { alert } = plr;
  if (alert === undefined || alert.state === 'closed') return undefined;
  const told = tellChannel(tellHolders({ alert, messages: [] }, plr, house), plr, house);
  const telling: Telling<OpenAlert> =
    alert.state !== 'gripped' && whoGrips(plr, alert, house) === undefined
      ? climb(told, plr, 'away', house)
      : told;
  if (telling.alert.timeline.length === alert.timeline.length) return undefined;
  return changeOf(plr, redrawn(telling, plr, alert, house), 'alert followed the case', house);
}

/** The Team Manager last of the people: they are the ones asked for management grip. */
function tellHolders(before: Telling<OpenAlert>, plr: Plr, house: House): Telling<OpenAlert> {
  const { alert } = before;
  return (['practitioner', ...climbedTo(alert), 'team-manager'] as const)
    .filter((as) => isNews(as, plr, alert, house))
    .reduce((telling, as) => tellHolder(telling, plr, as, stepFrom(alert), house), before);
}

function isNews(as: Actor, plr: Plr, alert: OpenAlert, house: House): boolean {
  const last = inThisRound(alert, 'sent', 'away').findLast((entry) => entry.as === as);
  if (last?.is === 'sent') return !hasItToday(last, plr, house);
  const person = holderOf(as, plr, house);
  return last?.person !== person || isAtWork(person, house);
}

function tellChannel(telling: Telling<OpenAlert>, plr: Plr, house: House): Telling<OpenAlert> {
  const { alert } = telling;
  const last = inThisRound(alert, 'sent').findLast(({ as }) => as === 'channel');
  if (last !== undefined && hasItToday(last, plr, house)) return telling;
  return tell(telling, plr, stepFrom(alert), [{ as: 'channel', to: channelOf(plr, house) }], house);
}

function stepFrom({ timeline }: OpenAlert): string {
  return `follows-${timeline.length}`;
}
