/**
 * Who may send: one process of all replicas at a time, so that there is one pace for the whole tenant. The
 * others save, answer people, and wait to take over.
 */
export interface Leadership {
  /**
   * Whether this process leads. If nobody does, it first tries to become the leader. @throws when storage does
   * not answer.
   */
  lead(): Promise<boolean>;
  /**
   * Asked before each request to Teams: false as soon as the lease may have run out, even if nothing has
   * reported that (the process was paused, or storage is away).
   */
  mayStillSend(): boolean;
  /** Hands over at once instead of letting the others wait for the lease to run out. */
  stepDown(): Promise<void>;
}
