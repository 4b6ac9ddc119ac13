/** Events which say that work was not done. `infra/modules/alerts.bicep` tells somebody when they recur. */
export const failed = {
  scheduledWork: 'scheduled work failed',
  tick: 'tick failed',
  drain: 'drain failed',
  turn: 'turn failed',
} as const;

/** Writes one event with ids and outcomes: never people's words, never a card. */
export type Log = (event: string, ids: Record<string, string | number>) => void;
