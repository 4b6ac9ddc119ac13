import { refuse } from '../base/errors.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Person } from '../council/organisation.js';
import type { Plr } from '../plr/plr.js';
import type { Change } from '../plr/ports.js';
import type { AlertRefusal, SafetyStatement } from './decide-acknowledgement.js';
import { entries, withEntries, type OpenAlert, type RaisedAlert, type Restatement } from '../plr/alert.js';
import { changeOf } from './part.js';
import { askForGrip, askNext } from './decide-climb.js';
import { mayRestate } from './people-of-alert.js';
import { redrawn, notifyQaLeads, notifyRaisers, type NotifiedAlert } from './messages.js';

/** States whether the child is safe now, as often as that changes between the acknowledgement and the close. */
export function restateSafety(
  plr: Plr,
  { safety, details }: SafetyStatement,
  actor: Person,
  council: CouncilContext,
): Change<Plr> | AlertRefusal {
  const { alert } = plr;
  if (alert === undefined) return refuse('nothing-open', 'There is no alert on this PLR.');
  if (alert.state === 'raised')
    return refuse('out-of-date', 'The alert has to be acknowledged first. Nothing was changed.');
  if (!mayRestate(actor, plr, alert, council))
    return refuse(
      'not-asked',
      'Only whoever acknowledged the alert, the Team Manager, or a manager it has climbed to, can state the child’s safety anew. Nothing was changed.',
    );
  if (alert.state === 'closed')
    return refuse(
      'out-of-date',
      'The alert is closed, so nothing was changed. If the child is not safe, act now and ask the QA lead to re-open it.',
    );
  const said = { is: 'restatement', by: actor.id, at: council.now, safety, details } as const;
  const told = restatedWith(said, alert, plr, council);
  return changeOf(plr, redrawn(told, plr, alert, council), 'stated the child’s safety anew', council);
}

export function restatedWith(
  restated: Restatement,
  alert: Exclude<OpenAlert, RaisedAlert>,
  plr: Plr,
  council: CouncilContext,
): NotifiedAlert<OpenAlert> {
  const { by, safety } = restated;
  const now = {
    ...withEntries(alert, council.now, { is: 'safety-restated', by, safety }),
    restated,
    earlier: alert.restated === undefined ? alert.earlier : [...alert.earlier, alert.restated],
  };
  return notifyRaisers(tellOf(now, restated, plr, council), plr, council);
}

/** Tells the QA lead, and, of a child who is not safe, whoever has to act. */
function tellOf(
  alert: OpenAlert,
  { by, safety, saidTo }: Restatement,
  plr: Plr,
  council: CouncilContext,
): NotifiedAlert<OpenAlert> {
  const step = { is: 'restated', number: entries(alert, 'safety-restated').length } as const;
  const telling = { alert, messages: [] };
  const ask = () =>
    saidTo === undefined ? askNext(telling, plr, by, step, council) : askForGrip(telling, plr, step, council);
  const asked = safety === 'not-yet' ? ask() : telling;
  return notifyQaLeads(asked, plr, step, council);
}
