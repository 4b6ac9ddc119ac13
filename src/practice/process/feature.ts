import type { Feature } from '../surface/feature.js';
import { followedKind, followRoster, rerouted } from './follow-roster.js';
import { lookThroughRows, rowsLookedThroughKind } from './look-through-rows.js';
import { mendStanding, settleCycles, settlingKind } from './settle-cycles.js';

/** What crosses features: nobody presses a button for it. */
export const processFeature: Feature = {
  presenters: { rerouted },
  kinds: [followedKind, settlingKind, rowsLookedThroughKind],
  jobs: [
    { name: 'look through the rows of before', run: lookThroughRows },
    { name: 'follow the roster', run: followRoster },
    { name: 'mend the standing view', run: mendStanding },
    { name: 'settle the cycles that are over', run: settleCycles },
  ],
};
