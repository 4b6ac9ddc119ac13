import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createFoundation, type Foundation } from '../../src/foundation.js';
import { readConfig } from '../../src/config.js';
import { conversationKey } from '../../src/delivery/conversations.js';
import type { PersonId } from '../../src/practice/base/ids.js';
import { ConversationStore } from '../../src/storage/conversation-store.js';
import { leaseBlobName } from '../../src/storage/lease.js';
import { aadObjectIdOf, smallCouncil } from '../builders/small-council.js';
import { assertNoIdentifiersInChannels } from '../conversation/no-identifiers.js';
import { startOwnAzurite, type OwnAzurite } from '../stand-ins/azurite.js';
import {
  startTeamsConnector,
  type TeamsConnector,
  type TeamsConnectorOptions,
} from '../stand-ins/teams-connector.js';
import { BotProcess } from './bot-process.js';
import { bundledBot } from './bundled-bot.js';

/** The small council and `people` besides, who all have the app, an Azurite and a connector: what replicas are started in. */
export interface World {
  readonly azurite: OwnAzurite;
  readonly connector: TeamsConnector;
  readonly foundation: Foundation;
  readonly people: readonly string[];
  /** What a process needs to work in it. */
  readonly env: NodeJS.ProcessEnv;
  start(env?: NodeJS.ProcessEnv): Promise<BotProcess>;
  /** The leader is dead: its lease ends now, and not when its 15 seconds are over. */
  endLease(): Promise<void>;
  stop(): Promise<void>;
}

export async function makeWorld(size: number, options: TeamsConnectorOptions = {}): Promise<World> {
  const location = await mkdtemp(join(tmpdir(), 'plr-faults-'));
  const azurite = await startOwnAzurite({ location });
  const connector = await startTeamsConnector(options);
  const env = {
    PLR_MODE: 'local',
    HOST: '127.0.0.1',
    PORT: '0',
    TEAMS_MAX_RPS: '50',
    TEAMS_SERVICE_URL: connector.url,
    AZURE_STORAGE_CONNECTION_STRING: azurite.connectionString,
  };
  const foundation = await createFoundation(readConfig(env));
  const people = Array.from({ length: size }, (_, index) => `p-${String(index).padStart(5, '0')}`);
  await foundation.rosters.replace(rosterOf(people));
  const roster = smallCouncil().people.map(({ id }) => id as string);
  await haveTheApp([...roster, ...people], connector, foundation);
  const bots: BotProcess[] = [];
  return {
    azurite,
    connector,
    foundation,
    people,
    env,
    start: async (more = {}) => {
      const bot = new BotProcess(await bundledBot(), { ...env, ...more });
      bots.push(bot);
      await bot.heard('listening', 120_000);
      return bot;
    },
    endLease: async () => {
      const blob = foundation.clients.container.getBlobClient(leaseBlobName);
      await blob.getBlobLeaseClient().breakLease(0);
    },
    stop: async () => {
      await Promise.all(bots.map((bot) => bot.kill()));
      await connector.stop();
      const council = await foundation.refresh();
      await azurite.stop();
      await rm(location, { recursive: true, force: true });
      assertNoIdentifiersInChannels(connector.recorded, council === undefined ? [] : [council]);
    },
  };
}

function rosterOf(ids: readonly string[]) {
  const roster = smallCouncil();
  const [anyone] = roster.people;
  const people = ids.map((id) => ({
    ...anyone!,
    id: id as PersonId,
    name: `Person ${id}`,
    email: `${id}@council.example`,
    aadObjectId: aadObjectIdOf(id),
    roles: [],
  }));
  return { ...roster, people: [...roster.people, ...people] };
}

export async function haveTheApp(
  people: readonly string[],
  connector: TeamsConnector,
  foundation: Foundation,
) {
  const conversations = new ConversationStore(foundation.clients.table);
  for (let from = 0; from < people.length; from += 50) {
    await Promise.all(
      people.slice(from, from + 50).map((person) => {
        const id = aadObjectIdOf(person);
        return conversations.remember(conversationKey.person(id), {
          serviceUrl: connector.url,
          conversationId: connector.personalConversation(id),
          blockedBecause: '',
        });
      }),
    );
  }
}

/** Cards that came more than once, counted beyond the first. */
export function doubled({ connector, people }: Pick<World, 'connector' | 'people'>): number {
  return people.reduce((sum, id) => sum + Math.max(0, connector.cardsTo(aadObjectIdOf(id)).length - 1), 0);
}

export function withoutCard({ connector, people }: Pick<World, 'connector' | 'people'>): string[] {
  return people.filter((id) => connector.cardsTo(aadObjectIdOf(id)).length === 0);
}

/** Messages between being chosen and being recorded, at most: what a crash may repeat (docs/decisions/0006). */
export const maxInFlight = 48;

/** What Teams took and the ledger does not say so: sent, and not recorded. */
export async function sentUnrecorded({ connector, foundation }: World, partition: string): Promise<number> {
  const ledger = await foundation.outbox.ledger(partition);
  const delivered = ledger.filter(({ state }) => state === 'delivered').length;
  return connector.recorded.filter(({ happened }) => happened).length - delivered;
}

/** Resolves when the ledger is as `holds` wants it. */
export function ledgerSays(
  { foundation }: Pick<World, 'foundation'>,
  partition: string,
  holds: (totals: Readonly<Record<string, number>>) => boolean,
): Promise<Readonly<Record<string, number>>> {
  return storageSays(async () => {
    const totals: Record<string, number> = {};
    for (const { state } of await foundation.outbox.ledger(partition))
      totals[state] = (totals[state] ?? 0) + 1;
    return totals;
  }, holds);
}

/** Asked without a pause, storage would have little time for the processes that are waited for. */
const askAgainMs = 50;

/** What storage says once `holds` is content with it. */
export async function storageSays<T>(
  ask: () => Promise<T>,
  holds: (said: T) => boolean,
  withinMs = 120_000,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const said = await ask();
    if (holds(said)) return said;
    if (performance.now() > deadline)
      throw new Error(`Storage still says ${JSON.stringify(said).slice(0, 2_000)}.`);
    await delay(askAgainMs);
  }
}
