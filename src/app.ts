import { randomBytes } from 'node:crypto';
import { Cards } from './cards/cards.js';
import type { Config } from './config.js';
import { conversationKey } from './delivery/conversations.js';
import { Delivery } from './delivery/delivery.js';
import type { Leadership } from './delivery/leadership.js';
import type { LedgerRow } from './delivery/outbox.js';
import { Pace, type Timer } from './delivery/pace.js';
import type { SetAside } from './delivery/sender.js';
import { documentFile } from './documents/document-file.js';
import { features as allFeatures } from './features.js';
import { FrontDesk } from './front-desk.js';
import { Gate, quiet } from './gate.js';
import { Heartbeat } from './heartbeat.js';
import { createServer } from './http/server.js';
import { nextMeeting } from './imports/meeting-rule.js';
import { readForms } from './imports/read-form.js';
import { errorInLog, Fault, refuse } from './practice/errors.js';
import type { CardContent, Feature, Superseded } from './practice/feature.js';
import type { House } from './practice/house.js';
import { checkForChannel } from './practice/learning/channel-gate.js';
import type { Organisation } from './practice/organisation/organisation.js';
import type { DocumentKind, Ended, Message, Recipient, Services } from './practice/ports.js';
import { dateAt, toEpochMilliseconds, type Instant } from './practice/time.js';
import { englandBankHolidays } from './schedule/bank-holidays.js';
import { Schedule } from './schedule/schedule.js';
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
import { TeamsMessenger, type TeamsTarget } from './teams/teams-messenger.js';
import { mayUploadTo } from './teams/upload.js';
import { Telemetry, type Queue } from './telemetry.js';

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

/** Opens storage and reads the council. @throws when storage does not answer. */
export async function createFoundation(config: Config, options: AppOptions, onSaved?: OnSaved) {
  const realNowMs = options.realNowMs ?? Date.now;
  const clients = connectStorage(config.storage, options.names, options.onStorageRequest);
  await clients.prepare();
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
      ...(config.boardChannel === undefined ? {} : { boardChannel: config.boardChannel }),
      ...(config.retentionDays === undefined ? {} : { retentionDays: config.retentionDays }),
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
    adapter,
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
    takeWakes: () => (leadership.mayStillSend() ? wakes.take() : Promise.resolve([])),
    log,
    ...(options.tickEveryMs === undefined ? {} : { tickEveryMs: options.tickEveryMs }),
    ...(options.pollEveryMs === undefined ? {} : { pollEveryMs: options.pollEveryMs }),
  });
  const frontDesk = new FrontDesk({
    features,
    makeFile: documentFile,
    services,
    conversations,
    house,
    tenantId: config.bot.tenantId,
    mayReach: mayReach(config),
    reachable: async (key, again) => {
      for (const partition of await registry.active())
        await outbox.requeue(partition, waitsFor(key, again, house()));
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
    activities: {
      process: async (request, response) => {
        await telemetry.traced('activity', {}, () =>
          adapter.process(request as never, response as never, bot.turn),
        );
      },
    },
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

function presentWith(
  features: readonly Feature[],
  services: Services,
  cards: Cards,
  house: () => House | undefined,
) {
  const presenters = new Map(features.flatMap(({ presenters = {} }) => Object.entries(presenters)));
  return async (message: Message): Promise<CardContent | Superseded | SetAside> => {
    const found = presenters.get(message.card);
    const now = house();
    if (found === undefined || now === undefined)
      throw new Fault('no-presenter', 'Nobody can draw this card.', { card: message.card });
    const state = await services.documents.read(found.kind, message.about);
    if (state === undefined) return { superseded: 'what it was about is gone' };
    const content = found.present(state, message, now);
    if ('superseded' in content) return content;
    if ('person' in message.to) return quiet(content, now);
    // Fixed words, roles and a reference: a colleague called Manager must not stop an alert.
    if (content.fixedWords === true) return content;
    return stoppedAtTheGate(content, cards, now) ?? content;
  };
}

/** The identifier firewall, on what a channel would see, with the roster as it is at this moment. */
function stoppedAtTheGate(content: CardContent, cards: Cards, house: House): SetAside | undefined {
  const shown = { summary: content.summary, card: cards.render(content) };
  const hits = checkForChannel(shown, house, content.excused);
  if (hits.length === 0) return undefined;
  return { setAside: `identifier firewall: ${[...new Set(hits.map(({ kind }) => kind))].join(', ')}` };
}

function endedWith(features: readonly Feature[], services: Services, house: () => House | undefined) {
  const kinds = new Map(
    features.flatMap(({ kinds = [] }) => kinds).map((kind: DocumentKind<unknown>) => [kind.kind, kind]),
  );
  return async (message: Message, as: Ended['as'], reason: string): Promise<void> => {
    const kind = kinds.get(message.about.kind);
    const now = house();
    if (kind?.whenEnded === undefined || now === undefined) return;
    await services.documents.change(kind, message.about, 'system', (state) => {
      return (
        kind.whenEnded?.(state, { message, as, reason }, now) ??
        refuse('nothing-to-do', 'Nothing follows from it.')
      );
    });
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

/** What Teams calls a recipient, from today's roster. */
function targetOf(to: Recipient, house: House | undefined): TeamsTarget | undefined {
  if (house === undefined) return undefined;
  if ('person' in to) {
    const person = house.organisation.people.get(to.person);
    return person === undefined ? undefined : { person: person.aadObjectId };
  }
  if (to.channel === 'board') return house.boardChannel;
  const team = house.organisation.teams.get(to.team);
  if (team === undefined) return undefined;
  return {
    channel: to.channel === 'alert' ? team.alertChannelId : team.meetingChannelId,
    team: team.teamsTeamId,
  };
}

/** Which messages can be sent now that this person or channel can be reached, or is to be shown again what they have. */
function waitsFor(key: string, again: boolean, house: House | undefined) {
  return ({ to, state }: LedgerRow): boolean => {
    const target = targetOf(to, house);
    if (target === undefined || !(state === 'undeliverable' || (again && state === 'delivered')))
      return false;
    return (
      key ===
      ('person' in target ? conversationKey.person(target.person) : conversationKey.channel(target.channel))
    );
  };
}

const realTimer: Timer = {
  nowMs: () => performance.now(),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};
