import type { Feature } from '../../surface/feature.js';
import { cutCommands, openToday, today, welcomeWithToday } from './handlers.js';
import { lateDigest, lateDigestKind, tellWhatIsLate } from './late-digest.js';
import { remindPerson } from './handlers-remind.js';

/** What waits for whom, over all that the product does. */
export const todayFeature: Feature = {
  verbs: { 'today.show': openToday, 'today.remind': remindPerson },
  lists: ['today', 'today.show', 'welcome', ...cutCommands.map(({ words: [name = ''] }) => name)],
  commands: [today],
  kinds: [lateDigestKind],
  presenters: { 'late-digest': lateDigest },
  jobs: [tellWhatIsLate],
  standIns: cutCommands,
  welcome: welcomeWithToday,
};
