import { createApp, type App } from '../../src/app.js';
import type { Config } from '../../src/config.js';
import type { Leadership } from '../../src/delivery/leadership.js';
import type { PersonId } from '../../src/practice/base/ids.js';
import type { Excused } from '../../src/practice/firewall/channel-gate.js';
import type { Organisation, Person, Roster } from '../../src/practice/council/organisation.js';
import {
  addDuration,
  fromEpochMilliseconds,
  toEpochMilliseconds,
  instant,
} from '../../src/practice/base/time.js';
import type { StorageNames } from '../../src/storage/table.js';
import { fairTime } from '../builders/fair-time.js';
import { localConfig, timerThatDoesNotWait } from '../builders/local-config.js';
import { startChannelKeys, type ChannelKeys } from '../stand-ins/channel-keys.js';
import { freshNames, startAzurite, type Azurite } from '../stand-ins/azurite.js';
import { startTeamsConnector, type TeamsConnector } from '../stand-ins/teams-connector.js';
import { teamsClient, type TeamsClient } from '../stand-ins/teams-client.js';
import { assertNoIdentifiersInChannels } from './no-identifiers.js';

export interface BotInTeamsOptions {
  readonly roster: Roster;
  /** What time it is. Default: Friday 1 April 2022, 09:00 in London. */
  readonly at?: string;
  readonly configure?: Partial<Config>;
  /** People who have the app already. Default: everyone in the roster. */
  readonly installed?: readonly PersonId[];
  readonly onStorageRequest?: (method: string) => void;
  /** Tokens are asked for, as in production: this is who the bot is. Nobody has the app installed then. */
  readonly guardedAs?: { readonly id: string; readonly tenantId: string };
  /** Default: the one that all tests share. */
  readonly azurite?: Azurite;
  /** Teams takes so long to answer, and time passes only while nothing is asked of storage. Default: no wait takes any time. */
  readonly teamsTakesMs?: number;
  /** Who may send, for the first process and each that `startAnother` starts. Default: the lease of a blob. */
  readonly leadership?: () => Leadership;
}

/** The whole bot on a real CloudAdapter and a real Azurite, with a stand-in for Teams and a clock that tests move. */
export interface BotInTeams {
  readonly app: App;
  readonly connector: TeamsConnector;
  readonly teams: TeamsClient;
  readonly organisation: Organisation;
  readonly logged: readonly {
    readonly event: string;
    readonly ids: Readonly<Record<string, string | number>>;
  }[];
  /** The channel's keys; only where tokens are asked for. */
  readonly keys: ChannelKeys | undefined;
  /** Someone of the roster, as Teams knows them. */
  person(id: string): Person;
  /** Lets the bot do all that is due now and send all that waits. */
  settle(): Promise<void>;
  /** Moves time by an ISO duration and lets the bot act. */
  advance(duration: string): Promise<void>;
  /** Moves time and lets nobody act. */
  pass(duration: string): void;
  /** A second process on the same Teams and clock, and the same storage unless another is named. It beats when it is told to, and answers no one. */
  startAnother(on?: StorageNames): Promise<App>;
  /**
   * Stops it all, and throws when any channel ever saw an identifier of the council as it was or is.
   * `excused`: what a link reviewer answered for.
   */
  stop(excused?: readonly Excused[]): Promise<void>;
}

export async function startBotInTeams(options: BotInTeamsOptions): Promise<BotInTeams> {
  const azurite = options.azurite ?? (await startAzurite());
  const { teamsTakesMs } = options;
  const fair = teamsTakesMs === undefined ? undefined : fairTime(teamsTakesMs);
  const timer = fair ?? timerThatDoesNotWait();
  const connector = await startTeamsConnector({
    now: () => timer.nowMs(),
    ...(fair && { onItsWay: fair.onItsWay }),
  });
  const { guardedAs } = options;
  const keys = guardedAs && (await startChannelKeys({ audience: guardedAs.id, serviceUrl: connector.url }));
  const { table, queue, container } = freshNames();
  let nowMs = toEpochMilliseconds(instant(options.at ?? '2022-04-01T08:00:00Z'));
  const logged: { event: string; ids: Record<string, string | number> }[] = [];
  const config: Config = {
    ...localConfig(azurite, { url: connector.url, tenantId: '' }),
    ...(guardedAs && { bot: { type: 'SingleTenant', password: 'unused', ...guardedAs } }),
    ...options.configure,
  };
  const startAnother = (on: StorageNames = { table, queue, container }) =>
    createApp(config, {
      log: (event, ids) => logged.push({ event, ids }),
      names: on,
      realNowMs: () => nowMs,
      timer,
      ...(keys === undefined ? {} : { channelKeysUrl: keys.metadataUrl }),
      ...(options.onStorageRequest === undefined ? {} : { onStorageRequest: options.onStorageRequest }),
      ...(options.leadership === undefined ? {} : { leadership: options.leadership() }),
    });
  const pass = (duration: string) => {
    nowMs = toEpochMilliseconds(addDuration(fromEpochMilliseconds(nowMs), duration));
  };
  const app = await startAnother();
  const { rosters, refresh } = app.foundation;
  await rosters.replace(options.roster);
  const council = await refresh();
  if (council === undefined) throw new Error('The roster was not stored.');
  const { organisation } = council;
  const port = await app.listen();
  const teams = teamsClient({
    botUrl: `http://127.0.0.1:${port}/api/messages`,
    connector,
    now: () => new Date(nowMs),
  });
  const settle = async () => {
    await app.heartbeat.beat();
    await app.heartbeat.beat();
  };
  for (const { id, aadObjectId, name } of options.roster.people) {
    if (guardedAs !== undefined) break;
    if (options.installed === undefined || options.installed.includes(id))
      await teams.install({ aadObjectId, name });
  }
  return {
    app,
    connector,
    teams,
    keys,
    organisation,
    logged,
    person: (id) => {
      const found = organisation.people.get(id as PersonId);
      if (found === undefined) throw new Error(`There is no ${id} in the roster of this test.`);
      return found;
    },
    settle,
    startAnother,
    pass,
    advance: async (duration) => {
      pass(duration);
      await app.foundation.refresh();
      await settle();
    },
    stop: async (excused) => {
      await app.stop();
      await connector.stop();
      await keys?.stop();
      fair?.stop();
      const councils = [council, app.foundation.council() ?? council];
      assertNoIdentifiersInChannels(connector.recorded, councils, excused);
    },
  };
}
