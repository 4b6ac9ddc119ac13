import { may } from '../plr/plr-access.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Person } from '../council/organisation.js';
import type { Plr } from '../plr/plr.js';
import { callAnswers, isNotYetSafe, managerParts, type Actor, type Alert } from '../plr/alert.js';
import type { PersonId } from '../base/ids.js';
import { isHere } from '../council/staff.js';
import { capital, nameToRing, timeOfDay } from '../council/words.js';
import { callWords } from './words.js';
import { rowsShown, type AlertForm } from './read-form.js';
import { addresseeWords, holderOf, isAskedToAct, mayGrip, mayRestate } from './people-of-alert.js';

/** What a person may do with an alert as it stands today. */
export type Can = ReturnType<typeof whatTheyCan>;

export function whatTheyCan(plr: Plr, alert: Alert, viewer: Person, council: CouncilContext) {
  const grips = mayGrip(viewer, plr, alert, council);
  const canOversee = may(viewer, 'oversee alert', plr, council);
  const canClose = canOversee && alert.state === 'gripped';
  const canReopen = canOversee && alert.state === 'closed';
  const canEnterCall = canOversee && alert.state !== 'closed';
  return {
    canAcknowledge: alert.state === 'raised' && isAskedToAct(viewer, plr, alert, council),
    canGrip: grips && alert.state === 'acknowledged',
    canRestate: alert.state !== 'closed' && mayRestate(viewer, plr, alert, council),
    canClose,
    canReopen,
    canOversee,
    canEnterCall,
  };
}

/**
 * What a card asks for. A card that is sent unasked has only buttons, each of which opens its form. Otherwise
 * it is the form of the next step, or the one in which the child's safety is stated again.
 */
export const asksFor = ['nothing', 'next', 'safety', 'call'] as const;
export type Asks = (typeof asksFor)[number];

/** Which forms are open on their card, and which have a button that opens them. */
export function formsOf(can: Can, wanted: Asks) {
  const { canAcknowledge, canGrip, canClose, canReopen, canRestate, canEnterCall } = can;
  const isOffered = { nothing: true, next: true, safety: canRestate, call: canEnterCall }[wanted];
  const asks = isOffered ? wanted : 'next';
  const [asksNext, mayRestate, asksCall] = [asks === 'next', asks === 'safety', asks === 'call'];
  const nextSteps = [
    ...(canAcknowledge ? [{ title: 'Acknowledge', style: 'positive' }] : []),
    ...(canGrip ? [{ title: 'Record management grip', style: 'positive' }] : []),
    ...(canClose ? [{ title: 'Send back', style: 'default' }] : []),
    ...(canReopen ? [{ title: 'Re-open the alert', style: 'default' }] : []),
  ];
  return {
    asksSafety: mayRestate || (asksNext && canAcknowledge),
    asksGrip: asksNext && canGrip,
    asksWhy: asksNext && (canClose || canReopen),
    asksCall,
    mayAcknowledge: asksNext && canAcknowledge,
    mayRestate,
    asks: asks === 'nothing' ? 'next' : asks,
    maySendBack: asksNext && canClose,
    mayReopen: asksNext && canReopen,
    detailsLabel: mayRestate
      ? 'What has changed, and how you know'
      : 'If made safe: by whom and how. If not yet: what is being done',
    opens: [
      ...(asksNext ? [] : nextSteps.map((step) => ({ ...step, asks: 'next' }))),
      ...(canRestate && !mayRestate
        ? [{ title: 'State the child’s safety anew', asks: 'safety', style: 'default' }]
        : []),
      ...(canEnterCall && !asksCall
        ? [{ title: 'Enter a telephone call', asks: 'call', style: 'default' }]
        : []),
    ],
  };
}

/** The forms, filled in with what was typed. */
export function inputsOf({ typed, errors }: AlertForm, plr: Plr, alert: Alert, council: CouncilContext) {
  const at = (id: string) => typed[id] ?? '';
  const errorOf = (id: string) => errors[id] ?? '';
  const callErrors = ['rang', 'rangAt', 'callAnswer', 'callDetails'].map(errorOf).filter(Boolean).join(' ');
  return {
    safety: at('safety'),
    hasSafetyError: errorOf('safety') !== '',
    safetyError: errorOf('safety'),
    details: at('details'),
    hasDetailsError: errorOf('details') !== '',
    detailsError: errorOf('details'),
    direction: at('direction'),
    hasDirectionError: errorOf('direction') !== '',
    directionError: errorOf('direction'),
    reasonLabel: reasonLabelOf(alert),
    reason: at('reason'),
    hasReasonError: errorOf('reason') !== '',
    reasonError: errorOf('reason'),
    whom: whomToRing(plr, council).map(({ as, id }) => ({
      title: `${nameToRing(id, council)} (${addresseeWords[as]})`,
      value: as,
    })),
    rang: at('rang'),
    rangOn: at('rangOn') || council.today,
    rangAt: at('rangAt') || timeOfDay(council.now, council.timeZone),
    callAnswer: at('callAnswer'),
    callAnswers: callAnswers.map((value) => ({ title: capital(callWords[value]), value })),
    callDetails: at('callDetails'),
    hasCallError: callErrors !== '',
    callError: callErrors,
  };
}

/** Everybody who must act, or may be asked to, the lowest first. */
export function whomToRing(plr: Plr, council: CouncilContext): { as: Actor; id: PersonId }[] {
  return (['practitioner', ...managerParts] as const).flatMap((as) => {
    const id = holderOf(as, plr, council);
    return id !== undefined && isHere(id, council) ? [{ as, id }] : [];
  });
}

function reasonLabelOf(alert: Alert): string {
  if (alert.state === 'closed') return 'Why it is opened again';
  return isNotYetSafe(alert)
    ? 'Your note: why it goes back or, to close it, who made the child safe and how'
    : 'Your note (needed to send it back)';
}

/** The actions of the grip: one to begin with, and a button for another. */
export function gripRows(form: AlertForm) {
  const { rows, another = '' } = rowsShown(form);
  return {
    rowCount: String(rows.length),
    mayAdd: another !== '',
    another,
    rows: rows.map((n) => ({
      n,
      what: form.typed[`what${n}`] ?? '',
      owner: form.typed[`owner${n}`] ?? 'team-manager',
      dueOn: form.typed[`dueOn${n}`] ?? '',
      hasError: form.errors[`action${n}`] !== undefined,
      error: form.errors[`action${n}`] ?? '',
    })),
  };
}
