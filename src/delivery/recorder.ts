import type { Ending, Outbox } from './outbox.js';

/** Azure Tables takes 100 rows a transaction, and an end needs two. */
const maxTogether = 50;

interface Pending extends Ending {
  readonly resolve: (recorded: boolean) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Records ends as they come: the first at once, and those that come while it is being written together in the
 * next transaction. So a single end does not wait, and many together cost little.
 */
export class Recorder {
  private readonly outbox: Outbox;
  private pending: Pending[] = [];
  private running = false;

  constructor(outbox: Outbox) {
    this.outbox = outbox;
  }

  /** False when the claim was lost to another. @throws when storage does not answer. */
  record(ending: Ending): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.pending.push({ ...ending, resolve, reject });
      if (!this.running) void this.run();
    });
  }

  private async run(): Promise<void> {
    this.running = true;
    for (let batch = this.nextBatch(); batch.length > 0; batch = this.nextBatch()) {
      try {
        const recorded = await this.outbox.finish(batch);
        batch.forEach(({ resolve }, index) => resolve(recorded[index] ?? false));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.running = false;
  }

  private nextBatch(): Pending[] {
    const partition = this.pending[0]?.message.partition;
    const batch = this.pending.filter(({ message }) => message.partition === partition).slice(0, maxTogether);
    this.pending = this.pending.filter((one) => !batch.includes(one));
    return batch;
  }
}
