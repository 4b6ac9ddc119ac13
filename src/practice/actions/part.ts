import type { CouncilContext } from '../council/council-context.js';
import type { PlrPart } from '../plr/plr-kind.js';
import type { Plr } from '../plr/plr.js';
import type { Change, Ended } from '../plr/ports.js';
import { isOpenAction } from '../plr/action.js';
import { notifyOf } from './messages.js';
import { actionReminders } from './decide-reminders.js';
import { findAction, withAction } from '../plr/actions-of-plr.js';
import { teamManagerOf } from './owners.js';

/** What actions add to a PLR over time. */
export const actionPart: PlrPart = { of: 'actions', ...actionReminders, whenEnded, endsOf: ['action'] };

/** An owner who cannot be reached in Teams does not know of the action, so their Team Manager is told instead. */
function whenEnded(plr: Plr, { message, as }: Ended, council: CouncilContext): Change<Plr> | undefined {
  if (as === 'delivered' || message.card !== 'action' || !('person' in message.to)) return undefined;
  const { person } = message.to;
  const { is, mark, action: id } = message.reason;
  const action = findAction(plr, id);
  const gives = ['given', 'reassigned', 'reopened'].includes(is);
  if (action === undefined || !gives || !isOpenAction(action) || action.ownerId !== person) return undefined;
  const instead = teamManagerOf(action.teamId, council);
  if (instead === person) return undefined;
  const told = notifyOf(plr, action, instead, 'owner-not-reached', mark, council);
  if (told.messages.length === 0) return undefined;
  return {
    state: withAction(plr, told.action),
    did: `told the Team Manager of action ${action.id}: its owner could not be reached`,
    messages: told.messages,
  };
}
