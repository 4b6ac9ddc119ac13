import type { PlrFigures } from '../reviews/figures.js';
import { entries, type Alert } from './alert.js';

/** What is counted of an alert: the first clock and the first acknowledgement; a breach of any round stays. */
export function alertFigures(alert: Alert): NonNullable<PlrFigures['alert']> {
  const acknowledgedAt = entries(alert, 'acknowledged')[0]?.at;
  return {
    raisedAt: entries(alert, 'flagged')[0]?.at ?? alert.raisedAt,
    ...(acknowledgedAt === undefined ? {} : { acknowledgedAt }),
    breached: entries(alert, 'breached').length > 0,
    state: alert.state,
  };
}
