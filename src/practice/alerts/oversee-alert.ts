import { refuse } from '../base/errors.js';
import type { House } from '../council/house.js';
import type { Person } from '../council/organisation.js';
import type { Plr } from '../plr/plr.js';
import type { Change } from '../plr/ports.js';
import {
  entries,
  isNotYetSafe,
  withEntries,
  type AcknowledgedAlert,
  type Back,
  type ClosedAlert,
} from '../plr/alert.js';
import type { AlertRefusal } from './acknowledge-alert.js';
import { changeOf } from './alert-part.js';
import { askForGrip } from './climb-ladder.js';
import { redrawn, tellRaisers, type Telling } from './telling.js';

/**
 * Only the QA lead closes an alert, and only once management grip is recorded (docs/domain.md, 4.3). `may` is
 * asked before.
 */
export function closeAlert(
  plr: Plr,
  { reason: note }: { reason: string },
  actor: Person,
  house: House,
): Change<Plr> | AlertRefusal {
  const { alert } = plr;
  if (alert?.state !== 'gripped') return outOfDate('An alert is closed once management grip is recorded.');
  if (isNotYetSafe(alert) && note === '')
    return refuse(
      'not-yet-safe',
      'Not closed: what was last said is that the child is not safe yet. Write in your note who made the child safe, and how, then close.',
    );
  const closed: ClosedAlert = {
    ...withEntries(alert, house.now, { is: 'closed', by: actor.id }),
    state: 'closed',
    closing: { is: 'closing', by: actor.id, at: house.now, note },
  };
  return changeOf(
    plr,
    redrawn(tellRaisers({ alert: closed, messages: [] }, plr, house), plr, alert, house),
    'closed the alert',
    house,
  );
}

/** The grip was not enough: the Team Manager is told why, and records it again. */
export function sendBack(
  plr: Plr,
  { reason }: { reason: string },
  actor: Person,
  house: House,
): Change<Plr> | AlertRefusal {
  const { alert } = plr;
  if (alert?.state !== 'gripped') return outOfDate('Only recorded management grip can be sent back.');
  const { grip, ...facts } = alert;
  const back: Back = { is: 'sent-back', by: actor.id, at: house.now, reason };
  const again: AcknowledgedAlert = {
    ...withEntries(facts, house.now, { is: 'sent-back', by: actor.id }),
    state: 'acknowledged',
    back,
    earlier: [...alert.earlier, grip],
  };
  return changeOf(plr, redrawn(askAgain(again, plr, house), plr, alert, house), 'sent the alert back', house);
}

export function reopenAlert(
  plr: Plr,
  { reason }: { reason: string },
  actor: Person,
  house: House,
): Change<Plr> | AlertRefusal {
  const { alert } = plr;
  if (alert?.state !== 'closed') return outOfDate('Only a closed alert can be re-opened.');
  const { grip, closing, ...facts } = alert;
  const back: Back = { is: 'reopened', by: actor.id, at: house.now, reason };
  const again: AcknowledgedAlert = {
    ...withEntries(facts, house.now, { is: 'reopened', by: actor.id }),
    state: 'acknowledged',
    back,
    earlier: [...alert.earlier, grip, closing],
  };
  return changeOf(plr, redrawn(askAgain(again, plr, house), plr, alert, house), 're-opened the alert', house);
}

function askAgain(alert: AcknowledgedAlert, plr: Plr, house: House): Telling<AcknowledgedAlert> {
  const step = `back-${entries(alert, 'sent-back', 'reopened').length}`;
  return askForGrip({ alert, messages: [] }, plr, step, house);
}

function outOfDate(say: string): AlertRefusal {
  return refuse('out-of-date', `${say} This one has moved on meanwhile: nothing was changed.`);
}
