/** Where a person or a channel is reached, as the install activity said (contract.md, "Endpoints"). */
export interface Conversation {
  readonly serviceUrl: string;
  readonly conversationId: string;
  readonly tenantId: string;
  readonly botId: string;
  /** Teams' own word for why nothing can be sent (`BotDisabledByAdmin`); empty when it can. */
  readonly blockedBecause: string;
}

/** Keyed by `person:AAD-OBJECT-ID` or `channel:CHANNEL-ID`. */
export interface Conversations {
  find(key: string): Promise<Conversation | undefined>;
  remember(key: string, conversation: Conversation): Promise<void>;
  forget(key: string): Promise<void>;
}

export const conversationKey = {
  person: (aadObjectId: string) => `person:${aadObjectId}`,
  channel: (channelId: string) => `channel:${channelId}`,
};
