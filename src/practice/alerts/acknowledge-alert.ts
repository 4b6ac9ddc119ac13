import { refuse, type Refusal } from '../base/errors.js';
import type { House } from '../council/house.js';
import type { Person } from '../council/organisation.js';
import type { Plr } from '../plr/plr.js';
import type { Change } from '../plr/ports.js';
import { personName, timeInWords } from '../council/words.js';
import { withEntries, type Acknowledgement, type AcknowledgedAlert, type Safety } from '../plr/alert.js';
import { changeOf } from './alert-part.js';
import { askNext, breachIfDue } from './climb-ladder.js';
import { isAskedToAct } from './people-of-alert.js';
import { redrawn, tellQaLeads, tellRaisers, type Telling } from './telling.js';

export interface SafetyStatement {
  readonly safety: Safety;
  readonly details: string;
}

export type AlertRefusal = Refusal<'not-asked' | 'out-of-date' | 'nothing-open' | 'not-yet-safe'>;

/** By name, and with the child's safety stated (docs/domain.md, 4.3). The first acknowledgement counts. */
export function acknowledgeAlert(
  plr: Plr,
  { safety, details }: SafetyStatement,
  actor: Person,
  house: House,
): Change<Plr> | AlertRefusal {
  const { alert } = plr;
  if (alert === undefined) return refuse('nothing-open', 'There is no alert on this PLR.');
  if (!isAskedToAct(actor, plr, alert, house)) {
    return refuse(
      'not-asked',
      'Only the social worker, the Team Manager or a manager the alert has climbed to can acknowledge it. Nothing was changed.',
    );
  }
  if (alert.state !== 'raised') {
    const { by, at } = alert.acknowledgement;
    const who = by === actor.id ? 'You' : personName(by, house);
    return refuse(
      'out-of-date',
      `${who} acknowledged this alert on ${timeInWords(at, house.timeZone)}. Nothing was changed.`,
    );
  }
  const onTime = breachIfDue({ alert, messages: [] }, plr, house);
  const acknowledgement: Acknowledgement = {
    is: 'acknowledgement',
    by: actor.id,
    at: house.now,
    safety,
    details,
  };
  const acknowledged: AcknowledgedAlert = {
    ...withEntries(onTime.alert, house.now, { is: 'acknowledged', by: actor.id, safety }),
    state: 'acknowledged',
    acknowledgement,
  };
  const told = tellNext({ ...onTime, alert: acknowledged }, plr, house);
  return changeOf(plr, redrawn(told, plr, alert, house), 'acknowledged the alert', house);
}

/** Whoever has to record management grip is told; the QA lead hears at once of a child who is not safe yet. */
function tellNext(telling: Telling<AcknowledgedAlert>, plr: Plr, house: House): Telling<AcknowledgedAlert> {
  const { by, safety } = telling.alert.acknowledgement;
  const asked = askNext(telling, plr, by, 'acknowledged', house);
  const told = safety === 'not-yet' ? tellQaLeads(asked, plr, 'not-yet-safe', house) : asked;
  return tellRaisers(told, plr, house);
}
