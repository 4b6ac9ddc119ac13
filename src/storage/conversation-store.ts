import type { TableClient } from './azure.js';
import { z } from 'zod';
import {
  conversationKey,
  type Conversation,
  type Conversations,
  type KnownConversation,
} from '../delivery/conversations.js';
import { partitions } from './keys.js';
import { isDuplicate, isMissing, isStale, entitiesOf } from './table.js';

const row = z.object({
  serviceUrl: z.string(),
  conversationId: z.string(),
  blockedBecause: z.string(),
  /** An install has been reported, and what was waiting for it is not back on the outbox yet. */
  owes: z.boolean().default(false),
  etag: z.string(),
});

/** Where people and channels are reached: one row each, by what Teams calls them. */
export class ConversationStore implements Conversations {
  private readonly table: TableClient;
  /** Only those we can write to: another replica may have heard that a blocked person is back. */
  private readonly reachable = new Map<string, KnownConversation>();

  constructor(table: TableClient) {
    this.table = table;
  }

  async find(key: string): Promise<KnownConversation | undefined> {
    const known = this.reachable.get(key);
    if (known !== undefined) return known;
    const found = await this.read(key);
    return found && this.keep(key, found);
  }

  forget(key: string): void {
    this.reachable.delete(key);
  }

  async installed(key: string, conversation: Conversation): Promise<boolean> {
    const before = await this.read(key);
    const owes = before === undefined || before.blockedBecause !== '' || before.owes;
    const written = await this.correct(key, before ?? { ...conversation, etag: '' }, conversation, owes);
    return written === undefined ? this.installed(key, conversation) : owes;
  }

  async blockedOf(keys: readonly string[]): Promise<string[]> {
    if (keys.length === 0) return [];
    const blocked = new Set<string>();
    const where = `blockedBecause ne ''`;
    for await (const { rowKey } of entitiesOf(this.table, partitions.conversations, '', {
      where,
      select: ['RowKey'],
    }))
      blocked.add(String(rowKey));
    return keys.filter((key) => blocked.has(encode(key)));
  }

  async unblock(key: string): Promise<void> {
    const found = await this.read(key);
    if (found !== undefined && found.blockedBecause !== '')
      await this.correct(key, found, { ...found, blockedBecause: '' }, found.owes);
  }

  async settled(key: string): Promise<void> {
    const row = { partitionKey: partitions.conversations, rowKey: encode(key), owes: false };
    await this.table.updateEntity(row, 'Merge');
    this.reachable.delete(key);
  }

  async remember(key: string, conversation: Conversation): Promise<void> {
    const { etag = '' } = await this.table.upsertEntity(entityOf(key, conversation), 'Replace');
    this.keep(key, { ...conversation, etag });
  }

  async correct(key: string, found: KnownConversation, now: Conversation, owes = false) {
    try {
      const entity = { ...entityOf(key, now), owes };
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

  private async read(key: string) {
    try {
      return ownPlace(key, row.parse(await this.table.getEntity(partitions.conversations, encode(key))));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  private keep(key: string, conversation: KnownConversation): KnownConversation {
    if (conversation.blockedBecause === '') this.reachable.set(key, conversation);
    else this.reachable.delete(key);
    return conversation;
  }
}

/** A channel was once taken for somebody's own chat: then where that is, is not known, and it is opened anew. */
function ownPlace<Row extends Conversation>(key: string, found: Row): Row {
  const isOwn = !key.startsWith(conversationKey.person('')) || !found.conversationId.startsWith('19:');
  return isOwn ? found : { ...found, conversationId: '' };
}

function entityOf(key: string, { serviceUrl, conversationId, blockedBecause }: Conversation) {
  const rowKey = encode(key);
  const partitionKey = partitions.conversations;
  return { partitionKey, rowKey, serviceUrl, conversationId, blockedBecause };
}

/** Teams' ids have characters that a row key may not have. */
function encode(key: string): string {
  return Buffer.from(key, 'utf8').toString('base64url');
}
