import { refuse } from '../base/errors.js';
import type { CouncilContext } from '../council/council-context.js';
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
import type { AlertRefusal } from './decide-acknowledgement.js';
import { changeOf } from './part.js';
import { askForGrip } from './decide-climb.js';
import { redrawn, notifyRaisers, type NotifiedAlert } from './messages.js';

/**
 * Only the QA lead closes an alert, and only once management grip is recorded (docs/domain.md, 4.3). `may` is
 * asked before.
 */
export function closeAlert(
  plr: Plr,
  { reason: note }: { reason: string },
  actor: Person,
  council: CouncilContext,
): Change<Plr> | AlertRefusal {
  const { alert } = plr;
  if (alert?.state !== 'gripped') return outOfDate('An alert is closed once management grip is recorded.');
  if (isNotYetSafe(alert) && note === '')
    return refuse(
      'not-yet-safe',
      'Not closed: what was last said is that the child is not safe yet. Write in your note who made the child safe, and how, then close.',
    );
  const closed: ClosedAlert = {
    ...withEntries(alert, council.now, { is: 'closed', by: actor.id }),
    state: 'closed',
    closing: { is: 'closing', by: actor.id, at: council.now, note },
  };
  return changeOf(
    plr,
    redrawn(notifyRaisers({ alert: closed, messages: [] }, plr, council), plr, alert, council),
    'closed the alert',
    council,
  );
}

/** The grip was not enough: the Team Manager is told why, and records it again. */
export function sendBack(
  plr: Plr,
  { reason }: { reason: string },
  actor: Person,
  council: CouncilContext,
): Change<Plr> | AlertRefusal {
  const { alert } = plr;
  if (alert?.state !== 'gripped') return outOfDate('Only recorded management grip can be sent back.');
  const { grip, ...facts } = alert;
  const back: Back = { is: 'sent-back', by: actor.id, at: council.now, reason };
  const again: AcknowledgedAlert = {
    ...withEntries(facts, council.now, { is: 'sent-back', by: actor.id }),
    state: 'acknowledged',
    back,
    earlier: [...alert.earlier, grip],
  };
  return changeOf(
    plr,
    redrawn(askAgain(again, plr, council), plr, alert, council),
    'sent the alert back',
    council,
  );
}

export function reopenAlert(
  plr: Plr,
  { reason }: { reason: string },
  actor: Person,
  council: CouncilContext,
): Change<Plr> | AlertRefusal {
  const { alert } = plr;
  if (alert?.state !== 'closed') return outOfDate('Only a closed alert can be re-opened.');
  const { grip, closing, ...facts } = alert;
  const back: Back = { is: 'reopened', by: actor.id, at: council.now, reason };
  const again: AcknowledgedAlert = {
    ...withEntries(facts, council.now, { is: 'reopened', by: actor.id }),
    state: 'acknowledged',
    back,
    earlier: [...alert.earlier, grip, closing],
  };
  return changeOf(
    plr,
    redrawn(askAgain(again, plr, council), plr, alert, council),
    're-opened the alert',
    council,
  );
}

function askAgain(
  alert: AcknowledgedAlert,
  plr: Plr,
  council: CouncilContext,
): NotifiedAlert<AcknowledgedAlert> {
  const step = { is: 'back', number: entries(alert, 'sent-back', 'reopened').length } as const;
  return askForGrip({ alert, messages: [] }, plr, step, council);
}

function outOfDate(say: string): AlertRefusal {
  return refuse('out-of-date', `${say} This one has moved on meanwhile: nothing was changed.`);
}
