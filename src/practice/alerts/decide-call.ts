import { refuse } from '../base/errors.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Person } from '../council/organisation.js';
import { may } from '../plr/plr-access.js';
import type { Plr } from '../plr/plr.js';
import type { Change } from '../plr/ports.js';
import type { Instant } from '../base/time.js';
import {
  safeties,
  withEntries,
  type Actor,
  type CallAnswer,
  type OpenAlert,
  type Safety,
} from '../plr/alert.js';
import { acknowledgedWith, type AlertRefusal } from './decide-acknowledgement.js';
import { restatedWith } from './decide-restatement.js';
import { redrawn, type NotifiedAlert } from './messages.js';
import { changeOf } from './part.js';
import { holderOf } from './people-of-alert.js';

/** Whom a QA lead rang, when, and what was said of the child's safety. */
export interface Call {
  readonly as: Actor;
  /** To the minute. */
  readonly rangAt: Instant;
  readonly answer: CallAnswer;
  readonly details: string;
}

/**
 * A telephone call counts (docs/domain.md, 4.3): when the child's safety was stated on it, it acknowledges the alert,
 * or states the safety anew, in the name of whoever said so. Otherwise it stands in the timeline, and the alert
 * climbs on.
 */
export function recordCall(
  plr: Plr,
  call: Call,
  actor: Person,
  council: CouncilContext,
): Change<Plr> | AlertRefusal {
  const { alert } = plr;
  if (alert === undefined) return refuse('nothing-open', 'There is no alert on this PLR.');
  if (!may(actor, 'oversee alert', plr, council))
    return refuse('not-asked', 'Only the QA lead can do this. Nothing was changed.');
  if (alert.state === 'closed') return refuse('out-of-date', 'The alert is closed. Nothing was changed.');
  const person = holderOf(call.as, plr, council);
  if (person === undefined)
    return refuse('out-of-date', 'Nobody holds this post today. Choose whom you rang.');
  // The call is known to the minute only.
  if (call.rangAt < toTheMinute(alert.raisedAt))
    return refuse('out-of-date', 'That is before the alert was raised. Correct the time of the call.');
  const { as, rangAt, answer } = call;
  const rang = { is: 'rang', by: actor.id, as, person, rangAt, answer } as const;
  const noted = withEntries(alert, council.now, rang);
  const safety = safeties.find((one) => one === answer);
  const told =
    safety === undefined
      ? { alert: noted, messages: [] }
      : saidOnIt(
          noted,
          { by: person, saidTo: actor.id, at: rangAt, safety, details: call.details },
          plr,
          council,
        );
  return changeOf(plr, redrawn(told, plr, alert, council), 'entered a telephone call', council);
}

interface SaidOnIt {
  readonly by: Person['id'];
  readonly saidTo: Person['id'];
  readonly at: Instant;
  readonly safety: Safety;
  readonly details: string;
}

function saidOnIt(
  alert: OpenAlert,
  said: SaidOnIt,
  plr: Plr,
  council: CouncilContext,
): NotifiedAlert<OpenAlert> {
  return alert.state === 'raised'
    ? acknowledgedWith({ is: 'acknowledgement', ...said }, alert, plr, council)
    : restatedWith({ is: 'restatement', ...said }, alert, plr, council);
}

function toTheMinute(at: Instant): string {
  return at.slice(0, 16);
}
