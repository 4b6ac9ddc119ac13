import type { Log } from '../log.js';
import { errorInLog } from '../practice/base/errors.js';
import { conversationKey, type Conversations } from '../delivery/conversations.js';

export interface HeardOptions {
  readonly conversations: Pick<Conversations, 'blockedOf' | 'unblock'>;
  /** Sends what waits for this person. */
  readonly reachable: (key: string) => Promise<void>;
  readonly log: Log;
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

  /** Lets what waits for them go. When storage does not answer, it is done next time: nothing else waits for that. */
  async look(): Promise<void> {
    const { conversations, reachable, log } = this.options;
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
      log('what waits for those heard of was not looked up', { error: errorInLog(error) });
    }
  }
}
