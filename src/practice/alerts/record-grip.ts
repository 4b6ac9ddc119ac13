import { addActions } from '../actions/add-actions.js';
import { refuse } from '../base/errors.js';
import type { House } from '../council/house.js';
import type { Person } from '../council/organisation.js';
import type { Plr } from '../plr/plr.js';
import type { Change } from '../plr/ports.js';
import type { PlannedAction } from '../plr/answers.js';
import { entries, withEntries, type GrippedAlert } from '../plr/alert.js';
import type { AlertRefusal } from './acknowledge-alert.js';
import { changeOf } from './alert-part.js';
import { mayGrip } from './people-of-alert.js';
import { redrawn, tellQaLeads, tellRaisers } from './telling.js';

export interface GripStatement {
  readonly direction: string;
  readonly actions: readonly PlannedAction[];
}

/** The management direction that makes the child safe, with its actions (docs/domain.md, 4.3). The QA lead is told. */
export function recordGrip(
  plr: Plr,
  { direction, actions }: GripStatement,
  actor: Person,
  house: House,
): Change<Plr> | AlertRefusal {
  const { alert } = plr;
  if (alert === undefined) return refuse('nothing-open', 'There is no alert on this PLR.');
  if (!mayGrip(actor, plr, alert, house)) {
    return refuse(
      'not-asked',
      'Only the Team Manager, or a manager the alert has climbed to, can record management grip. Nothing was changed.',
    );
  }
  if (alert.state !== 'acknowledged') {
    return refuse(
      'out-of-date',
      alert.state === 'raised'
        ? 'The child’s safety has to be stated first. Nothing was changed.'
        : 'Management grip was recorded already. Nothing was changed.',
    );
  }
  const { back, ...acknowledged } = alert;
  const gripped: GrippedAlert = {
    ...withEntries(acknowledged, house.now, { is: 'grip-recorded', by: actor.id }),
    state: 'gripped',
    grip: { is: 'grip', by: actor.id, at: house.now, direction },
    earlier: back === undefined ? alert.earlier : [...alert.earlier, back],
  };
  const withActions = addActions(plr, actions, house, actor.id);
  const step = `gripped-${entries(gripped, 'grip-recorded').length}`;
  const told = tellQaLeads({ alert: gripped, messages: withActions.messages }, plr, step, house);
  const withRaisers = tellRaisers(told, plr, house);
  return changeOf(
    withActions.plr,
    redrawn(withRaisers, plr, alert, house),
    'recorded management grip',
    house,
  );
}
