import { assertNever } from '../base/errors.js';
import type { House } from '../council/house.js';
import { relieveModerator } from '../moderation/relieve-moderator.js';
import type { Plr } from '../plr/plr.js';
import type { PlrPart } from '../plr/plr-kind.js';
import type { Change, Ended } from '../plr/ports.js';
import {
  climbedTo,
  entries,
  inThisRound,
  isNotYetSafe,
  mustAct,
  turns,
  withEntries,
  type Alert,
  type OpenAlert,
  type Sent,
} from '../plr/alert.js';
import { askForGrip, askStandIn, breachIfDue, climb } from './climb-ladder.js';
import { nextStep } from './next-step.js';
import { outcomeOf } from '../plr/alert-reached.js';
import { redrawn, tellHolder, tellQaLeads, type Telling } from './telling.js';

/** The alert's clock: one step at a time, each decided on the state and the time alone. */
export const alertPart: PlrPart = {
  of: 'alert',
  dueAt: ({ alert }) => (alert === undefined || alert.state === 'closed' ? undefined : nextStep(alert).at),
  whenDue: (plr, now, house) => {
    const { alert } = plr;
    if (alert === undefined || alert.state === 'closed' || nextStep(alert).at > now) return undefined;
    const { did, telling } = takeStep(plr, alert, house);
    return changeOf(plr, redrawn(telling, plr, alert, house), did, house);
  },
  whenEnded: (plr, ended, house) =>
    plr.alert === undefined ? undefined : recordEnd(plr, plr.alert, ended, house),
  endsOf: ['alert', 'alert-in-channel', 'alert-to-raiser'],
};

function takeStep(plr: Plr, alert: OpenAlert, house: House): { did: string; telling: Telling<OpenAlert> } {
  const step = nextStep(alert);
  const messages = [] as const;
  if (alert.state === 'raised' && step.is === 'climb')
    return {
      did: `alert climbed to ${step.rung.id}`,
      telling: climb({ alert, messages }, plr, 'time', house),
    };
  if (alert.state === 'raised' && step.is === 'breach')
    return { did: 'alert breached its time', telling: breachIfDue({ alert, messages }, plr, house) };
  return { did: 'reminded of the alert', telling: remind(plr, alert, house) };
}

/** Reminds whoever has the next step, and the QA lead, who answers for it. */
function remind(plr: Plr, alert: OpenAlert, house: House): Telling<OpenAlert> {
  const step = `reminder-${entries(alert, 'reminded').length + 1}`;
  const reminded = { alert: withEntries(alert, house.now, { is: 'reminded' }), messages: [] };
  switch (alert.state) {
    case 'raised': {
      const teamManager = tellHolder(reminded, plr, 'team-manager', step, house);
      return tellQaLeads(askStandIn(teamManager, plr, step, 'away', house), plr, step, house);
    }
    case 'acknowledged':
      return tellQaLeads(askForGrip(reminded, plr, step, house), plr, step, house);
    case 'gripped': {
      const asked = isNotYetSafe(alert) ? askForGrip(reminded, plr, step, house) : reminded;
      return tellQaLeads(asked, plr, step, house);
    }
    default:
      return assertNever(alert);
  }
}

/**
 * Delivered or not, the timeline keeps it. When an alert cannot be brought to whoever has to act on it
 * (acknowledge it, record management grip, or make the child safe), it goes up at once, though it is tried again.
 * The others' cards say so, and no longer say it when it arrives after all.
 */
function recordEnd(plr: Plr, alert: Alert, { message, as: ended, reason }: Ended, house: House) {
  const { key } = message;
  // To whoever waits for it, a message that was refused or set aside was never sent.
  const as: 'delivered' | 'undeliverable' = ended === 'delivered' ? ended : 'undeliverable';
  const isKnown = entries(alert, 'sent').some((sent) => sent.key === key);
  if (!isKnown || outcomeOf(alert, key) === as) return undefined;
  const end = as === 'delivered' ? ({ is: as, key } as const) : ({ is: as, key, reason } as const);
  const recorded = withEntries(alert, house.now, end);
  const told = { alert: recorded, messages: [] };
  if (recorded.state === 'closed') return changeOf(plr, told, `alert ${as}`, house);
  if (as === 'delivered') {
    const wasMissed = outcomeOf(alert, key) === 'undeliverable';
    return changeOf(plr, wasMissed ? redrawn(told, plr, alert, house) : told, 'alert delivered', house);
  }
  return changeOf(
    plr,
    redrawn(goOn(plr, recorded, key, house), plr, alert, house),
    'alert undeliverable',
    house,
  );
}

function goOn(plr: Plr, alert: OpenAlert, key: string, house: House): Telling<OpenAlert> {
  const telling = { alert, messages: [] };
  if (alert.state === 'raised' && isTheHighest(alert, key))
    return climb(telling, plr, 'undeliverable', house);
  const waits = alert.state === 'acknowledged' || isNotYetSafe(alert);
  const asked = waits ? lastAsked(alert) : undefined;
  if (asked?.key !== key) return telling;
  const step = `instead-${entries(alert, 'undeliverable').length}`;
  return asked.as === 'team-manager'
    ? askStandIn(telling, plr, step, 'undeliverable', house)
    : climb(telling, plr, 'undeliverable', house);
}

/** Whether this message went to the highest person asked to act so far; the social worker is below all others. */
function isTheHighest(alert: Alert, key: string): boolean {
  const highest = climbedTo(alert).at(-1) ?? 'team-manager';
  return inThisRound(alert, 'sent').some((entry) => entry.key === key && entry.as === highest);
}

/** The last message that asked a manager to act, in the current turn. */
function lastAsked(alert: Alert): Sent | undefined {
  const last = inThisRound(alert, ...turns, 'sent').findLast(
    (entry) => entry.is !== 'sent' || (mustAct(entry.as) && entry.as !== 'practitioner'),
  );
  return last?.is === 'sent' ? last : undefined;
}

/**
 * An alert comes first: a moderator who hears of it cannot grade blind any more, so somebody else does
 * (docs/domain.md, 4.4).
 */
export function changeOf(
  plr: Plr,
  { alert, messages }: Telling<Alert>,
  did: string,
  house: House,
): Change<Plr> {
  const state = { ...plr, alert };
  const relieved = relieveModerator(state, house);
  return relieved === undefined
    ? { state, did, messages }
    : { state: relieved.state, did, messages: [...messages, ...relieved.messages] };
}
