import { figuresInHand } from '../plr/figures-in-hand.js';
import type { Services } from '../plr/ports.js';
import { toEpochMilliseconds, type Clock } from '../base/time.js';

/** For how long the open alert that has waited longest has reached nobody who must act; 0 when each has reached somebody. */
export async function longestUnheardMs(
  services: Pick<Services, 'documents' | 'partitions'>,
  clock: Clock,
): Promise<number> {
  const since = (await figuresInHand(services)).flatMap(({ alert }) => alert?.unheardSince ?? []).sort()[0];
  return since === undefined ? 0 : Math.max(0, toEpochMilliseconds(clock.now()) - toEpochMilliseconds(since));
}
