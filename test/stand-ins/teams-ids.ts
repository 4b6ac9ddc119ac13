import { createHash } from 'node:crypto';

/** Someone in the tenant, as Entra knows them. */
export interface Person {
  readonly aadObjectId: string;
  readonly name: string;
}

export interface Channel {
  /** `19:…@thread.tacv2`. */
  readonly id: string;
  readonly name: string;
}

export interface Team {
  /** Also the id of the team's General channel, as in Teams. */
  readonly id: string;
  readonly aadGroupId: string;
  readonly name: string;
  readonly channels: readonly Channel[];
  readonly members?: readonly Person[];
}

const digest = (text: string) => createHash('sha256').update(text).digest('base64url');

/** The bot's own id for a person: stable for one bot, and no use to anyone else. */
export const teamsUserId = (aadObjectId: string) => `29:1${digest(`user ${aadObjectId}`)}`;

/** Teams keeps one personal chat for a bot and a person: asking again gives the same id. */
export const personalConversationId = (aadObjectId: string) => `a:1${digest(`chat ${aadObjectId}`)}`;

export const threadId = (channelId: string, messageId: string) => `${channelId};messageid=${messageId}`;

export const channelOf = (conversationId: string) => conversationId.split(';')[0] ?? conversationId;

export const isChannelId = (conversationId: string) => /^19:[^;]+@thread\.(tacv2|skype)/.test(conversationId);

/** Message ids are epoch milliseconds in Teams; here they start on 7 June 2022 and rise by one. */
export function messageIds(): () => string {
  let last = 1_654_560_000_000;
  return () => String((last += 1));
}
