import type { House } from '../council/house.js';
import type { PersonId } from '../base/ids.js';
import type { Plr } from '../plr/plr.js';
import {
  breachTime,
  entries,
  inThisRound,
  isBreached,
  turns,
  withEntries,
  type OpenAlert,
  type RaisedAlert,
  type WhyClimbed,
} from '../plr/alert.js';
import { nextRung } from './next-step.js';
import { highestThere, holderOf, whoGrips } from './people-of-alert.js';
import { tellHolder, tellQaLeads, type Telling } from './telling.js';

/**
 * Climbs to the next rung whose holder is there. Those who are away are passed over at once, and the timeline
 * says so. When no rung is left, the QA lead is told, once in each turn, that nobody further up can be reached.
 */
export function climb<A extends OpenAlert>(
  telling: Telling<A>,
  plr: Plr,
  why: WhyClimbed,
  house: House,
): Telling<A> {
  const rung = nextRung(telling.alert);
  if (rung === undefined) {
    if (inThisRound(telling.alert, 'nobody-left', ...turns).at(-1)?.is === 'nobody-left') return telling;
    const step = `nobody-left-${entries(telling.alert, 'nobody-left').length + 1}`;
    const alert = withEntries(telling.alert, house.now, { is: 'nobody-left' });
    return tellQaLeads({ ...telling, alert }, plr, step, house);
  }
  const alert = withEntries(telling.alert, house.now, { is: 'climbed', rung: rung.id, why });
  const told = tellHolder({ ...telling, alert }, plr, rung.id, rung.id, house);
  return told.isThere ? told : climb(told, plr, 'away', house);
}

/**
 * The next step is the Team Manager's. When they are away it is that of the highest to whom it has climbed and
 * who is there; when there is none, it climbs.
 */
export function askForGrip<A extends OpenAlert>(
  telling: Telling<A>,
  plr: Plr,
  step: string,
  house: House,
): Telling<A> {
  const asked = tellHolder(telling, plr, 'team-manager', step, house);
  return asked.isThere ? asked : askStandIn(asked, plr, step, 'away', house);
}

/** Asks for it, unless the next step is with the person who has just made a statement. */
export function askNext<A extends OpenAlert>(
  telling: Telling<A>,
  plr: Plr,
  by: PersonId,
  step: string,
  house: House,
): Telling<A> {
  const next = whoGrips(plr, telling.alert, house);
  const hasIt = next !== undefined && holderOf(next, plr, house) === by;
  return hasIt ? telling : askForGrip(telling, plr, step, house);
}

/** In place of a Team Manager who is away or cannot be reached. */
export function askStandIn<A extends OpenAlert>(
  telling: Telling<A>,
  plr: Plr,
  step: string,
  why: WhyClimbed,
  house: House,
): Telling<A> {
  const rung = highestThere(plr, telling.alert, house);
  return rung === undefined ? climb(telling, plr, why, house) : tellHolder(telling, plr, rung, step, house);
}

/**
 * When the ladder's hours have passed, a breach is recorded and the QA lead is told, however late it is noticed
 * (docs/domain.md, 4.3).
 */
export function breachIfDue(telling: Telling<RaisedAlert>, plr: Plr, house: House): Telling<RaisedAlert> {
  const ranOutAt = breachTime(telling.alert);
  if (isBreached(telling.alert) || house.now < ranOutAt) return telling;
  const alert = withEntries(telling.alert, house.now, { is: 'breached', ranOutAt });
  return tellQaLeads({ ...telling, alert }, plr, 'breach', house);
}
