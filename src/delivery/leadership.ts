/**
 * Who may send. One process of all replicas at a time, so that one pace holds for the whole tenant; the
 * others save, answer people, and wait to take over.
 */
export interface Leadership {
  /** Whether this process leads, after trying to if nobody else does. @throws when storage does not answer. */
  lead(): Promise<boolean>;
  /**
   * Asked before each request to Teams: false as soon as the lease may have run out, though nobody said
   * so (the process was paused, or storage is away).
   */
  mayStillSend(): boolean;
  /** Hands over at once instead of letting the others wait for the lease to run out. */
  stepDown(): Promise<void>;
}
