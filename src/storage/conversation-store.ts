import type { TableClient } from './azure.js';
import { z } from 'zod';
import type { Conversation, Conversations } from '../delivery/conversations.js';
import { partitions } from './keys.js';
import { isMissing } from './table.js';

const row = z.object({
  serviceUrl: z.string(),
  conversationId: z.string(),
  tenantId: z.string(),
  botId: z.string(),
  blockedBecause: z.string(),
});

/** Where people and channels are reached: one row each, by what Teams calls them. */
export class ConversationStore implements Conversations {
  private readonly table: TableClient;
  private readonly known = new Map<string, Conversation>();

  constructor(table: TableClient) {
    this.table = table;
  }

  async find(key: string): Promise<Conversation | undefined> {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    try {
      const found = row.parse(await this.table.getEntity(partitions.conversations, encode(key)));
      this.known.set(key, found);
      return found;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async remember(key: string, conversation: Conversation): Promise<void> {
    await this.table.upsertEntity(
      { partitionKey: partitions.conversations, rowKey: encode(key), ...conversation },
      'Replace',
    );
    this.known.set(key, conversation);
  }

  async forget(key: string): Promise<void> {
    await this.table.deleteEntity(partitions.conversations, encode(key)).catch((error: unknown) => {
      if (!isMissing(error)) throw error;
    });
    this.known.delete(key);
  }
}

/** Teams' ids have characters that a row key may not have. */
function encode(key: string): string {
  return Buffer.from(key, 'utf8').toString('base64url');
}
