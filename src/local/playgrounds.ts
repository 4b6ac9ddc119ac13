import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../practice/base/errors.js';
import { packageFolder } from './azurite.js';
import type { PortUse } from './ports.js';
import { answersHttp, lastLines, untilReady, type ProcessGroup } from './processes.js';

export interface PlaygroundPerson {
  readonly id: string;
  readonly name: string;
  readonly aadObjectId: string;
  readonly email: string;
}

export interface PlaygroundTeam {
  /** The team's Teams id, which is also the id of its General channel, where alerts go. */
  readonly id: string;
  readonly name: string;
  readonly aadGroupId: string;
  readonly meetingChannel: { readonly id: string; readonly name: string };
}

export interface Persona {
  /** Names the folder and the log: `manager`, `link-reviewer`. */
  readonly key: string;
  readonly person: PlaygroundPerson;
  /** Only for the persona whose Playground shows the team's channels. */
  readonly team?: PlaygroundTeam;
  /** At least five other people; the first five are shown. */
  readonly others: readonly PlaygroundPerson[];
}

export interface PlaygroundOptions {
  readonly port: number;
  readonly persona: Persona;
  /** Where the bot listens: `http://127.0.0.1:3978/api/messages`. */
  readonly botEndpoint: string;
  readonly tenantId: string;
  readonly folder: string;
}

export interface Playground {
  readonly url: string;
  readonly persona: Persona;
}

export const firstPlaygroundPort = 56_150;
const usersBeside = 5;

export function playgroundPortUse(port: number, key: string, first: number): PortUse {
  return {
    port,
    usedFor: `the Agents Playground of the ${key.replaceAll('-', ' ')}`,
    variable: 'PLR_PLAYGROUND_PORT',
    elsewhere: first + 100,
  };
}

/**
 * Starts one persona's Agents Playground (its user is always the same one, so each persona has its own) and
 * tells the bot, which must be running, of its installs, so that it can write first. They may reach the bot a
 * moment after this returns.
 *
 * The activities it sends (examples in test/stand-ins/activities/): `from.aadObjectId` is the person's and
 * `from.name` is missing on installs; `conversation.id` is the id configured below, in a channel too, where a
 * posted thread adds `;messageid=`; the tenant is in `conversation.tenantId` and `channelData.tenant.id`;
 * `serviceUrl` is `http://localhost:PORT/_connector`. In General, `channelData.channel.id` is the team's id.
 * A `conversationUpdate` follows each `installationUpdate`, without `channelData.channel`: there the channel
 * is in `channelData.settings.selectedChannel.id`.
 */
export async function startPlayground(group: ProcessGroup, options: PlaygroundOptions): Promise<Playground> {
  const { port, persona, folder } = options;
  const config = join(folder, persona.key, '.m365agentsplayground.yml');
  const ownLog = join(folder, persona.key, 'playground.log');
  mkdirSync(join(folder, persona.key), { recursive: true });
  // JSON is YAML, and quotes names and ids safely.
  writeFileSync(config, JSON.stringify(playgroundConfig(persona, options.tenantId), null, 2));
  writeFileSync(ownLog, '');
  const child = group.start({
    name: `playground-${persona.key}`,
    script: join(packageFolder('@microsoft/m365agentsplayground'), 'cli.js'),
    args: ['start', '-e', options.botEndpoint, '-c', 'msteams', '-p', String(port), '--disable-telemetry'],
    folder: join(folder, persona.key),
    environment: {
      M365_AGENTS_PLAYGROUND_CONFIG_PATH: config,
      M365_AGENTS_PLAYGROUND_LOGFILE: ownLog,
      TEAMSAPPTESTER_BROWSER: 'none',
    },
  });
  const url = `http://localhost:${port}`;
  // With a configuration that it cannot read, it says "listening" but does not answer; its own log has the
  // reason.
  await untilReady(child, () => answersHttp(`${url}/_internal/v1/config`, 200)).catch((error: unknown) => {
    throw new Fault('playground-not-ready', `${String(error)}\n${lastLines(ownLog)}`, {}, error);
  });
  for (const conversation of conversationsOf(persona)) await announceInstall(url, conversation);
  return { url, persona };
}

/** What the Playground reads when it starts. Its schema requires five more users and one more channel, no fewer. */
export function playgroundConfig(persona: Persona, tenantId: string): object {
  const others = persona.others.filter(({ id }) => id !== persona.person.id).slice(0, usersBeside);
  if (others.length < usersBeside) {
    throw new Fault('playground-people', `A Playground needs ${usersBeside} people beside its own.`);
  }
  const team = persona.team ?? unusedTeam(persona.key);
  return {
    version: '0.1.1',
    tenantId,
    bot: { id: '28:practice-learning-bot', name: 'Practice Learning Bot' },
    currentUser: user(persona.person),
    users: others.map(user),
    personalChat: { id: personalChatId(persona) },
    groupChat: { id: `19:group-${persona.key}@thread.v2`, name: 'Not used' },
    team: {
      id: team.id,
      name: team.name,
      aadGroupId: team.aadGroupId,
      channels: [{ id: team.meetingChannel.id, name: team.meetingChannel.name }],
    },
  };
}

/** Ids must also differ between Playgrounds, because the bot keeps one service URL for each conversation. */
function personalChatId(persona: Persona): string {
  return `a:personal-${persona.person.id}`;
}

function conversationsOf(persona: Persona): string[] {
  const channels = persona.team ? [persona.team.id, persona.team.meetingChannel.id] : [];
  return [personalChatId(persona), ...channels];
}

async function announceInstall(url: string, conversation: string): Promise<void> {
  const response = await fetch(
    `${url}/_debug/conversation/${encodeURIComponent(conversation)}/installation`,
    {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ action: 'add' }),
    },
  );
  if (!response.ok) {
    throw new Fault('playground-install', `The Playground at ${url} could not tell the bot of its install.`, {
      conversation,
      status: String(response.status),
    });
  }
}

function user(person: PlaygroundPerson): object {
  const [givenName = person.name, ...rest] = person.name.split(' ');
  return {
    id: `29:${person.id}`,
    name: person.name,
    // Spelt as the Playground's schema spells it.
    userPrincipleName: person.email,
    aadObjectId: person.aadObjectId,
    givenName,
    surname: rest.join(' '),
    email: person.email,
  };
}

function unusedTeam(key: string): PlaygroundTeam {
  return {
    id: `19:unused-${key}@thread.tacv2`,
    name: 'Not used',
    aadGroupId: `unused-${key}`,
    meetingChannel: { id: `19:unused-${key}-meeting@thread.tacv2`, name: 'Not used either' },
  };
}
