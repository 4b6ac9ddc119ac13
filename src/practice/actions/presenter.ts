import { recipientOf } from '../plr/recipient.js';
import type { CardContent, Presenter, Superseded } from '../surface/feature.js';
import { noticeCard } from '../surface/help.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Person } from '../council/organisation.js';
import { plrKind } from '../plr/plr-kind.js';
import type { Plr } from '../plr/plr.js';
import type { ActionNews } from '../plr/message-reasons.js';
import type { MessageOf } from '../plr/ports.js';
import { isOpenAction, type Action } from '../plr/action.js';
import { mayReadAction } from './access.js';
import { actionCard } from './cards.js';
import { actionStages } from './stages.js';
import { findAction } from '../plr/actions-of-plr.js';

const summaries: Readonly<Record<ActionNews, string>> = {
  given: 'You have a new action',
  reassigned: 'You have a new action',
  reopened: 'An action was re-opened',
  'to-verify': 'An action is waiting to be checked',
  'owner-not-reached': 'Somebody could not be told of their action',
  'due-soon': 'An action is due soon',
  'due-today': 'An action is due today',
  overdue: 'An action is overdue',
  'overdue-a-week': 'An action is overdue',
  'overdue-two-weeks': 'An action is overdue',
};

/** Draws each card of an action for the person it goes to, from the action as it is now. */
export const actionPresenter: Presenter<Plr, MessageOf<'action'>> = {
  kind: plrKind,
  present: (plr, message, council) => {
    const action = findAction(plr, message.reason.action);
    const viewer = recipientOf(message, council);
    if (action === undefined || viewer === undefined) return { superseded: 'what it was about is gone' };
    return draw(plr, action, viewer, message, council);
  },
};

function draw(
  plr: Plr,
  action: Action,
  viewer: Person,
  message: MessageOf<'action'>,
  council: CouncilContext,
): CardContent | Superseded {
  const kind = message.reason.is;
  if (kind === 'replaced')
    return noticeCard(
      'There is a newer card about this action',
      'Scroll down to find it, or say "my actions".',
    );
  if (kind === 'moved') return movedCard(action);
  const live = action.cards.find(({ to }) => to === viewer.id)?.key;
  if (live !== (message.redraws ?? message.key)) return { superseded: 'there is a newer card about it' };
  if (!mayReadAction(viewer, action, plr, council)) return { superseded: 'it is not theirs any more' };
  const notice =
    kind === 'owner-not-reached'
      ? 'Its owner could not be reached in Teams. Please tell them yourself, and ask them to add this app.'
      : '';
  const card = actionCard(plr, action, viewer, council, { notice, opensForm: true });
  if (kind === 'redrawn') return card;
  if (isReminder(kind) && !isOpenAction(action)) return { superseded: 'the action is closed' };
  return { ...card, summary: summaries[kind] };
}

function movedCard(action: Action): CardContent {
  return noticeCard(
    'An action is not yours any more',
    `${action.id} went to somebody else, because the case or its worker changed. There is nothing for you to do.`,
  );
}

function isReminder(kind: ActionNews): boolean {
  return actionStages.some(({ stage }) => stage === kind);
}
