import type { Feature } from '../../surface/feature.js';
import { cutCommands, openToday, today, welcomeWithToday } from './handlers.js';
import { remindPerson } from './handlers-remind.js';

/** What waits for whom, over all that the product does. */
export const todayFeature: Feature = {
  verbs: { 'today.show': openToday, 'today.remind': remindPerson },
  lists: ['today', 'today.show', 'welcome'],
  commands: [today],
  welcome: welcomeWithToday,
};

/** Words for one sort of it: last of all features, so that each answers its own people first. */
export const openWordsFeature: Feature = {
  lists: cutCommands.map(({ words: [name = ''] }) => name),
  commands: cutCommands,
};
