import type { Heard } from './conversation/heard.js';
import type { Delivery } from './delivery/delivery.js';
import type { Leadership } from './delivery/leadership.js';
import { kindsOf } from './features.js';
import type { Foundation, Saved } from './foundation.js';
import type { Log } from './log.js';
import { errorInLog } from './practice/base/errors.js';
import type { Feature } from './practice/surface/feature.js';
import { Heartbeat } from './schedule/heartbeat.js';
import { Schedule } from './schedule/schedule.js';
import { TableDueRows } from './storage/table-due-rows.js';

export interface TimeNeeds {
  readonly foundation: Foundation;
  readonly features: readonly Feature[];
  readonly heard: Heard;
  readonly leadership: Leadership;
  readonly delivery: Delivery;
  readonly tickEveryMs: number | undefined;
  readonly pollEveryMs: number | undefined;
  readonly log: Log;
}

/** What makes time pass: the schedule of what is due, and the heartbeat that asks it, and sends. */
export function wireTime(needs: TimeNeeds) {
  const { foundation, features, heard, leadership, delivery, log, tickEveryMs, pollEveryMs } = needs;
  const { clients, services, refresh, wakes, registry } = foundation;
  const schedule = new Schedule({
    services,
    dueRows: new TableDueRows(clients.table),
    features,
    kinds: kindsOf(features),
    council: refresh,
    log,
  });
  const heartbeat = new Heartbeat({
    tick: async () => {
      await heard.look();
      await schedule.tick();
    },
    drain: () => delivery.drain(),
    // An entry can be taken only once: leave it to the leader, who can act on it.
    takeWakes: async () => {
      await heard.look();
      const taken = leadership.mayStillSend() ? await wakes.take() : [];
      // What was announced may be in a partition that has not been swept before.
      if (taken.length > 0) registry.forget();
      return taken;
    },
    log,
    ...(tickEveryMs === undefined ? {} : { tickEveryMs }),
    ...(pollEveryMs === undefined ? {} : { pollEveryMs }),
  });
  return { schedule, heartbeat };
}

/** After the answer is sent: nudges this process at once, and the leader, if it is another, by the queue. */
export function nudgeWith(
  { clock, wakes }: Foundation,
  heartbeat: Heartbeat,
  leadership: Leadership,
  log: Log,
) {
  return ({ partition, messages, dueAt }: Saved): void => {
    const dueNow = dueAt !== undefined && dueAt <= clock.now();
    if (messages === 0 && !dueNow) return;
    setImmediate(() => {
      heartbeat.nudge(dueNow);
      if (leadership.mayStillSend()) return;
      wakes
        .wake(partition)
        .catch((error: unknown) => log('wake failed', { partition, error: errorInLog(error) }));
    });
  };
}
