import type { PlrFigures } from '../plr/figures.js';
import { hoursBetween, type Instant } from '../base/time.js';
import { breaches, entries, type Alert } from '../plr/alert.js';
import { joins } from './decide-raising.js';
import { unheardSince } from './unheard.js';

/** One clock, and the acknowledgement that stopped it. */
interface Round {
  readonly raisedAt: Instant;
  readonly acknowledgedAt?: Instant;
}

/**
 * What is counted of an alert: its times are those of the round that was answered last or not at all, so that
 * an answer to the first danger does not hide a later one that still waits. A breach of any round stays.
 */
export function alertFigures(alert: Alert): NonNullable<PlrFigures['alert']> {
  const [slowest = { raisedAt: alert.raisedAt }] = roundsOf(alert).sort((a, b) => waited(b) - waited(a));
  const since = alert.state === 'closed' ? undefined : unheardSince(alert);
  return {
    ...slowest,
    breached: breaches(alert).length > 0,
    state: alert.state,
    ...(since === undefined ? {} : { unheardSince: since }),
  };
}

function waited({ raisedAt, acknowledgedAt }: Round): number {
  return acknowledgedAt === undefined ? Infinity : hoursBetween(raisedAt, acknowledgedAt);
}

/** A flag that does not join the alert raises it afresh; whether it did then is read from the timeline. */
function roundsOf(alert: Alert): Round[] {
  const rounds: Round[] = [];
  let state: Alert['state'] = 'closed';
  for (const entry of entries(alert, 'flagged', 'acknowledged', 'closed', 'reopened')) {
    if (entry.is === 'acknowledged') {
      rounds.push({ ...(rounds.pop() ?? { raisedAt: alert.raisedAt }), acknowledgedAt: entry.at });
      state = 'acknowledged';
    } else if (entry.is !== 'flagged') state = entry.is === 'closed' ? 'closed' : 'acknowledged';
    else if (!joins({ state }, entry.because)) {
      rounds.push({ raisedAt: entry.at });
      state = 'raised';
    }
  }
  return rounds;
}
