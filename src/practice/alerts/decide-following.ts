import type { CouncilContext } from '../council/council-context.js';
import type { PersonId } from '../base/ids.js';
import { isAtWork } from '../council/staff.js';
import type { AlertStep } from '../plr/message-reasons.js';
import type { Plr } from '../plr/plr.js';
import type { Change } from '../plr/ports.js';
import { climbedTo, inThisRound, type Actor, type OpenAlert } from '../plr/alert.js';
import { changeOf } from './part.js';
import { climb } from './decide-climb.js';
import { channelOf, hasItToday, holderOf, qaLeadsToNotify, whoGrips } from './people-of-alert.js';
import { redrawn, notify, notifyHolder, notifyQaLeads, type NotifiedAlert } from './messages.js';

/**
 * An open alert follows the child. Whoever has the case, the team or a post to which it climbed by today's
 * roster is told, if somebody else had it when the timeline last mentioned it. Somebody who is away is noted,
 * and told when they are back. A QA lead who has not had it in this round is told too. When nobody is there to
 * act on it, it climbs. Undefined when everyone has been told.
 */
export function followAlert(plr: Plr, council: CouncilContext): Change<Plr> | undefined {
  const { alert } = plr;
  if (alert === undefined || alert.state === 'closed') return undefined;
  const step = { is: 'follows', number: alert.timeline.length } as const;
  const holders = tellHolders({ alert, messages: [] }, plr, step, council);
  const told = tellNewQaLeads(tellChannel(holders, plr, step, council), plr, step, council);
  const telling: NotifiedAlert<OpenAlert> =
    alert.state !== 'gripped' && whoGrips(plr, alert, council) === undefined
      ? climb(told, plr, 'away', council)
      : told;
  if (telling.alert.timeline.length === alert.timeline.length) return undefined;
  return changeOf(plr, redrawn(telling, plr, alert, council), 'alert followed the case', council);
}

/** The Team Manager comes last of the people, because they are asked for management grip. */
function tellHolders(
  before: NotifiedAlert<OpenAlert>,
  plr: Plr,
  step: AlertStep,
  council: CouncilContext,
): NotifiedAlert<OpenAlert> {
  const { alert } = before;
  return (['practitioner', ...climbedTo(alert), 'team-manager'] as const)
    .filter((as) => isNews(as, plr, alert, council))
    .reduce((telling, as) => notifyHolder(telling, plr, as, step, council), before);
}

function isNews(as: Actor, plr: Plr, alert: OpenAlert, council: CouncilContext): boolean {
  const last = inThisRound(alert, 'sent', 'away').findLast((entry) => entry.as === as);
  if (last?.is === 'sent') return !hasItToday(last, plr, council);
  const person = holderOf(as, plr, council);
  return last?.person !== person || isAtWork(person, council);
}

function tellChannel(
  telling: NotifiedAlert<OpenAlert>,
  plr: Plr,
  step: AlertStep,
  council: CouncilContext,
): NotifiedAlert<OpenAlert> {
  const { alert } = telling;
  const last = inThisRound(alert, 'sent').findLast(({ as }) => as === 'channel');
  if (last !== undefined && hasItToday(last, plr, council)) return telling;
  return notify(telling, plr, step, [{ as: 'channel', to: channelOf(plr, council) }], council);
}

function tellNewQaLeads(
  telling: NotifiedAlert<OpenAlert>,
  plr: Plr,
  step: AlertStep,
  council: CouncilContext,
): NotifiedAlert<OpenAlert> {
  const told = inThisRound(telling.alert, 'sent').filter(({ as }) => as === 'qa-lead');
  const isNew = (id: PersonId) => !told.some(({ to }) => 'person' in to && to.person === id);
  return notifyQaLeads(telling, plr, step, council, qaLeadsToNotify(council).filter(isNew));
}
