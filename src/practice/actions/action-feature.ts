import type { Feature } from '../surface/feature.js';
import { actionPresenter } from './action-presenter.js';
import { openAction, saveReopening, saveUpdate, saveVerification } from './answer-action.js';
import { digestKind, digestPresenter } from './digest.js';
import { actionCommands, showList } from './list-actions.js';
import { reassignOnANewRoster } from './reassign-actions.js';
import { roundsKind } from './rounds.js';
import { sendTheWeeklyDigest } from './weekly-digest.js';
import { actionPart } from './action-part.js';

/** 4.7, 4.8: actions that are followed through, and seen to make a difference. */
export const actionFeature: Feature = {
  plrPart: actionPart,
  verbs: {
    'action.open': openAction,
    'action.update': saveUpdate,
    'action.verify': saveVerification,
    'action.reopen': saveReopening,
    'action.list': showList,
  },
  commands: actionCommands,
  presenters: { action: actionPresenter, 'action-digest': digestPresenter },
  kinds: [roundsKind, digestKind],
  // Hand over first: a digest then counts for who has the actions now.
  jobs: [reassignOnANewRoster, sendTheWeeklyDigest],
};
