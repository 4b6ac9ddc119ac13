import { addActions } from '../actions/decide-added-actions.js';
import { refuse } from '../base/errors.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Person } from '../council/organisation.js';
import type { Plr } from '../plr/plr.js';
import type { Change } from '../plr/ports.js';
import type { PlannedAction } from '../plr/answers.js';
import { entries, withEntries, type GrippedAlert } from '../plr/alert.js';
import type { AlertRefusal } from './decide-acknowledgement.js';
import { changeOf } from './part.js';
import { mayGrip } from './people-of-alert.js';
import { redrawn, notifyQaLeads, notifyRaisers } from './messages.js';

export interface GripStatement {
  readonly direction: string;
  readonly actions: readonly PlannedAction[];
}

/** The management direction that makes the child safe, with its actions (docs/domain.md, 4.3). The QA lead is told. */
export function recordGrip(
  plr: Plr,
  { direction, actions }: GripStatement,
  actor: Person,
  council: CouncilContext,
): Change<Plr> | AlertRefusal {
  const { alert } = plr;
  if (alert === undefined) return refuse('nothing-open', 'There is no alert on this PLR.');
  if (!mayGrip(actor, plr, alert, council)) {
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
    ...withEntries(acknowledged, council.now, { is: 'grip-recorded', by: actor.id }),
    state: 'gripped',
    grip: { is: 'grip', by: actor.id, at: council.now, direction },
    earlier: back === undefined ? alert.earlier : [...alert.earlier, back],
  };
  const withActions = addActions(plr, actions, council, actor.id);
  const step = { is: 'gripped', number: entries(gripped, 'grip-recorded').length } as const;
  const told = notifyQaLeads({ alert: gripped, messages: withActions.messages }, plr, step, council);
  const withRaisers = notifyRaisers(told, plr, council);
  return changeOf(
    withActions.plr,
    redrawn(withRaisers, plr, alert, council),
    'recorded management grip',
    council,
  );
}
