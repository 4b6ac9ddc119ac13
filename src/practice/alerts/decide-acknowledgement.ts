import { refuse, type Refusal } from '../base/errors.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Person } from '../council/organisation.js';
import type { Plr } from '../plr/plr.js';
import type { Change } from '../plr/ports.js';
import { personName, timeInWords } from '../council/words.js';
import {
  withEntries,
  type Acknowledgement,
  type AcknowledgedAlert,
  type RaisedAlert,
  type Safety,
} from '../plr/alert.js';
import { changeOf } from './part.js';
import { askForGrip, askNext, breachIfDue } from './decide-climb.js';
import { isAskedToAct } from './people-of-alert.js';
import { redrawn, notifyQaLeads, notifyRaisers, type NotifiedAlert } from './messages.js';

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
  council: CouncilContext,
): Change<Plr> | AlertRefusal {
  const { alert } = plr;
  if (alert === undefined) return refuse('nothing-open', 'There is no alert on this PLR.');
  if (!isAskedToAct(actor, plr, alert, council)) {
    return refuse(
      'not-asked',
      'Only the social worker, the Team Manager or a manager the alert has climbed to can acknowledge it. Nothing was changed.',
    );
  }
  if (alert.state !== 'raised') {
    const { by, at } = alert.acknowledgement;
    const who = by === actor.id ? 'You' : personName(by, council);
    return refuse(
      'out-of-date',
      `${who} acknowledged this alert on ${timeInWords(at, council.timeZone)}. Nothing was changed.`,
    );
  }
  const said = { is: 'acknowledgement', by: actor.id, at: council.now, safety, details } as const;
  const told = acknowledgedWith(said, alert, plr, council);
  return changeOf(plr, redrawn(told, plr, alert, council), 'acknowledged the alert', council);
}

/** What was said in time is no breach, however late it was entered. */
export function acknowledgedWith(
  acknowledgement: Acknowledgement,
  alert: RaisedAlert,
  plr: Plr,
  council: CouncilContext,
): NotifiedAlert<AcknowledgedAlert> {
  const { by, at, safety } = acknowledgement;
  const onTime = breachIfDue({ alert, messages: [] }, plr, { ...council, now: at });
  const acknowledged: AcknowledgedAlert = {
    ...withEntries(onTime.alert, council.now, { is: 'acknowledged', by, safety }),
    state: 'acknowledged',
    acknowledgement,
  };
  return tellNext({ ...onTime, alert: acknowledged }, plr, council);
}

/**
 * Whoever has to record management grip is told, unless it is they who have just said so on their own card; the QA
 * lead hears at once of a child who is not safe yet.
 */
function tellNext(
  telling: NotifiedAlert<AcknowledgedAlert>,
  plr: Plr,
  council: CouncilContext,
): NotifiedAlert<AcknowledgedAlert> {
  const { by, safety, saidTo } = telling.alert.acknowledgement;
  const asked =
    saidTo === undefined
      ? askNext(telling, plr, by, { is: 'acknowledged' }, council)
      : askForGrip(telling, plr, { is: 'acknowledged' }, council);
  const told = safety === 'not-yet' ? notifyQaLeads(asked, plr, { is: 'not-yet-safe' }, council) : asked;
  return notifyRaisers(told, plr, council);
}
