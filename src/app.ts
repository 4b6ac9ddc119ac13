import { EventEmitter } from 'node:events';
import { Cards } from './cards/cards.js';
import type { Config } from './config.js';
import { Heard } from './conversation/heard.js';
import { reachableWith } from './conversation/recipients.js';
import type { Delivery } from './delivery/delivery.js';
import type { Leadership } from './delivery/leadership.js';
import { realTimer, type Timer } from './delivery/pace.js';
import { features as allFeatures, kindsOf } from './features.js';
import { createFoundation, type Foundation, type FoundationOptions, type Saved } from './foundation.js';
import type { Log } from './log.js';
import { errorInLog } from './practice/base/errors.js';
import type { Feature } from './practice/surface/feature.js';
import type { Heartbeat } from './schedule/heartbeat.js';
import type { Schedule } from './schedule/schedule.js';
import { ConversationStore } from './storage/conversation-store.js';
import { BlobLease } from './storage/lease.js';
import type { FileDesk } from './teams/file-desk.js';
import { wireConversation } from './wire-conversation.js';
import { wireSending } from './wire-sending.js';
import { stopInOrder } from './wire-stop.js';
import { nudgeWith, wireTime } from './wire-time.js';

export interface AppOptions extends FoundationOptions {
  readonly log: Log;
  /** What paces the sending; tests pass one that does not wait. */
  readonly timer?: Timer;
  /** Which of several processes may send. Default: the one with the lease on a blob. */
  readonly leadership?: Leadership;
  readonly features?: readonly Feature[];
  /** Where the channel publishes its signing keys; only tests name their own. */
  readonly channelKeysUrl?: string;
  readonly tickEveryMs?: number;
  readonly pollEveryMs?: number;
}

export interface App {
  readonly foundation: Foundation;
  readonly heartbeat: Heartbeat;
  readonly delivery: Delivery;
  readonly schedule: Schedule;
  readonly files: FileDesk;
  /** Listens; resolves with the port. The bot answers, but does nothing by itself yet. */
  listen(): Promise<number>;
  /** Listens and begins to act by itself. */
  start(): Promise<number>;
  stop(): Promise<void>;
}

/** Wires everything, once, in the order in which one needs another. */
export async function createApp(config: Config, options: AppOptions): Promise<App> {
  const { log, features = allFeatures, realNowMs = Date.now, timer = realTimer } = options;
  const savings = new EventEmitter<{ saved: [Saved] }>();
  const saved = (what: Saved) => void savings.emit('saved', what);
  const foundation = await createFoundation(config, { ...options, kinds: kindsOf(features) }, saved);

  const conversations = new ConversationStore(foundation.clients.table);
  const reachable = reachableWith(foundation, saved);
  const heard = new Heard({ conversations, reachable: (key) => reachable(key, false), log });
  const leadership = options.leadership ?? new BlobLease({ container: foundation.clients.container, log });
  const cards = new Cards();
  const shared = { config, foundation, features, cards, conversations, heard, leadership, log };

  const { channelKeysUrl, tickEveryMs, pollEveryMs } = options;
  const sending = wireSending({ ...shared, timer, realNowMs, channelKeysUrl });
  const { telemetry, delivery } = sending;
  const { schedule, heartbeat } = wireTime({ ...shared, delivery, tickEveryMs, pollEveryMs });
  savings.on('saved', nudgeWith(foundation, heartbeat, leadership, log));
  const { files, server } = wireConversation({ ...shared, ...sending, reachable });

  const listen = () => server.listen(config.port, config.host);
  return {
    foundation,
    heartbeat,
    delivery,
    schedule,
    files,
    listen,
    start: async () => {
      const port = await listen();
      heartbeat
        .start()
        .then(() => cards.warm('alert'))
        .catch((error: unknown) => log('a card cannot be drawn', { error: errorInLog(error) }));
      telemetry.start();
      return port;
    },
    stop: () => stopInOrder({ telemetry, server, heartbeat, delivery, leadership, files }),
  };
}
