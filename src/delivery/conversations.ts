/** Where a person or a channel is reached, as the last install activity said. */
export interface Conversation {
  readonly serviceUrl: string;
  readonly conversationId: string;
  /**
   * Teams' own word for why it last let nothing through (`403 BotDisabledByAdmin`); empty when it does. It keeps nothing
   * from being tried: whoever is heard of again gets at once what waits for them.
   */
  readonly blockedBecause: string;
}

/** A conversation as read; its ETag tells whether somebody has written it since, and is empty when there is no row. */
export interface KnownConversation extends Conversation {
  readonly etag: string;
}

/** Keyed by `person:AAD-OBJECT-ID` or `channel:CHANNEL-ID`. */
export interface Conversations {
  find(key: string): Promise<KnownConversation | undefined>;
  /** A request to it failed: it is read anew when next asked for. */
  forget(key: string): void;
  /**
   * What an install said: it wins over all that was known. True when what waits for them is to be put back on the
   * outbox: they could not be reached before, or an earlier install was cut short before `settled`.
   */
  installed(key: string, conversation: Conversation): Promise<boolean>;
  /** What waited for them is on the outbox again. */
  settled(key: string): Promise<void>;
  /** Which of these Teams let nothing through to, when it was last asked. */
  blockedOf(keys: readonly string[]): Promise<string[]>;
  /** They were heard of: what waited for them is on its way. */
  unblock(key: string): Promise<void>;
  /** What a removal said. */
  remember(key: string, conversation: Conversation): Promise<void>;
  /** Keeps what a request to Teams showed; undefined, and nothing is kept, when another wrote since it was read. */
  correct(key: string, found: KnownConversation, now: Conversation): Promise<KnownConversation | undefined>;
}

export const conversationKey = {
  person: (aadObjectId: string) => `person:${aadObjectId}`,
  channel: (channelId: string) => `channel:${channelId}`,
};
