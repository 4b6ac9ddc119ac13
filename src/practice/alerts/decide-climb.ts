import type { CouncilContext } from '../council/council-context.js';
import type { PersonId } from '../base/ids.js';
import type { AlertStep } from '../plr/message-reasons.js';
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
import { nextRung } from './decide-next-step.js';
import { highestThere, holderOf, whoGrips } from './people-of-alert.js';
import { notifyHolder, notifyQaLeads, type NotifiedAlert } from './messages.js';

/**
 * Climbs to the next rung whose holder is there. Those who are away are passed over at once, and the timeline
 * says so. When no rung is left, the QA lead is told, once in each turn, that nobody further up can be reached.
 */
export function climb<A extends OpenAlert>(
  telling: NotifiedAlert<A>,
  plr: Plr,
  why: WhyClimbed,
  council: CouncilContext,
): NotifiedAlert<A> {
  const rung = nextRung(telling.alert);
  if (rung === undefined) {
    if (inThisRound(telling.alert, 'nobody-left', ...turns).at(-1)?.is === 'nobody-left') return telling;
    const number = entries(telling.alert, 'nobody-left').length + 1;
    const alert = withEntries(telling.alert, council.now, { is: 'nobody-left' });
    return notifyQaLeads({ ...telling, alert }, plr, { is: 'nobody-left', number }, council);
  }
  const alert = withEntries(telling.alert, council.now, { is: 'climbed', rung: rung.id, why });
  const told = notifyHolder({ ...telling, alert }, plr, rung.id, { is: rung.id }, council);
  return told.isThere ? told : climb(told, plr, 'away', council);
}

/**
 * The next step is the Team Manager's. When they are away it is that of the highest to whom it has climbed and
 * who is there; when there is none, it climbs.
 */
export function askForGrip<A extends OpenAlert>(
  telling: NotifiedAlert<A>,
  plr: Plr,
  step: AlertStep,
  council: CouncilContext,
): NotifiedAlert<A> {
  const asked = notifyHolder(telling, plr, 'team-manager', step, council);
  return asked.isThere ? asked : askStandIn(asked, plr, step, 'away', council);
}

/** Asks for it, unless the next step is with the person who has just made a statement. */
export function askNext<A extends OpenAlert>(
  telling: NotifiedAlert<A>,
  plr: Plr,
  by: PersonId,
  step: AlertStep,
  council: CouncilContext,
): NotifiedAlert<A> {
  const next = whoGrips(plr, telling.alert, council);
  const hasIt = next !== undefined && holderOf(next, plr, council) === by;
  return hasIt ? telling : askForGrip(telling, plr, step, council);
}

/** In place of a Team Manager who is away or cannot be reached. */
export function askStandIn<A extends OpenAlert>(
  telling: NotifiedAlert<A>,
  plr: Plr,
  step: AlertStep,
  why: WhyClimbed,
  council: CouncilContext,
): NotifiedAlert<A> {
  const rung = highestThere(plr, telling.alert, council);
  return rung === undefined
    ? climb(telling, plr, why, council)
    : notifyHolder(telling, plr, rung, step, council);
}

/**
 * Once the ladder's hours have passed, a breach is recorded and the QA lead is told, however late it is noticed
 * (docs/domain.md, 4.3).
 */
export function breachIfDue(
  telling: NotifiedAlert<RaisedAlert>,
  plr: Plr,
  council: CouncilContext,
): NotifiedAlert<RaisedAlert> {
  const ranOutAt = breachTime(telling.alert);
  if (isBreached(telling.alert) || council.now <= ranOutAt) return telling;
  const alert = withEntries(telling.alert, council.now, { is: 'breached', ranOutAt });
  return notifyQaLeads({ ...telling, alert }, plr, { is: 'breach' }, council);
}
