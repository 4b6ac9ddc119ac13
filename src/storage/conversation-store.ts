import type { TableClient } from './azure.js';
import { z } from 'zod';
import type { Conversation, Conversations, KnownConversation } from '../delivery/conversations.js';
import { partitions } from './keys.js';
import { isDuplicate, isMissing, isStale } from './table.js';

const row = z.object({
  serviceUrl: z.string(),
  conversationId: z.string(),
  tenantId: z.string(),
  botId: z.string(),
  blockedBecause: z.string(),
  etag: z.string(),
});

/** Where people and channels are reached: one row each, by what Teams calls them. */
export class ConversationStore implements Conversations {
  private readonly table: TableClient;
  /** Those that can be written to, and no others: that somebody is back, another replica may have heard. */
  private readonly reachable = new Map<string, KnownConversation>();

  constructor(table: TableClient) {
    this.table = table;
  }

  async find(key: string): Promise<KnownConversation | undefined> {
    const known = this.reachable.get(key);
    if (known !== undefined) return known;
    try {
      return this.keep(key, row.parse(await this.table.getEntity(partitions.conversations, encode(key))));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async remember(key: string, conversation: Conversation): Promise<void> {
    const { etag = '' } = await this.table.upsertEntity(entityOf(key, conversation), 'Replace');
    this.keep(key, { ...conversation, etag });
  }

  async correct(key: string, found: KnownConversation, now: Conversation) {
    try {
      const entity = entityOf(key, now);
      const { etag = '' } = await (found.etag === ''
        ? this.table.createEntity(entity)
        : this.table.updateEntity(entity, 'Replace', { etag: found.etag }));
      return this.keep(key, { ...now, etag });
    } catch (error) {
      if (!isStale(error) && !isDuplicate(error) && !isMissing(error)) throw error;
      this.reachable.delete(key);
      return undefined;
    }
  }

  async forget(key: string): Promise<void> {
    await this.table.deleteEntity(partitions.conversations, encode(key)).catch((error: unknown) => {
      if (!isMissing(error)) throw error;
    });
    this.reachable.delete(key);
  }

  private keep(key: string, conversation: KnownConversation): KnownConversation {
    if (conversation.blockedBecause === '') this.reachable.set(key, conversation);
    else this.reachable.delete(key);
    return conversation;
  }
}

function entityOf(
  key: string,
  { serviceUrl, conversationId, tenantId, botId, blockedBecause }: Conversation,
) {
  const rowKey = encode(key);
  const partitionKey = partitions.conversations;
  return { partitionKey, rowKey, serviceUrl, conversationId, tenantId, botId, blockedBecause };
}

/** Teams' ids have characters that a row key may not have. */
function encode(key: string): string {
  return Buffer.from(key, 'utf8').toString('base64url');
}
