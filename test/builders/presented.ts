import type { CardContent } from '../../src/practice/surface/feature.js';
import { presentedActions } from './presented/actions.js';
import { presentedAlerts } from './presented/alerts.js';
import { presentedCycles } from './presented/cycles.js';
import { presentedLearning } from './presented/learning.js';
import { presentedModeration } from './presented/moderation.js';
import { presentedRecords } from './presented/records.js';
import { presentedReports } from './presented/reports.js';
import { presentedSharing } from './presented/sharing.js';
import { presentedReviews } from './presented/reviews.js';

type Made = CardContent | undefined;
/** By template: what its presenter makes of a state that shows most of the card. */
export type Presented = Readonly<Record<string, () => Made | Promise<Made>>>;

export const presented: Presented = {
  ...presentedReviews,
  ...presentedAlerts,
  ...presentedModeration,
  ...presentedActions,
  ...presentedCycles,
  ...presentedLearning,
  ...presentedRecords,
  ...presentedReports,
  ...presentedSharing,
};
