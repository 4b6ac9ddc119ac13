import type { CouncilContext } from '../council/council-context.js';
import type { PersonId } from '../base/ids.js';
import type { Plr } from '../plr/plr.js';
import type { Message } from '../plr/ports.js';
import type { Instant } from '../base/time.js';
import type { AlertReason } from '../plr/alert-reason.js';
import {
  inThisRound,
  withEntries,
  type Alert,
  type Flag,
  type RaisedAlert,
  type Statement,
} from '../plr/alert.js';
import { climb } from './decide-climb.js';
import { ladderOf } from '../council/ladder.js';
import { channelOf, hasItToday } from './people-of-alert.js';
import {
  redrawn,
  notify,
  notifyHolder,
  notifyQaLeads,
  type NotifiedAlert,
  type AlertRecipient,
} from './messages.js';

/**
 * Called in the transaction of the save that flags it, with every such save; the second time it changes nothing
 * (docs/domain.md, 4.3). People are told of a second reason on the clock that is already running. But a
 * statement of safety that was made before an immediate concern does not answer it, and a closed alert answers
 * nothing new: then the alert is raised afresh. The same goes for a reason that was taken back and is given again.
 */
export function raiseAlert(
  plr: Plr,
  because: AlertReason,
  by: PersonId,
  council: CouncilContext,
  { isSetAnew = false, at = council.now, unconfirmedSince }: Raising = {},
): { plr: Plr; messages: Message[] } {
  const { alert } = plr;
  if (isKnown(alert, because) && !(isSetAnew && tellsAnew(alert, because))) return { plr, messages: [] };
  const flag: Flag = { because, by, at, ...(unconfirmedSince === undefined ? {} : { unconfirmedSince }) };
  const told =
    alert !== undefined && joins(alert, because)
      ? addReason(plr, alert, flag, council)
      : raiseAfresh(plr, alert, flag, council);
  return { plr: { ...plr, alert: told.alert }, messages: [...told.messages] };
}

interface Raising {
  /** It was not so before this save. */
  readonly isSetAnew?: boolean;
  /** When its clock began, if that was before it is told. */
  readonly at?: Instant;
  readonly unconfirmedSince?: Instant;
}

function isKnown(alert: Alert | undefined, because: AlertReason): boolean {
  return alert?.reasons.some((flag) => flag.because === because) === true;
}

/** Whether people are told of a reason that is set now and was not set before. */
export function tellsAnew(alert: Alert | undefined, because: AlertReason): boolean {
  return alert === undefined || !isKnown(alert, because) || !joins(alert, because);
}

/**
 * Whether a reason is added to the existing alert, on its clock. Otherwise it is a new danger, with a clock of
 * its own.
 */
export function joins({ state }: Pick<Alert, 'state'>, because: AlertReason): boolean {
  return state === 'raised' || (state !== 'closed' && because !== 'immediate-concern');
}

function raiseAfresh(
  plr: Plr,
  before: Alert | undefined,
  flag: Flag,
  council: CouncilContext,
): NotifiedAlert<RaisedAlert> {
  const fresh: RaisedAlert = {
    state: 'raised',
    reasons: [...(before?.reasons ?? []), flag],
    round: (before?.round ?? 0) + 1,
    roundFrom: before?.timeline.length ?? 0,
    raisedAt: flag.at,
    ladder: ladderOf(council),
    timeline: before?.timeline ?? [],
    earlier: before === undefined ? [] : [...before.earlier, ...statementsOf(before)],
  };
  const told = tellAtOnce({ alert: flagged(fresh, flag), messages: [] }, plr, council);
  return before === undefined ? told : redrawn(told, plr, before, council);
}

function flagged<A extends Alert>(alert: A, { because, by, at, unconfirmedSince }: Flag): A {
  const how = unconfirmedSince === undefined ? {} : ({ byItself: true } as const);
  return withEntries(alert, at, { is: 'flagged', because, by, ...how }, { is: 'saved' });
}

/** The social worker, the Team Manager and the QA leads in person; the team's channel without any detail. */
function tellAtOnce(
  telling: NotifiedAlert<RaisedAlert>,
  plr: Plr,
  council: CouncilContext,
): NotifiedAlert<RaisedAlert> {
  const worker = notifyHolder(telling, plr, 'practitioner', { is: 'raised' }, council);
  const teamManager = notifyHolder(worker, plr, 'team-manager', { is: 'raised' }, council);
  const channel: AlertRecipient = { as: 'channel', to: channelOf(plr, council) };
  const shown = notify(teamManager, plr, { is: 'raised' }, [channel], council);
  const told = notifyQaLeads(shown, plr, { is: 'raised' }, council);
  return teamManager.isThere ? told : climb(told, plr, 'away', council);
}

/** Everyone who was told and still has it today is told of the second reason too. */
function addReason(plr: Plr, before: Alert, flag: Flag, council: CouncilContext): NotifiedAlert<Alert> {
  const alert = flagged({ ...before, reasons: [...before.reasons, flag] }, flag);
  const people = inThisRound(before, 'sent').filter((told) => hasItToday(told, plr, council));
  const told = notify({ alert, messages: [] }, plr, { is: 'second-reason' }, people, council);
  return redrawn(told, plr, before, council);
}

/** What people have written on it so far. */
export function statementsOf(alert: Alert): Statement[] {
  switch (alert.state) {
    case 'raised':
      return [];
    case 'acknowledged':
      return [...statedIn(alert), ...(alert.back === undefined ? [] : [alert.back])];
    case 'gripped':
      return [...statedIn(alert), alert.grip];
    case 'closed':
      return [...statedIn(alert), alert.grip, alert.closing];
  }
}

function statedIn({ acknowledgement, restated }: Exclude<Alert, RaisedAlert>): Statement[] {
  return restated === undefined ? [acknowledgement] : [acknowledgement, restated];
}
