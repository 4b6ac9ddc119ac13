import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Timer } from '../../src/delivery/pace.js';

/** Between two requests of one piece of work, the process itself needs a few turns and no longer. */
const turnsBetweenRequests = 20;

interface Wait {
  readonly atMs: number;
  readonly resolve: () => void;
}

export interface FairTime extends Timer {
  /** Waited by Teams' side before it answers: until then its request is under way in simulated time alone. */
  readonly onItsWay: () => Promise<void>;
  readonly stop: () => void;
}

/**
 * Simulated time that is fair to storage: it stands still while any request of this process is under way, so that no
 * minute passes between a question and its answer, however busy the machine is. Waits end in their order.
 */
export function fairTime(teamsTakesMs: number): FairTime {
  let nowMs = 0;
  let underWay = 0;
  let passing = false;
  let waits: Wait[] = [];
  const begun = (message: unknown) => {
    underWay += 1;
    (message as { readonly request: ClientRequest }).request.once('close', () => (underWay -= 1));
  };
  const channel = 'http.client.request.start';
  subscribe(channel, begun);
  const quiet = async () => {
    for (let turns = 0; turns < turnsBetweenRequests; turns += 1) {
      await nextTurn();
      if (underWay > 0) turns = -1;
    }
  };
  const pass = async () => {
    passing = true;
    for (;;) {
      await quiet();
      const next = waits.reduce<Wait | undefined>(
        (first, one) => (first === undefined || one.atMs < first.atMs ? one : first),
        undefined,
      );
      if (next === undefined) break;
      waits = waits.filter((one) => one !== next);
      nowMs = Math.max(nowMs, next.atMs);
      next.resolve();
    }
    passing = false;
  };
  const wait = (ms: number) =>
    new Promise<void>((resolve) => {
      waits.push({ atMs: nowMs + ms, resolve });
      if (!passing) void pass();
    });
  return {
    nowMs: () => nowMs,
    wait,
    onItsWay: async () => {
      underWay -= 1;
      await wait(teamsTakesMs);
      underWay += 1;
    },
    stop: () => void unsubscribe(channel, begun),
  };
}
