import type { Feature } from '../surface/feature.js';
import { followedKind, followRoster, rerouted } from './follow-roster.js';
import { mendStanding, settleCycles, settlingKind } from './settle-cycles.js';

/** What crosses features: nobody presses a button for it. */
export const processFeature: Feature = {
  presenters: { rerouted },
  kinds: [followedKind, settlingKind],
  jobs: [
    { name: 'follow the roster', run: followRoster },
    { name: 'mend the standing view', run: mendStanding },
    { name: 'settle the cycles that are over', run: settleCycles },
  ],
};
