import type { Delivery } from './delivery/delivery.js';
import type { Leadership } from './delivery/leadership.js';
import type { Server } from './http/server.js';
import { within } from './lifecycle/within.js';
import type { Heartbeat } from './schedule/heartbeat.js';
import type { FileDesk } from './teams/file-desk.js';
import type { Telemetry } from './telemetry/telemetry.js';

/** A stop ends in less than ten seconds: what is sent, what is answered and a file in the making each have a part of it. */
const sendingMs = 4_000;
const filesMs = 1_000;

export interface Running {
  readonly telemetry: Telemetry;
  readonly server: Pick<Server, 'end'>;
  readonly heartbeat: Heartbeat;
  readonly delivery: Delivery;
  readonly leadership: Leadership;
  readonly files: FileDesk;
}

/** In order: no new work, then sending and its lease are given up, then the sockets. */
export async function stopInOrder(running: Running): Promise<void> {
  const { telemetry, server, heartbeat, delivery, leadership, files } = running;
  telemetry.stop();
  const closed = server.end();
  await within(sendingMs, Promise.all([heartbeat.stop(), delivery.stop()]));
  // What is being sent may hang; whoever leads next need not wait for it (docs/decisions/0006).
  await leadership.stepDown();
  await closed;
  await within(filesMs, files.settled());
}
