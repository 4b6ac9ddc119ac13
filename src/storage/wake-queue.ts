import type { StorageClients } from './table.js';

/**
 * Wakes the other replicas: an entry names a partition with something to send, or `clock` or `roster`
 * when one of those has changed. It carries no data and may be lost: the sweep finds what it announced.
 */
export class WakeQueue {
  private readonly queue: StorageClients['queue'];

  constructor(queue: StorageClients['queue']) {
    this.queue = queue;
  }

  async wake(what: string): Promise<void> {
    await this.queue.sendMessage(what, { messageTimeToLive: 60, abortSignal: patience() });
  }

  /** Takes what waits (at most 32). */
  async take(): Promise<string[]> {
    const { receivedMessageItems } = await this.queue.receiveMessages({
      numberOfMessages: 32,
      visibilityTimeout: 5,
      abortSignal: patience(),
    });
    await Promise.all(
      receivedMessageItems.map((item) =>
        this.queue
          .deleteMessage(item.messageId, item.popReceipt, { abortSignal: patience() })
          .catch(() => undefined),
      ),
    );
    return receivedMessageItems.map(({ messageText }) => messageText);
  }
}

/** Sending waits for a look at the queue, so one that hangs is given up. */
const patience = () => AbortSignal.timeout(2_000);
