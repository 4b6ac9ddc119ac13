import type { JsonRecord } from './json-record.js';
import { recordIn, textIn } from './json-record.js';
import { CARD_TYPE, cardOf, FILE_TYPES, fileAttachmentOf } from './message-rules.js';
import {
  channelOf,
  isChannelId,
  messageIds,
  personalConversationId,
  teamsUserId,
  threadId,
  type Person,
  type Team,
} from './teams-ids.js';

export interface Conversation {
  readonly id: string;
  readonly kind: 'personal' | 'channel';
  /** The aadObjectId of a personal chat, the channel id of a thread. */
  readonly to: string;
}

/** A message as it stands now. */
export interface Message {
  readonly activityId: string;
  readonly conversation: Conversation;
  activity: JsonRecord;
  updates: number;
  deleted: boolean;
}

/** A card as the person now sees it, after every update. */
export interface ShownCard {
  readonly activityId: string;
  readonly conversationId: string;
  readonly to: string;
  readonly summary: string | undefined;
  readonly card: JsonRecord;
  /** How often it was changed since it was sent. */
  readonly updates: number;
}

export function shownCard({ activityId, conversation, activity, updates }: Message): ShownCard | undefined {
  const card = cardOf(activity);
  if (!card) return undefined;
  const summary = textIn(activity, 'summary');
  return { activityId, conversationId: conversation.id, to: conversation.to, summary, card, updates };
}

/** A file in a chat: offered, or saved in the person's OneDrive. */
export interface ShownFile {
  readonly activityId: string;
  readonly is: 'offered' | 'saved';
  readonly name: string;
  readonly contentUrl: string | undefined;
  readonly content: JsonRecord;
}

function shownFile({ activityId, activity }: Message): ShownFile | undefined {
  const file = fileAttachmentOf(activity);
  if (!file) return undefined;
  return {
    activityId,
    is: FILE_TYPES[file['contentType'] as keyof typeof FILE_TYPES],
    name: textIn(file, 'name') ?? '',
    contentUrl: textIn(file, 'contentUrl'),
    content: recordIn(file, 'content') ?? {},
  };
}

/** Who there is, and what everyone's chats show. */
export class Chats {
  readonly newId = messageIds();
  readonly people = new Map<string, Person>();
  readonly teams: readonly Team[];
  readonly #byUserId = new Map<string, string>();
  readonly #personal = new Map<string, Conversation>();
  readonly #messages = new Map<string, Message>();
  readonly #perChat = new Map<string, Message[]>();

  constructor(people: readonly Person[], teams: readonly Team[]) {
    this.teams = teams;
    for (const person of people) this.meet(person);
    for (const member of teams.flatMap((team) => team.members ?? [])) this.meet(member);
  }

  meet(person: Person): void {
    this.people.set(person.aadObjectId, person);
    this.#byUserId.set(teamsUserId(person.aadObjectId), person.aadObjectId);
  }

  /** An aadObjectId, from itself or from a `29:` id that Teams gave out before. */
  aadObjectId(id: string): string | undefined {
    return id.startsWith('29:') ? this.#byUserId.get(id) : id;
  }

  openPersonal(aadObjectId: string): Conversation {
    if (!this.people.has(aadObjectId)) this.meet({ aadObjectId, name: '' });
    const id = personalConversationId(aadObjectId);
    const conversation = this.#personal.get(id) ?? { id, kind: 'personal', to: aadObjectId };
    this.#personal.set(id, conversation);
    return conversation;
  }

  conversation(id: string): Conversation | undefined {
    if (!isChannelId(id)) return this.#personal.get(id);
    const channelId = channelOf(id);
    return this.knowsChannel(channelId) ? { id, kind: 'channel', to: channelId } : undefined;
  }

  /** Any channel there could be, unless the tenant's teams were named. */
  knowsChannel(channelId: string): boolean {
    return isChannelId(channelId) && (this.teams.length === 0 || this.teamOf(channelId) !== undefined);
  }

  teamOf(channelId: string): Team | undefined {
    return this.teams.find((team) => team.id === channelId || team.channels.some((c) => c.id === channelId));
  }

  post(conversation: Conversation, activity: JsonRecord): Message {
    const activityId = this.newId();
    // A message to the channel itself starts a thread of its own.
    const startsThread = conversation.kind === 'channel' && !conversation.id.includes(';');
    const place = startsThread
      ? { ...conversation, id: threadId(conversation.id, activityId) }
      : conversation;
    const message = { activityId, conversation: place, activity, updates: 0, deleted: false };
    this.#messages.set(activityId, message);
    const chat = this.#perChat.get(place.to);
    if (chat) chat.push(message);
    else this.#perChat.set(place.to, [message]);
    return message;
  }

  /** The card that answered a button takes the place of the one it was on, as in a personal chat of Teams. */
  replaceCard(activityId: string, card: JsonRecord): void {
    const message = this.#messages.get(activityId);
    if (message?.conversation.kind !== 'personal') return;
    message.activity = { ...message.activity, attachments: [{ contentType: CARD_TYPE, content: card }] };
    message.updates += 1;
  }

  message(activityId: string): Message | undefined {
    return this.#messages.get(activityId);
  }

  /** The messages of a person's chat or a channel, as they stand now, oldest first. */
  messages(to: string): Message[] {
    return (this.#perChat.get(to) ?? []).filter((message) => !message.deleted);
  }

  files(to: string): ShownFile[] {
    return this.messages(to).flatMap((message) => shownFile(message) ?? []);
  }

  cards(to: string): ShownCard[] {
    return this.messages(to).flatMap((message) => shownCard(message) ?? []);
  }
}
