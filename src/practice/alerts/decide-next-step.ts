import { addHours, justAfter, type Instant } from '../base/time.js';
import {
  breachTime,
  climbedTo,
  inThisRound,
  isBreached,
  isNotYetSafe,
  turns,
  type AlertFacts,
  type Happened,
  type OpenAlert,
} from '../plr/alert.js';
import { rungAt, type Rung } from '../council/ladder.js';

/**
 * How long an alert may wait for its next step before those who have it are reminded, in elapsed hours. After a
 * child was said to be not safe yet, the first reminder comes as soon as the first rung would have.
 */
export const reminderHours = { raised: 24, notYetSafe: 4, acknowledged: 24, gripped: 72 } as const;

/** The lowest rung to which it has not climbed in this round. */
export function nextRung(alert: OpenAlert): Rung | undefined {
  const climbed = climbedTo(alert);
  return alert.ladder.rungs.find(({ id }) => !climbed.includes(id));
}

/** What comes next by itself, and when: every open alert has such a step. */
export type NextStep =
  | { readonly is: 'climb'; readonly rung: Rung; readonly at: Instant }
  | { readonly is: 'breach' | 'remind'; readonly at: Instant };

export function nextStep(alert: OpenAlert): NextStep {
  switch (alert.state) {
    case 'raised': {
      const rung = nextRung(alert);
      if (rung !== undefined) return { is: 'climb', rung, at: rungAt(alert.raisedAt, rung) };
      // Acknowledged in its last moment is in time.
      if (!isBreached(alert)) return { is: 'breach', at: justAfter(breachTime(alert)) };
      return remind(alert, 'raised', 'breached');
    }
    case 'acknowledged':
      return remind(alert, isNotYetSafe(alert) ? 'notYetSafe' : 'acknowledged', 'safety-restated', ...turns);
    case 'gripped':
      return remind(
        alert,
        isNotYetSafe(alert) ? 'notYetSafe' : 'gripped',
        'safety-restated',
        'grip-recorded',
      );
  }
}

/**
 * Counted from the last time something was done or said, so that reminders missed while the bot was away come
 * only once.
 */
function remind(alert: AlertFacts, state: keyof typeof reminderHours, ...since: Happened['is'][]): NextStep {
  const last = inThisRound(alert, 'reminded', ...since).at(-1);
  const isAgain = last?.is === 'reminded' && state === 'notYetSafe';
  const hours = reminderHours[isAgain ? 'acknowledged' : state];
  return { is: 'remind', at: addHours(last?.at ?? alert.raisedAt, hours) };
}
