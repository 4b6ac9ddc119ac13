import { randomUUID } from 'node:crypto';
import { isRecord, type JsonRecord } from './json-record.js';
import type { TeamsConnector } from './teams-connector.js';
import {
  channelOf,
  isChannelId,
  personalConversationId,
  teamsUserId,
  type Channel,
  type Person,
  type Team,
} from './teams-ids.js';

/** Where something is said: a thread of a channel; a personal chat when there is none. */
export interface Place {
  readonly conversationId: string;
}

export interface ActivityContext {
  readonly connector: TeamsConnector;
  readonly tenantId: string;
  readonly now: () => Date;
}

/** The fields every activity from Teams carries, for this person in this place. */
export function activityFrom(person: Person, place: Place | undefined, context: ActivityContext): JsonRecord {
  const { connector, tenantId, now } = context;
  const timestamp = now().toISOString();
  return {
    id: connector.chats.newId(),
    timestamp,
    localTimestamp: timestamp,
    localTimezone: 'Europe/London',
    locale: 'en-GB',
    channelId: 'msteams',
    serviceUrl: connector.url,
    from: {
      id: teamsUserId(person.aadObjectId),
      name: person.name,
      aadObjectId: person.aadObjectId,
    },
    recipient: connector.bot,
    conversation: conversation(person, place, tenantId),
    channelData: { ...channelData(place, connector), tenant: { id: tenantId } },
    entities: [
      { type: 'clientInfo', locale: 'en-GB', country: 'GB', platform: 'Web', timezone: 'Europe/London' },
    ],
  };
}

function conversation(person: Person, place: Place | undefined, tenantId: string): JsonRecord {
  if (place && isChannelId(place.conversationId)) {
    return { conversationType: 'channel', isGroup: true, tenantId, id: place.conversationId };
  }
  const id = place?.conversationId ?? personalConversationId(person.aadObjectId);
  return { conversationType: 'personal', tenantId, id };
}

function channelData(place: Place | undefined, { chats }: TeamsConnector): JsonRecord {
  if (!place || !isChannelId(place.conversationId)) return {};
  const channelId = channelOf(place.conversationId);
  const team = chats.teamOf(channelId);
  return {
    channel: { id: channelId },
    ...(team && { team: { id: team.id, name: team.name, aadGroupId: team.aadGroupId } }),
    teamsChannelId: channelId,
    teamsTeamId: team?.id ?? channelId,
  };
}

export function message(base: JsonRecord, text: string): JsonRecord {
  return { ...base, type: 'message', text, textFormat: 'plain' };
}

export function submit(base: JsonRecord, value: JsonRecord, replyToId: string | undefined): JsonRecord {
  return { ...base, type: 'message', value, ...(replyToId !== undefined && { replyToId }) };
}

export interface ExecutedAction {
  readonly verb: string | undefined;
  readonly data: unknown;
  readonly title?: string | undefined;
  readonly id?: string | undefined;
}

export function actionExecute(
  base: JsonRecord,
  action: ExecutedAction,
  replyToId: string | undefined,
): JsonRecord {
  const { data, ...named } = action;
  const fields = Object.entries(named).filter(([, value]) => value !== undefined);
  return {
    ...base,
    id: `f:${randomUUID()}`,
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action: { type: 'Action.Execute', ...Object.fromEntries(fields), data }, trigger: 'manual' },
    ...(replyToId !== undefined && { replyToId }),
  };
}

/** `uploadInfo` when the person accepts: where Teams lets the bot put the file. */
export function fileConsent(
  base: JsonRecord,
  action: 'accept' | 'decline',
  context: unknown,
  replyToId: string | undefined,
  uploadInfo?: object,
): JsonRecord {
  return {
    ...base,
    id: `f:${randomUUID()}`,
    type: 'invoke',
    name: 'fileConsent/invoke',
    value: { type: 'fileUpload', action, context, ...(uploadInfo && { uploadInfo }) },
    ...(replyToId !== undefined && { replyToId }),
  };
}

export function installationUpdate(base: JsonRecord, action: 'add' | 'remove'): JsonRecord {
  return { ...base, type: 'installationUpdate', action };
}

/** The bot came into, or left, the conversation. */
export function membersUpdate(base: JsonRecord, came: 'membersAdded' | 'membersRemoved'): JsonRecord {
  const { recipient } = base;
  return {
    ...base,
    type: 'conversationUpdate',
    [came]: [isRecord(recipient) ? { id: recipient['id'] } : {}],
  };
}

/** The event and the names Teams gives when an app comes into a team: no channel, but the one it was put in. */
export function inTeam(base: JsonRecord, team: Team, channel: Channel): JsonRecord {
  const channelData = {
    channel: undefined,
    eventType: 'teamMemberAdded',
    team: { id: team.id, name: team.name, aadGroupId: team.aadGroupId },
    settings: { selectedChannel: { id: channel.id } },
  };
  return withOverrides(base, { channelData });
}

/** `changes` laid over `activity`, objects field by field; a field set to `undefined` is taken away. */
export function withOverrides(activity: JsonRecord, changes: JsonRecord = {}): JsonRecord {
  const laid: JsonRecord = { ...activity };
  for (const [field, value] of Object.entries(changes)) {
    const before = laid[field];
    if (value === undefined) delete laid[field];
    else laid[field] = isRecord(value) && isRecord(before) ? withOverrides(before, value) : value;
  }
  return laid;
}
