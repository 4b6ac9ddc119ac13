import { Cards } from './cards/cards.js';
import type { Config } from './config.js';
import { Delivery } from './delivery/delivery.js';
import type { Leadership } from './delivery/leadership.js';
import { Pace, realTimer, type Timer } from './delivery/pace.js';
import { lookAtQueue } from './delivery/queue.js';
import { applyDeliveryOutcome } from './conversation/apply-delivery-outcome.js';
import { features as allFeatures, kindsOf } from './features.js';
import { createFoundation, type Foundation, type FoundationOptions, type Saved } from './foundation.js';
import { FrontDesk } from './conversation/front-desk.js';
import { Gate } from './conversation/gate.js';
import { Heartbeat } from './heartbeat.js';
import { Heard } from './conversation/heard.js';
import { createServer } from './http/server.js';
import type { Log } from './log.js';
import { errorInLog } from './practice/base/errors.js';
import { longestUnheardMs } from './practice/alerts/longest-unheard.js';
import type { Feature } from './practice/surface/feature.js';
import { mustArriveWith, presentWith } from './conversation/presenting.js';
import { Schedule } from './schedule/schedule.js';
import { ConversationStore } from './storage/conversation-store.js';
import { BlobLease } from './storage/lease.js';
import { isOfStorage } from './storage/table.js';
import { TableDueRows } from './storage/table-due-rows.js';
import { createBot } from './teams/bot.js';
import { TeamsAdapter } from './teams/teams-adapter.js';
import { FileDesk } from './teams/file-desk.js';
import { mayReach } from './teams/service-urls.js';
import { TeamsMessenger } from './teams/teams-messenger.js';
import { mayUploadTo } from './teams/upload.js';
import { Telemetry } from './telemetry.js';
import { putBackFor, targetOf } from './conversation/recipients.js';
import { within } from './within.js';

/** A stop ends in less than ten seconds: what is sent, what is answered and a file in the making each have a part of it. */
const sendingMs = 4_000;
const filesMs = 1_000;

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

/** Wires everything, once: what all share, what sends, what makes time pass, and what answers. */
export async function createApp(config: Config, options: AppOptions): Promise<App> {
  const { log } = options;
  const features = options.features ?? allFeatures;
  const realNowMs = options.realNowMs ?? Date.now;
  const kinds = kindsOf(features);
  const foundation = await createFoundation(config, { ...options, kinds }, nudge);
  const { clients, clock, services, outbox, registry, wakes, refresh, council } = foundation;
  const cards = new Cards();
  const conversations = new ConversationStore(clients.table);
  const timer = options.timer ?? realTimer;
  const pace = new Pace(config.teamsMaxRps, timer);
  const door = new TeamsAdapter(config.bot, { log, pace, timer, channelKeysUrl: options.channelKeysUrl });
  const telemetry = new Telemetry({
    log,
    lookAtQueue: async () => lookAtQueue(outbox, await registry.active(), clock),
    longestUnheardMs: () => longestUnheardMs(services, clock),
  });

  const messenger = new TeamsMessenger({
    door,
    cards,
    conversations,
    botId: config.bot.id,
    tenantId: config.bot.tenantId,
    serviceUrl: config.teamsServiceUrl,
    target: (to) => targetOf(to, council()),
    mayReach: mayReach(config),
    heard: (aadObjectId) => heard.of(aadObjectId),
    log,
  });
  const heard = new Heard({ conversations, reachable: (key) => reachable(key, false), log });
  const leadership = options.leadership ?? new BlobLease({ container: clients.container, log });
  const delivery = new Delivery({
    outbox,
    messenger: telemetry.tracing(messenger),
    leadership,
    timer,
    pace,
    activePartitions: () => registry.active(),
    present: presentWith(features, services, cards, council),
    mustArrive: mustArriveWith(features, services),
    isOfStorage,
    ended: applyDeliveryOutcome(kinds, services, council),
    clock,
    realNowMs,
    random: Math.random,
    log,
    count: (what) => telemetry.count(what),
  });

  const schedule = new Schedule({
    services,
    dueRows: new TableDueRows(clients.table),
    features,
    kinds,
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
    ...(options.tickEveryMs === undefined ? {} : { tickEveryMs: options.tickEveryMs }),
    ...(options.pollEveryMs === undefined ? {} : { pollEveryMs: options.pollEveryMs }),
  });

  const frontDesk = new FrontDesk({
    features,
    // Word and spreadsheets are loaded when the first one is asked for, so that no start waits for them.
    makeFile: async (content) => (await import('./documents/document-file.js')).documentFile(content),
    services,
    conversations,
    council,
    tenantId: config.bot.tenantId,
    mayReach: mayReach(config),
    heard: (aadObjectId) => heard.of(aadObjectId),
    reachable,
  });
  const reception = new Gate(frontDesk, { cards, council, log });
  const files = new FileDesk({
    adapter: door,
    botId: config.bot.id,
    reception,
    cards,
    mayUpload: mayUploadTo(config.mode),
    log,
  });
  const bot = createBot(door, reception, cards, files, log);
  const server = createServer({
    refusal: (authorization) => door.refusal(authorization),
    answer: (authorization, activity) =>
      telemetry.traced('activity', {}, () => door.answer(authorization, activity, bot)),
    probeStorage: () => clients.probe(),
    log,
  });

  async function reachable(key: string, again: boolean): Promise<void> {
    await putBackFor(key, again, foundation);
    nudge({ partition: 'reached', messages: 1, dueAt: undefined });
  }

  /** After the answer is sent: nudges this process at once, and the leader, if it is another, by the queue. */
  function nudge({ partition, messages, dueAt }: Saved): void {
    const dueNow = dueAt !== undefined && dueAt <= clock.now();
    if (messages === 0 && !dueNow) return;
    setImmediate(() => {
      heartbeat.nudge(dueNow);
      if (leadership.mayStillSend()) return;
      wakes
        .wake(partition)
        .catch((error: unknown) => log('wake failed', { partition, error: errorInLog(error) }));
    });
  }

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
    stop: async () => {
      telemetry.stop();
      const closed = server.end();
      await within(sendingMs, Promise.all([heartbeat.stop(), delivery.stop()]));
      // What is being sent may hang; whoever leads next need not wait for it (docs/decisions/0006).
      await leadership.stepDown();
      await closed;
      await within(filesMs, files.settled());
    },
  };
}
