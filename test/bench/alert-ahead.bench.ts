import type { PlainCard } from '../../src/practice/plr/names.js';
import { Delivery } from '../../src/delivery/delivery.js';
import { Pace } from '../../src/delivery/pace.js';
import { Heartbeat } from '../../src/schedule/heartbeat.js';
import type { CycleId, PersonId, PlrRef } from '../../src/practice/base/ids.js';
import { plrKey } from '../../src/practice/plr/plr.js';
import type { Change, DocumentKind, Message } from '../../src/practice/plr/ports.js';
import { fromEpochMilliseconds } from '../../src/practice/base/time.js';
import { connectStorage } from '../../src/storage/table.js';
import { TableDocuments } from '../../src/storage/table-documents.js';
import { TableOutbox } from '../../src/storage/table-outbox.js';
import { freshNames, startAzurite, stopSharedAzurite } from '../stand-ins/azurite.js';

export interface AlertAheadBench {
  readonly name: string;
  /** The longest wait of an alert ÷ the time that the whole queue takes at the platform's pace. */
  readonly ratio: number;
  /** Passes at or below this. */
  readonly target: number;
  readonly queueMs: number;
  readonly waitsMs: readonly number[];
  /** Ordinary messages that were sent meanwhile: the queue was moving. */
  readonly sentMeanwhile: number;
}

const queued = 5_000;
const requestsPerSecond = 40;
const alerts = 10;
/** What one send takes Teams. */
const sendMs = 100;
const partition = '2022-04' as CycleId;
const timer = { nowMs: () => performance.now(), wait };
const kind: DocumentKind<{ readonly n: number }> = { kind: 'plr', schemaVersion: 1 };

/**
 * A cycle of 5,000 is being sent at Teams' pace, from real tables, when alerts are saved, one every 0.7
 * seconds: how long until each is handed to Teams, in real time. Takes about 20 seconds.
 */
export async function benchAlertAhead(): Promise<AlertAheadBench> {
  const azurite = await startAzurite();
  const storage = { by: 'connection-string', connectionString: azurite.connectionString } as const;
  const clients = connectStorage(storage, freshNames());
  await clients.prepare();
  const clock = { now: () => fromEpochMilliseconds(Date.now()) };
  const handedOver = new Map<string, number>();
  let isOver = false;
  const delivery = new Delivery({
    outbox: new TableOutbox(clients.table, clock),
    messenger: {
      send: (to) => sent('person' in to ? to.person : '', handedOver),
      redraw: () => never(),
    },
    mustArrive: () => Promise.resolve(true),
    isOfStorage: () => true,
    pace: new Pace(requestsPerSecond, timer),
    timer,
    leadership: {
      lead: () => Promise.resolve(true),
      mayStillSend: () => true,
      stepDown: () => Promise.resolve(),
    },
    random: () => 0.5,
    count: () => {},
    activePartitions: () => Promise.resolve(isOver ? [] : [partition]),
    present: () => Promise.resolve({ template: 'home/notice', data: {}, summary: '' }),
    ended: () => Promise.resolve(),
    clock,
    realNowMs: Date.now,
    log: () => {},
  });
  const heartbeat = new Heartbeat({
    tick: () => Promise.resolve(),
    drain: () => delivery.drain(),
    takeWakes: () => Promise.resolve([]),
    log: () => {},
  });
  const documents = new TableDocuments({
    table: clients.table,
    clock,
    timeZone: 'Europe/London',
    onSaved: () => heartbeat.nudge(false),
  });
  const silent = new TableDocuments({ table: clients.table, clock, timeZone: 'Europe/London' });
  await silent.createAll(
    kind,
    Array.from({ length: queued }, (_, n) => entry(n, 'ordinary')),
    'system',
  );
  heartbeat.nudge(false);
  const waitsMs: number[] = [];
  for (let n = 0; n < alerts; n += 1) {
    await wait(700);
    const { key, change } = entry(queued + n, 'alert');
    const savedAt = performance.now();
    await documents.create(kind, key, change, 'system');
    waitsMs.push((await arrival(`person-${queued + n}`, handedOver)) - savedAt);
  }
  isOver = true;
  await delivery.stop();
  await heartbeat.stop();
  await stopSharedAzurite();
  const queueMs = (queued / requestsPerSecond) * 1_000;
  return {
    name: 'alert: wait before it is sent, as a share of the time that 5,000 queued messages take',
    ratio: Math.max(...waitsMs) / queueMs,
    target: 0.01,
    queueMs,
    waitsMs: waitsMs.map(Math.round),
    sentMeanwhile: handedOver.size - alerts,
  };
}

function entry(n: number, urgency: Message['urgency']) {
  const key = plrKey(partition, `PLR-${String(n).padStart(6, '0')}` as PlrRef);
  const to = { person: `person-${n}` as PersonId };
  const message: Message = { key: `told.${n}`, to, card: 'told' as PlainCard, about: key, urgency };
  const change: Change<{ readonly n: number }> = { state: { n }, did: 'made', messages: [message] };
  return { key, change };
}

async function sent(person: string, handedOver: Map<string, number>) {
  handedOver.set(person, performance.now());
  await wait(sendMs);
  return { sent: { serviceUrl: '', conversationId: '', activityId: person } };
}

async function arrival(person: string, handedOver: ReadonlyMap<string, number>): Promise<number> {
  for (;;) {
    const at = handedOver.get(person);
    if (at !== undefined) return at;
    await wait(1);
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function never(): never {
  throw new Error('Nothing is drawn again here.');
}
