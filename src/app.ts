import { randomBytes } from 'node:crypto';
import { Cards } from './cards/cards.js';
import type { Config } from './config.js';
import { Delivery } from './delivery/delivery.js';
import type { Leadership } from './delivery/leadership.js';
import { Pace, type Timer } from './delivery/pace.js';
import { endedWith } from './ending.js';
import { features as allFeatures } from './features.js';
import { FrontDesk } from './front-desk.js';
import { Gate } from './gate.js';
import { Heartbeat } from './heartbeat.js';
import { createServer } from './http/server.js';
import { nextMeeting } from './imports/meeting-rule.js';
import { readForms } from './imports/read-form.js';
import { errorInLog } from './practice/errors.js';
import type { Feature } from './practice/feature.js';
import type { House } from './practice/house.js';
import type { Organisation } from './practice/organisation/organisation.js';
import type { Services } from './practice/ports.js';
import { dateAt, toEpochMilliseconds, type Instant } from './practice/time.js';
import { presentWith } from './presenting.js';
import { englandBankHolidays } from './schedule/bank-holidays.js';
import { Schedule } from './schedule/schedule.js';
import { refuseHalfRestored } from './storage/backup/restore-marker.js';
import { BlobLease } from './storage/lease.js';
import { ConversationStore } from './storage/conversation-store.js';
import { HistoryStore } from './storage/history-store.js';
import { PartitionRegistry } from './storage/partition-registry.js';
import { PlanStore } from './storage/plan-store.js';
import { ProductClock } from './storage/product-clock.js';
import { ReferenceStore } from './storage/reference-store.js';
import { RosterStore } from './storage/roster-store.js';
import { partitions as partitionNames } from './storage/keys.js';
import { connectStorage, type StorageNames } from './storage/table.js';
import { TableDocuments } from './storage/table-documents.js';
import { TableDueRows } from './storage/table-due-rows.js';
import { TableOutbox } from './storage/table-outbox.js';
import { WakeQueue } from './storage/wake-queue.js';
import { createBot } from './teams/bot.js';
import { Door } from './teams/door.js';
import { FileDesk } from './teams/file-desk.js';
import { mayReach } from './teams/service-urls.js';
import { TeamsMessenger } from './teams/teams-messenger.js';
import { mayUploadTo } from './teams/upload.js';
import { Telemetry, type Queue } from './telemetry.js';
import { targetOf, waitsFor } from './whereabouts.js';

export type Log = (event: string, ids: Record<string, string | number>) => void;

export interface AppOptions {
  readonly log: Log;
  readonly names?: StorageNames;
  /** The real clock; tests pass their own. */
  readonly realNowMs?: () => number;
  /** What paces the sending; tests pass one that does not wait. */
  readonly timer?: Timer;
  /** Who may send of several processes. Default: the one with the lease on a blob. */
  readonly leadership?: Leadership;
  readonly features?: readonly Feature[];
  readonly onStorageRequest?: (method: string) => void;
  /** Where the channel publishes its signing keys; only tests name their own. */
  readonly channelKeysUrl?: string;
  readonly tickEveryMs?: number;
  readonly pollEveryMs?: number;
}

/** What the bot and the command line share: storage, the clock, and the council as it is. */
export type Foundation = Awaited<ReturnType<typeof createFoundation>>;

/** Opens storage and reads the council. @throws when storage does not answer, or is half restored. */
export async function createFoundation(config: Config, options: AppOptions, onSaved?: OnSaved) {
  const realNowMs = options.realNowMs ?? Date.now;
  const clients = connectStorage(config.storage, options.names, { onRequest: options.onStorageRequest });
  await clients.prepare();
  await refuseHalfRestored(clients.table);
  const clock = new ProductClock(realNowMs);
  const rosters = new RosterStore(clients);
  const registry = new PartitionRegistry(clients.table);
  const forms = readForms();
  const holidays = englandBankHolidays();
  let organisation: Organisation | undefined;

  /** Looks again at what other processes may have changed: the roster, the clock, the partitions. */
  const refresh = async (): Promise<House | undefined> => {
    registry.forget();
    if (config.mode === 'local') await clock.refresh(clients.table);
    organisation = await rosters.current();
    return house();
  };
  const house = (): House | undefined => {
    if (organisation === undefined) return undefined;
    const now = clock.now();
    return {
      organisation,
      now,
      today: dateAt(now, config.timeZone),
      timeZone: config.timeZone,
      holidays,
      forms,
      nextMeeting: (rule, after) => nextMeeting(rule, after, config.timeZone),
      ...(config.alertLadder === undefined ? {} : { alertLadder: config.alertLadder }),
      ...(config.ownTeam === undefined ? {} : { ownTeam: config.ownTeam }),
      ...(config.boardChannel === undefined ? {} : { boardChannel: config.boardChannel }),
      ...(config.retentionDays === undefined ? {} : { retentionDays: config.retentionDays }),
      ...(config.briefWorkingDaysBefore === undefined
        ? {}
        : { briefWorkingDaysBefore: config.briefWorkingDaysBefore }),
    };
  };
  const outbox = new TableOutbox(clients.table, clock);
  const services: Services & { readonly documents: TableDocuments } = {
    documents: new TableDocuments({
      table: clients.table,
      clock,
      keepSwept: (partition) => registry.keepSwept(partition),
      ...(onSaved === undefined ? {} : { onSaved }),
    }),
    partitions: registry,
    plans: new PlanStore(clients.container),
    history: new HistoryStore(clients.container),
    references: new ReferenceStore(clients.table),
    ledger: { lines: (partition, keyPrefix) => outbox.ledger(partition, keyPrefix) },
    rosterVersion: (version) => rosters.version(version),
    newSeed: () => randomBytes(16).toString('hex'),
  };
  await registry.activate(partitionNames.council);
  await refresh();
  const wakes = new WakeQueue(clients.queue);
  return { clients, clock, rosters, registry, services, outbox, wakes, refresh, house };
}

type OnSaved = (saved: { partition: string; messages: number; dueAt: Instant | undefined }) => void;

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

/** Wires everything, once. */
export async function createApp(config: Config, options: AppOptions): Promise<App> {
  const { log } = options;
  const features = options.features ?? allFeatures;
  const realNowMs = options.realNowMs ?? Date.now;
  const foundation = await createFoundation(config, options, (saved) => nudge(saved));
  const { clients, clock, services, outbox, registry, wakes, refresh, house } = foundation;
  const cards = new Cards();
  const conversations = new ConversationStore(clients.table);
  const adapter = new Door(config.bot, { log, channelKeysUrl: options.channelKeysUrl });

  const messenger = new TeamsMessenger({
    door: adapter,
    cards,
    conversations,
    botId: config.bot.id,
    tenantId: config.bot.tenantId,
    serviceUrl: config.teamsServiceUrl,
    target: (to) => Promise.resolve(targetOf(to, house())),
    mayReach: mayReach(config),
  });
  const telemetry = new Telemetry({ log, lookAtQueue: () => lookAtQueue(foundation) });
  const leadership = options.leadership ?? new BlobLease({ container: clients.container, log });
  const timer = options.timer ?? realTimer;
  const delivery = new Delivery({
    outbox,
    messenger: {
      send: (to, content, permit) =>
        telemetry.traced('send', { template: content.template }, () => messenger.send(to, content, permit)),
      mayBeReached: (to) => messenger.mayBeReached(to),
      redraw: (where, content, permit) =>
        telemetry.traced('redraw', { template: content.template }, () =>
          messenger.redraw(where, content, permit),
        ),
    },
    leadership,
    timer,
    pace: new Pace(config.teamsMaxRps, timer),
    activePartitions: () => registry.active(),
    present: presentWith(features, services, cards, house),
    ended: endedWith(features, services, house),
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
    house: refresh,
    log,
  });
  const heartbeat = new Heartbeat({
    tick: () => schedule.tick(),
    drain: () => delivery.drain(),
    // Each entry is taken once: by the one who can act on it.
    takeWakes: async () => {
      const taken = leadership.mayStillSend() ? await wakes.take() : [];
      // What was announced may lie in a partition that was not swept before.
      if (taken.length > 0) registry.forget();
      return taken;
    },
    log,
    ...(options.tickEveryMs === undefined ? {} : { tickEveryMs: options.tickEveryMs }),
    ...(options.pollEveryMs === undefined ? {} : { pollEveryMs: options.pollEveryMs }),
  });
  const frontDesk = new FrontDesk({
    features,
    // Word and spreadsheets are loaded with the first that is asked for: no start waits for them.
    makeFile: async (content) => (await import('./documents/document-file.js')).documentFile(content),
    services,
    conversations,
    house,
    tenantId: config.bot.tenantId,
    mayReach: mayReach(config),
    reachable: async (key, again) => {
      for (const partition of await registry.active())
        await outbox.requeue(
          partition,
          again ? ['undeliverable', 'delivered'] : ['undeliverable'],
          waitsFor(key, house()),
        );
      heartbeat.nudge(false);
    },
  });
  const reception = new Gate(frontDesk, { cards, house, log });
  const files = new FileDesk({
    adapter,
    botId: config.bot.id,
    reception,
    cards,
    mayUpload: mayUploadTo(config.mode),
    log,
  });
  const bot = createBot(adapter, reception, cards, files, log);
  const server = createServer({
    answer: (authorization, activity) =>
      telemetry.traced('activity', {}, () => adapter.answer(authorization, activity, bot.turn)),
    probeStorage: () => clients.probe(),
    log,
  });

  /** After the answer, off the response path: this process at once, and the leader, if it is another, by the queue. */
  function nudge({ partition, messages, dueAt }: Parameters<OnSaved>[0]): void {
    const dueNow = dueAt !== undefined && dueAt <= clock.now();
    if (messages === 0 && !dueNow) return;
    setImmediate(() => {
      heartbeat.nudge(dueNow);
      if (!leadership.mayStillSend()) wakes.wake(partition).catch(() => log('wake failed', { partition }));
    });
  }

  const listen = async () => {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(config.port, config.host, resolve);
    });
    return Number(server.address().port);
  };

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
      await new Promise<void>((resolve) => void server.close(() => resolve()));
      await Promise.all([heartbeat.stop(), delivery.stop(), files.settled()]);
    },
  };
}

async function lookAtQueue({ registry, outbox, clock }: Foundation): Promise<Queue> {
  const now = clock.now();
  const partitions = await registry.active();
  const depths = await Promise.all(partitions.map((partition) => outbox.depth(partition)));
  const oldest = await Promise.all(partitions.map((partition) => outbox.urgent(partition, 1)));
  const ages = oldest
    .flat()
    .filter(({ message }) => message.urgency === 'alert' && (message.notBefore ?? now) <= now)
    .map(({ savedAt }) => toEpochMilliseconds(now) - toEpochMilliseconds(savedAt));
  return { depth: depths.reduce((sum, depth) => sum + depth, 0), oldestAlertMs: Math.max(0, ...ages) };
}

const realTimer: Timer = {
  nowMs: () => performance.now(),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};
