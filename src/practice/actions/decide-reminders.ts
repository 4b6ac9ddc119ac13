import type { CouncilContext } from '../council/council-context.js';
import type { PlrPart } from '../plr/plr-kind.js';
import type { Plr } from '../plr/plr.js';
import type { Change } from '../plr/ports.js';
import type { Instant } from '../base/time.js';
import { isOpenAction, type OpenAction, type ActionStage } from '../plr/action.js';
import { notifyOf, type NotifiedAction } from './messages.js';
import { withAction } from '../plr/actions-of-plr.js';
import { whoIsReminded } from './owners.js';
import { stagesOf } from '../base/stages.js';
import { actionStages, nextReminder } from './stages.js';

/** Reminders before, on and after the due date, which then go up to the Team Manager and the Service Manager. */
export const actionReminders: Pick<PlrPart, 'dueAt' | 'whenDue'> = {
  dueAt: (plr) => first(plr)?.nextReminder?.at,
  whenDue: (plr, now, council) => {
    const action = first(plr);
    if (action?.nextReminder === undefined || action.nextReminder.at > now) return undefined;
    return remind(plr, action, now, council);
  },
};

/**
 * The open action whose reminder comes first. One at a time keeps the save small; the next one is then due at
 * once.
 */
function first(plr: Plr): OpenAction | undefined {
  return plr.actions
    .filter(isOpenAction)
    .filter(({ nextReminder }) => nextReminder !== undefined)
    .sort((a, b) => ((a.nextReminder?.at ?? '') < (b.nextReminder?.at ?? '') ? -1 : 1))[0];
}

function remind(plr: Plr, action: OpenAction, now: Instant, council: CouncilContext): Change<Plr> {
  const { nextReminder: due, ...rest } = action;
  const stages = stagesOf(actionStages, action.dueOn, council)
    .filter(({ at }) => due !== undefined && due.at <= at && at <= now)
    .map(({ stage }) => stage);
  // When the bot was away, the owner is told how the action stands now, not how it stood then.
  const forOwner = stages.filter((stage) => rungOf(stage) === 'owner');
  const speak = stages.filter((stage) => rungOf(stage) !== 'owner' || stage === forOwner.at(-1));
  let told: NotifiedAction<OpenAction> = {
    action: { ...rest, ...nextReminder(action.dueOn, now, council) },
    messages: [],
  };
  for (const stage of speak) {
    const to = whoIsReminded(rungOf(stage), action, council);
    const { action: next, messages } = notifyOf(plr, told.action, to, stage, action.dueOn, council);
    told = { action: next, messages: [...told.messages, ...messages] };
  }
  return {
    state: withAction(plr, told.action),
    did: `reminded of action ${action.id}: ${speak.join(', ')}`,
    messages: told.messages,
  };
}

function rungOf(stage: ActionStage) {
  return actionStages.find((one) => one.stage === stage)?.to ?? 'owner';
}
