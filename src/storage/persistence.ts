import { setTimeout } from 'node:timers/promises';
import { Fault } from '../practice/base/errors.js';
import type { DocumentKey } from '../practice/plr/ports.js';
import { isMissing, isStale } from './table.js';
import { isBusy, isDoubtful } from './transaction.js';

/** With the waits between them about two seconds: a person waits three for an answer. */
const maxConflicts = 30;
const longestWaitMs = 100;
/** After this long nothing is tried again that may hang for as long as the time limit of a request. */
const patienceMs = 3_000;

/** Chance parts those who met: two replicas that met once would else meet again at each attempt. */
function wait(attempts: number): Promise<void> {
  return setTimeout(Math.random() * Math.min(longestWaitMs, 10 * 2 ** Math.min(attempts, 10)));
}

/**
 * Tries again what met somebody else's save, and what storage was too busy for or may not have taken: `attempt` has
 * to find out what became of its last try, before it makes another.
 * @throws what the last attempt threw; `always-stale` when it was somebody else every time.
 */
export async function persist<T>(key: DocumentKey, attempt: () => Promise<T>): Promise<T> {
  const began = performance.now();
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await attempt();
    } catch (error) {
      const conflicts = isStale(error) || isMissing(error);
      if (!conflicts && !isDoubtful(error) && !isBusy(error)) throw error;
      if (attempts >= maxConflicts)
        throw conflicts
          ? new Fault('always-stale', 'A document was saved by others at every attempt.', { ...key })
          : error;
      if (!conflicts && performance.now() - began > patienceMs) throw error;
      await wait(attempts);
    }
  }
}
