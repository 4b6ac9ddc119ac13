/** Where a person or a channel is reached, as the install activity said (contract.md, "Endpoints"). */
export interface Conversation {
  readonly serviceUrl: string;
  readonly conversationId: string;
  /** Teams' own word for why nothing can be sent (`BotDisabledByAdmin`); empty when it can. */
  readonly blockedBecause: string;
}

/** One as it was found, by which it is known whether it was written since; the ETag of one nobody has written is empty. */
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
  /** What a removal said. */
  remember(key: string, conversation: Conversation): Promise<void>;
  /** What a request to Teams showed of it; undefined, and left out, when another wrote since it was found. */
  correct(key: string, found: KnownConversation, now: Conversation): Promise<KnownConversation | undefined>;
}

export const conversationKey = {
  person: (aadObjectId: string) => `person:${aadObjectId}`,
  channel: (channelId: string) => `channel:${channelId}`,
};
