/**
 * Why a message did not go. Each cause has its own count, backoff and end, so that a long absence of Teams leaves a
 * card that cannot be drawn all of its tries.
 */
export const causes = ['away', 'unclear', 'refused', 'card', 'storage'] as const;
export type Cause = (typeof causes)[number];

/** How often a message has failed so far, by cause. */
export type Tried = Readonly<Record<Cause, number>>;

export const notTried: Tried = { away: 0, unclear: 0, refused: 0, card: 0, storage: 0 };

export interface Failed {
  readonly cause: Cause;
  /** Teams' own word where it gave one: kept in the ledger. */
  readonly reason: string;
  /** They have not got it, as far as anybody knows. Without it, the next try may well succeed, or this one has. */
  readonly notReached: boolean;
  /** The same card would fail again: nothing is tried again but what must arrive. */
  readonly isFinal?: true;
}

/** Teams did not answer, or was too busy to. */
export const away = (reason: string): Failed => ({ cause: 'away', reason, notReached: false });
/** Teams answered with a fault of its own, which says nothing of this person or this card. */
export const failing = (reason: string): Failed => ({ cause: 'away', reason, notReached: true });
/** Teams said that it took the card, in words that are no answer: it may have arrived. */
export const unclear = (reason: string): Failed => ({ cause: 'unclear', reason, notReached: true });
/** Teams will not let this one through, for now: a person has blocked the app, or it only says so. */
export const refusedFor = (reason: string): Failed => ({ cause: 'refused', reason, notReached: true });
export const undrawn = (reason: string): Failed => ({ cause: 'card', reason, notReached: true });
export const unread = (reason: string): Failed => ({ cause: 'storage', reason, notReached: false });

interface EndOfTries {
  /** Tries of what need not arrive, until it ends. */
  readonly maxTries: number;
  readonly end: 'undeliverable' | 'setAside';
}

/** At five minutes each, 300 are a day; asked once a day, 30 are a month. What storage fails at never ends. */
const triesBeforeItEnds: Readonly<Record<Cause, EndOfTries>> = {
  away: { maxTries: 300, end: 'setAside' },
  unclear: { maxTries: 5, end: 'setAside' },
  refused: { maxTries: 30, end: 'undeliverable' },
  card: { maxTries: 12, end: 'setAside' },
  storage: { maxTries: Infinity, end: 'setAside' },
};

/** How a message ends that failed so and need not arrive; undefined when it is tried again. */
export function endOf({ cause, isFinal }: Failed, tried: Tried): EndOfTries['end'] | undefined {
  if (isFinal === true) return 'undeliverable';
  return tried[cause] >= triesBeforeItEnds[cause].maxTries ? triesBeforeItEnds[cause].end : undefined;
}

const [minute, hour] = [60_000, 3_600_000];
/** A refusal often passes within minutes; a person who has blocked the app is asked for once a day. */
const refusedStepsMs = [5 * minute, hour];
const dailyMs = 24 * hour;
/** Nothing is put back for longer, unless it was refused. */
export const longestMs = 5 * minute;
/** What must arrive is asked for again within a minute, whatever Teams said. */
export const longestOfAlertsMs = minute;

/** In how many ms it is tried again; half of it by chance, so that what failed together is not tried together again. */
export function backoffMs(cause: Cause, tried: Tried, mustArrive: boolean, random: number): number {
  return Math.round(fullMs(cause, tried[cause], mustArrive) * (0.5 + random / 2));
}

function fullMs(cause: Cause, tries: number, mustArrive: boolean): number {
  if (cause === 'refused' && !mustArrive) return refusedStepsMs[tries - 1] ?? dailyMs;
  const growing = 1_000 * 2 ** Math.min(tries, 20);
  if (!mustArrive) return Math.min(longestMs, growing);
  return Math.min(cause === 'refused' ? longestOfAlertsMs : longestOfAlertsMs / 2, growing);
}
