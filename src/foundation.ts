import { randomBytes } from 'node:crypto';
import type { Config } from './config.js';
import { nextMeeting } from './imports/meeting-rule.js';
import { readForms } from './imports/read-form.js';
import type { Log } from './log.js';
import type { CouncilContext } from './practice/council/council-context.js';
import type { Organisation } from './practice/council/organisation.js';
import type { DocumentKind, Services } from './practice/plr/ports.js';
import { features, kindsOf } from './features.js';
import { dateAt, type Clock, type Instant } from './practice/base/time.js';
import { englandBankHolidays } from './schedule/bank-holidays.js';
import { refuseHalfRestored } from './storage/backup/restore-marker.js';
import { HistoryStore } from './storage/history-store.js';
import { partitions as partitionNames } from './storage/keys.js';
import { PartitionRegistry } from './storage/partition-registry.js';
import { PlanStore } from './storage/plan-store.js';
import { ProductClock } from './storage/product-clock.js';
import { ReferenceStore } from './storage/reference-store.js';
import { StandingRows } from './storage/standing-rows.js';
import { RosterStore } from './storage/roster-store.js';
import { SharedReads } from './storage/shared-reads.js';
import { connectStorage, type StorageNames } from './storage/table.js';
import { TableDocuments } from './storage/table-documents.js';
import { TableOutbox } from './storage/table-outbox.js';
import { WakeQueue } from './storage/wake-queue.js';

export interface FoundationOptions {
  readonly names?: StorageNames;
  /** The real clock; tests pass their own. */
  readonly realNowMs?: () => number;
  readonly onStorageRequest?: (method: string) => void;
  readonly log?: Log;
  /** Default: those of every feature there is. */
  readonly kinds?: readonly DocumentKind<unknown>[];
}

/** What one transaction saved that others may have to act on. */
export interface Saved {
  readonly partition: string;
  readonly messages: number;
  readonly dueAt: Instant | undefined;
}

/** What the bot and the command line share: storage, the clock, and the council as it is. */
export type Foundation = Awaited<ReturnType<typeof createFoundation>>;

/** Opens storage and reads the council. @throws when storage does not answer, or is half restored. */
export async function createFoundation(
  config: Config,
  options: FoundationOptions = {},
  onSaved: (saved: Saved) => void = () => {},
) {
  const clients = connectStorage(config.storage, options.names, { onRequest: options.onStorageRequest });
  await clients.prepare();
  await refuseHalfRestored(clients.table);
  const clock = new ProductClock(options.realNowMs ?? Date.now);
  const rosters = new RosterStore(clients);
  const registry = new PartitionRegistry(clients.table);
  const keepSwept = (partition: string) => registry.keepSwept(partition);
  const { log = () => {} } = options;
  const outbox = new TableOutbox(clients.table, clock, { keepSwept, log });
  const ledgerReads = new SharedReads();
  const councilOf = councilWith(config, clock);
  let organisation: Organisation | undefined;

  const council = () => (organisation === undefined ? undefined : councilOf(organisation));
  /** Looks again at what other processes may have changed: the roster, the clock, the partitions. */
  const refresh = async () => {
    registry.forget();
    if (config.mode === 'local') await clock.refresh(clients.table);
    organisation = await rosters.current();
    return council();
  };
  const { table } = clients;
  const kinds = options.kinds ?? kindsOf(features);
  const { timeZone } = config;
  const documents = new TableDocuments({ table, clock, timeZone, kinds, keepSwept, onSaved });
  const services: Services & { readonly documents: TableDocuments } = {
    documents,
    partitions: registry,
    standing: new StandingRows({ table, registry, documents, kinds }),
    plans: new PlanStore(clients.container),
    history: new HistoryStore(clients.container),
    references: new ReferenceStore(clients.table),
    ledger: {
      lines: (partition, keyPrefix) =>
        ledgerReads.read(`${partition}/${keyPrefix}`, () => outbox.ledger(partition, keyPrefix)),
    },
    rosterVersion: (version) => rosters.version(version),
    forgetRosters: (replacedBefore, except) => rosters.forget(replacedBefore, except),
    newSeed: () => randomBytes(16).toString('hex'),
  };
  await registry.activate(partitionNames.council);
  await refresh();
  const wakes = new WakeQueue(clients.queue);
  return { clients, clock, rosters, registry, services, outbox, wakes, refresh, council };
}

/** The council as it is now. The forms and the bank holidays are those of this version of the product. */
function councilWith({ timeZone, rules }: Config, clock: Clock) {
  const forms = readForms();
  const holidays = englandBankHolidays();
  return (organisation: Organisation): CouncilContext => {
    const now = clock.now();
    return {
      organisation,
      now,
      today: dateAt(now, timeZone),
      timeZone,
      holidays,
      forms,
      nextMeeting: (rule, after) => nextMeeting(rule, after, timeZone),
      ...rules,
    };
  };
}
