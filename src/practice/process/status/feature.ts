import type { Feature } from '../../surface/feature.js';
import { howAreWeDoing, showStatus, showTeams, showUnreached } from './handlers.js';

/** How the council is doing: what is open from any month, and a month's figures. */
export const statusFeature: Feature = {
  verbs: { 'cycle.status': showStatus, 'cycle.teams': showTeams, 'cycle.unreached': showUnreached },
  lists: ['how are we doing', 'cycle.status', 'cycle.teams', 'cycle.unreached'],
  commands: [howAreWeDoing],
};
