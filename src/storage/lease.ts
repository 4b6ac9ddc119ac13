import { randomUUID } from 'node:crypto';
import type { Leadership } from '../delivery/leadership.js';
import { RestError, type BlobLeaseClient, type ContainerClient } from './azure.js';
import type { Log } from '../log.js';

export interface BlobLeaseOptions {
  readonly container: ContainerClient;
  readonly log: Log;
  /** Azure grants 15 to 60. Default 15: a leader that died is replaced within it. */
  readonly seconds?: number;
}

/** The blob is empty: only the lease on it counts. */
export const leaseBlobName = 'delivery-leader';
/**
 * How long before the lease runs out the leader stops asking Teams. Most of what it asked last has arrived by
 * then; what Teams takes longer over may be sent again by another leader (docs/decisions/0006).
 */
const marginMs = 3_000;
/** How often, at most, a follower asks again. */
const askAgainMs = 1_000;

/**
 * The leader's lease on one empty blob. It runs in real time, never by the product's clock, which local mode
 * and tests move. Both real clocks must agree that it has not run out: the monotonic one stops while a virtual
 * machine is suspended, and the wall clock may be set back.
 */
export class BlobLease implements Leadership {
  private readonly options: Required<BlobLeaseOptions>;
  private readonly lease: BlobLeaseClient;
  private until = { monotonicMs: 0, wallMs: 0 };
  private held = false;
  private followed = false;
  private askedAtMs = -Infinity;
  private asking: Promise<boolean> | undefined;
  private renewal: NodeJS.Timeout | undefined;

  constructor(options: BlobLeaseOptions) {
    this.options = { seconds: 15, ...options };
    this.lease = options.container.getBlobClient(leaseBlobName).getBlobLeaseClient(randomUUID());
  }

  lead(): Promise<boolean> {
    if (this.mayStillSend()) return Promise.resolve(true);
    if (performance.now() - this.askedAtMs < askAgainMs) return this.asking ?? Promise.resolve(false);
    this.askedAtMs = performance.now();
    this.asking ??= this.ask().finally(() => (this.asking = undefined));
    return this.asking;
  }

  mayStillSend(): boolean {
    return this.held && performance.now() < this.until.monotonicMs && Date.now() < this.until.wallMs;
  }

  async stepDown(): Promise<void> {
    clearInterval(this.renewal);
    if (!this.held) return;
    this.held = false;
    // When it fails, the lease runs out by itself.
    await this.lease.releaseLease({ abortSignal: this.patience() }).catch(() => undefined);
  }

  private async ask(): Promise<boolean> {
    const held = await this.renewedFrom(() => this.acquire());
    if (!held) {
      this.followed = true;
      return false;
    }
    if (this.followed) this.options.log('took over the sending', { lease: this.lease.leaseId });
    clearInterval(this.renewal);
    this.renewal = setInterval(() => void this.renew(), (this.options.seconds * 1_000) / 3);
    this.renewal.unref();
    return true;
  }

  private async acquire(): Promise<void> {
    const { seconds } = this.options;
    try {
      await this.lease.acquireLease(seconds, { abortSignal: this.patience() });
    } catch (error) {
      if (!(error instanceof RestError) || error.statusCode !== 404) throw error;
      await this.makeBlob();
      await this.lease.acquireLease(seconds, { abortSignal: this.patience() });
    }
  }

  /** Several replicas may make it at once: it is the same empty blob. */
  private async makeBlob(): Promise<void> {
    const blob = this.options.container.getBlockBlobClient(leaseBlobName);
    await blob.upload('', 0, { conditions: { ifNoneMatch: '*' } }).catch((error: unknown) => {
      if (!isTaken(error)) throw error;
    });
  }

  /** Counted from before the request, so that the lease ends for us before it ends in storage. */
  private async renewedFrom(request: () => Promise<unknown>): Promise<boolean> {
    const lastsMs = this.options.seconds * 1_000 - marginMs;
    const until = { monotonicMs: performance.now() + lastsMs, wallMs: Date.now() + lastsMs };
    try {
      await request();
    } catch (error) {
      if (!isTaken(error)) throw error;
      this.held = false;
      return false;
    }
    this.until = until;
    this.held = true;
    return true;
  }

  private async renew(): Promise<void> {
    if (!this.held) return;
    try {
      if (await this.renewedFrom(() => this.lease.renewLease({ abortSignal: this.patience() }))) return;
      this.options.log('leads no more', { lease: this.lease.leaseId });
      clearInterval(this.renewal);
    } catch {
      // Storage is away: the lease may run out, and `mayStillSend` says so; the next renewal tries again.
    }
  }

  private patience(): AbortSignal {
    return AbortSignal.timeout(Math.floor((this.options.seconds * 1_000) / 3));
  }
}

/** 409: another has the lease, or had it since. 412: the blob is there. */
function isTaken(error: unknown): boolean {
  return error instanceof RestError && (error.statusCode === 409 || error.statusCode === 412);
}
