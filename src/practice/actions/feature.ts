import type { Feature } from '../surface/feature.js';
import { actionPresenter } from './presenter.js';
import { openAction, saveReopening, saveUpdate, saveVerification } from './handlers.js';
import { digestKind, digestPresenter } from './digest.js';
import { actionCommands, showList } from './handlers-list.js';
import { reassignOnANewRoster } from './decide-reassignment.js';
import { roundsKind } from './rounds.js';
import { sendTheWeeklyDigest } from './jobs.js';
import { actionPart } from './part.js';

/** Actions that are followed through, and seen to make a difference (docs/domain.md, 4.7, 4.8). */
export const actionFeature: Feature = {
  plrPart: actionPart,
  verbs: {
    'action.open': openAction,
    'action.update': saveUpdate,
    'action.verify': saveVerification,
    'action.reopen': saveReopening,
    'action.list': showList,
  },
  lists: [...actionCommands.map(({ words: [name = ''] }) => name), 'action.list'],
  commands: actionCommands,
  presenters: { action: actionPresenter, 'action-digest': digestPresenter },
  kinds: [roundsKind, digestKind],
  // Hand over first, so that a digest counts the actions for whoever has them now.
  jobs: [reassignOnANewRoster, sendTheWeeklyDigest],
};
