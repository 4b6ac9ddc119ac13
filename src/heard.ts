import { conversationKey, type Conversations } from './delivery/conversations.js';

export interface HeardOptions {
  readonly conversations: Pick<Conversations, 'blockedOf' | 'unblock'>;
  /** Sends what waits for this person. */
  readonly reachable: (key: string) => Promise<void>;
}

/**
 * Who was heard of since the last look: whoever speaks to the bot can be reached by it, whatever Teams said before.
 * Noted without a request to storage, so that an answer costs no more; looked up for all of them together.
 */
export class Heard {
  private readonly options: HeardOptions;
  private keys = new Set<string>();

  constructor(options: HeardOptions) {
    this.options = options;
  }

  of(aadObjectId: string): void {
    this.keys.add(conversationKey.person(aadObjectId));
  }

  /** Lets what waits for them go. @throws when storage does not answer: it is done next time. */
  async look(): Promise<void> {
    const { conversations, reachable } = this.options;
    const heard = this.keys;
    this.keys = new Set();
    try {
      for (const key of await conversations.blockedOf([...heard])) {
        // In this order: a crash in between leaves it to the next time they are heard of.
        await reachable(key);
        await conversations.unblock(key);
      }
    } catch (error) {
      this.keys = new Set([...heard, ...this.keys]);
      throw error;
    }
  }
}
