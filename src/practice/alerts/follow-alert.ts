import type { House } from '../house.js';
import { isAtWork } from '../organisation/staff.js';
import type { Plr } from '../plr.js';
import type { Change, Recipient } from '../ports.js';
import { inThisRound, type OpenAlert } from './alert.js';
import { changeOf } from './alert-part.js';
import { climb } from './climb-ladder.js';
import { asAllocated, holderOf, whoGrips } from './people-of-alert.js';
import { redrawn, tell, type Telling, type Told } from './telling.js';

/**
 * An open alert follows the child: whoever has the case, the team or a post it climbed to by today's roster is
 * told, if the last one told as such was another. When nobody is there to act on it, it climbs. Undefined when
 * everyone knows.
 */
export function followAlert(plr: Plr, house: House): Change<Plr> | undefined {
  const { alert } = plr;
  if (alert === undefined || alert.state === 'closed') return undefined;
  const step = `follows-${alert.timeline.length}`;
  const told = tell({ alert, messages: [] }, plr, step, newToIt(plr, alert, house), house);
  const telling: Telling<OpenAlert> =
    alert.state !== 'gripped' && whoGrips(plr, alert, house) === undefined
      ? climb(told, plr, 'away', house)
      : told;
  if (telling.alert.timeline.length === alert.timeline.length) return undefined;
  return changeOf(plr, redrawn(telling, plr, alert, house), 'alert followed the case', house);
}

/** The Team Manager last of the people: they are the ones asked for management grip. */
function newToIt(plr: Plr, alert: OpenAlert, house: House): Told[] {
  const climbed = inThisRound(alert, 'climbed').map(({ rung }) => rung);
  const holders = (['practitioner', ...climbed, 'team-manager'] as const).flatMap((as): Told[] => {
    const person = holderOf(as, plr, house);
    return person !== undefined && isAtWork(person, house) ? [{ as, to: { person } }] : [];
  });
  const channel: Told = {
    as: 'channel',
    to: { channel: 'alert', team: asAllocated(plr, house).teamId },
  };
  return [...holders, channel].filter(({ as, to }) => !isSame(lastTold(alert, as), to));
}

function lastTold(alert: OpenAlert, as: Told['as']): Recipient | undefined {
  return inThisRound(alert, 'sent').findLast((entry) => entry.as === as)?.to;
}

function isSame(one: Recipient | undefined, other: Recipient): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
