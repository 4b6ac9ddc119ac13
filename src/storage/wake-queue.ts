import type { StorageClients } from './table.js';

/**
 * Wakes the other replicas: an entry names a partition with something to send, or `clock` or `roster` when one
 * of those has changed. It carries no data and may be lost, because the sweep finds what it announced.
 */
export class WakeQueue {
  private readonly queue: StorageClients['queue'];

  constructor(queue: StorageClients['queue']) {
    this.queue = queue;
  }

  async wake(what: string): Promise<void> {
    await this.queue.sendMessage(what, { messageTimeToLive: 60 });
  }

  /** Takes what waits (at most 32). */
  async take(): Promise<string[]> {
    const { receivedMessageItems } = await this.queue.receiveMessages({
      numberOfMessages: 32,
      visibilityTimeout: 5,
    });
    await Promise.all(
      receivedMessageItems.map((item) =>
        this.queue.deleteMessage(item.messageId, item.popReceipt).catch(() => undefined),
      ),
    );
    return receivedMessageItems.map(({ messageText }) => messageText);
  }
}
