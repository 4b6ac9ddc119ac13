import { assertNever } from '../base/errors.js';
import type { CouncilContext } from '../council/council-context.js';
import { relieveModerator } from '../moderation/decide-relief.js';
import type { Plr } from '../plr/plr.js';
import type { PlrPart } from '../plr/plr-kind.js';
import type { Change, Ended } from '../plr/ports.js';
import type { Instant } from '../base/time.js';
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
import { askForGrip, askStandIn, breachIfDue, climb } from './decide-climb.js';
import { nextStep, type NextStep } from './decide-next-step.js';
import { outcomeOf } from '../plr/alert-reached.js';
import { redrawn, notifyHolder, notifyQaLeads, type NotifiedAlert } from './messages.js';
import { unheardDue, unheardStep } from './unheard.js';

/** The alert's clock: one step at a time, each decided on the state and the time alone. */
export const alertPart: PlrPart = {
  of: 'alert',
  dueAt: ({ alert }) => (alert === undefined || alert.state === 'closed' ? undefined : nextDue(alert).at),
  whenDue: (plr, now, council) => {
    const { alert } = plr;
    if (alert === undefined || alert.state === 'closed' || nextDue(alert).at > now) return undefined;
    const { did, telling } = takeStep(plr, alert, council);
    return changeOf(plr, redrawn(telling, plr, alert, council), did, council);
  },
  whenEnded: (plr, ended, council) =>
    plr.alert === undefined ? undefined : recordEnd(plr, plr.alert, ended, council),
  endsOf: ['alert', 'alert-in-channel', 'alert-to-raiser'],
};

type Due = NextStep | { readonly is: 'unheard'; readonly since: Instant; readonly at: Instant };

/** In the order of their times, so that what was missed while the bot was away is done in that order too. */
export function nextDue(alert: OpenAlert): Due {
  const step = nextStep(alert);
  const unheard = unheardDue(alert);
  return unheard !== undefined && unheard.at <= step.at ? { is: 'unheard', ...unheard } : step;
}

function takeStep(
  plr: Plr,
  alert: OpenAlert,
  council: CouncilContext,
): { did: string; telling: NotifiedAlert<OpenAlert> } {
  const step = nextDue(alert);
  const messages = [] as const;
  if (step.is === 'unheard')
    return { did: 'alert has reached nobody', telling: tellUnheard(plr, alert, step.since, council) };
  if (alert.state === 'raised' && step.is === 'climb')
    return {
      did: `alert climbed to ${step.rung.id}`,
      telling: climb({ alert, messages }, plr, 'time', council),
    };
  if (alert.state === 'raised' && step.is === 'breach')
    return { did: 'alert breached its time', telling: breachIfDue({ alert, messages }, plr, council) };
  return { did: 'reminded of the alert', telling: remind(plr, alert, council) };
}

/** The QA leads answer for it: somebody has to be rung. */
function tellUnheard(
  plr: Plr,
  alert: OpenAlert,
  since: Instant,
  council: CouncilContext,
): NotifiedAlert<OpenAlert> {
  const noted = withEntries(alert, council.now, { is: 'unheard', since });
  return notifyQaLeads({ alert: noted, messages: [] }, plr, unheardStep(noted), council);
}

/** Reminds whoever has the next step, and the QA lead, who answers for it. */
function remind(plr: Plr, alert: OpenAlert, council: CouncilContext): NotifiedAlert<OpenAlert> {
  const step = { is: 'reminder', number: entries(alert, 'reminded').length + 1 } as const;
  const reminded = { alert: withEntries(alert, council.now, { is: 'reminded' }), messages: [] };
  switch (alert.state) {
    case 'raised': {
      const teamManager = notifyHolder(reminded, plr, 'team-manager', step, council);
      return notifyQaLeads(askStandIn(teamManager, plr, step, 'away', council), plr, step, council);
    }
    case 'acknowledged':
      return notifyQaLeads(askForGrip(reminded, plr, step, council), plr, step, council);
    case 'gripped': {
      const asked = isNotYetSafe(alert) ? askForGrip(reminded, plr, step, council) : reminded;
      return notifyQaLeads(asked, plr, step, council);
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
function recordEnd(plr: Plr, alert: Alert, { message, as: ended, reason }: Ended, council: CouncilContext) {
  const { key } = message;
  // To whoever waits for it, a message that was refused or set aside was never sent.
  const as: 'delivered' | 'undeliverable' = ended === 'delivered' ? ended : 'undeliverable';
  const isKnown = entries(alert, 'sent').some((sent) => sent.key === key);
  if (!isKnown || outcomeOf(alert, key) === as) return undefined;
  const end = as === 'delivered' ? ({ is: as, key } as const) : ({ is: as, key, reason } as const);
  const recorded = withEntries(alert, council.now, end);
  const told = { alert: recorded, messages: [] };
  if (recorded.state === 'closed') return changeOf(plr, told, `alert ${as}`, council);
  if (as === 'delivered') {
    const wasMissed = outcomeOf(alert, key) === 'undeliverable';
    return changeOf(plr, wasMissed ? redrawn(told, plr, alert, council) : told, 'alert delivered', council);
  }
  return changeOf(
    plr,
    redrawn(escalateIfUndeliverable(plr, recorded, key, council), plr, alert, council),
    'alert undeliverable',
    council,
  );
}

function escalateIfUndeliverable(
  plr: Plr,
  alert: OpenAlert,
  key: string,
  council: CouncilContext,
): NotifiedAlert<OpenAlert> {
  const telling = { alert, messages: [] };
  if (alert.state === 'raised' && isTheHighest(alert, key))
    return climb(telling, plr, 'undeliverable', council);
  const waits = alert.state === 'acknowledged' || isNotYetSafe(alert);
  const asked = waits ? lastAsked(alert) : undefined;
  if (asked?.key !== key) return telling;
  const step = { is: 'instead', number: entries(alert, 'undeliverable').length } as const;
  return asked.as === 'team-manager'
    ? askStandIn(telling, plr, step, 'undeliverable', council)
    : climb(telling, plr, 'undeliverable', council);
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
  { alert, messages }: NotifiedAlert<Alert>,
  did: string,
  council: CouncilContext,
): Change<Plr> {
  const state = { ...plr, alert };
  const relieved = relieveModerator(state, council);
  return relieved === undefined
    ? { state, did, messages }
    : { state: relieved.state, did, messages: [...messages, ...relieved.messages] };
}
