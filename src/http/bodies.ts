import type { IncomingMessage } from 'node:http';

export interface BodyLimits {
  /** Of one body, in bytes. */
  readonly maxBytes: number;
  /** Of all bodies that have begun and not ended, in bytes. */
  readonly maxBytesTogether: number;
}

/** A body whole, or why there is none. */
export type Body = { readonly bytes: Buffer } | 'too large' | 'gone';

interface Arriving {
  readonly request: IncomingMessage;
  bytes: Buffer;
  length: number;
}

const firstBytes = 8 * 1024;

/**
 * Reads bodies into memory that has a limit for all of them together: when it is full, the body that has been
 * arriving for longest goes. An honest one is there within milliseconds; what is sent slowly on purpose pays.
 */
export class Bodies {
  private readonly limits: BodyLimits;
  /** In the order in which they began. */
  private readonly arriving = new Set<Arriving>();
  private held = 0;

  constructor(limits: BodyLimits) {
    this.limits = limits;
  }

  read(request: IncomingMessage): Promise<Body> {
    if (Number(request.headers['content-length'] ?? 0) > this.limits.maxBytes)
      return Promise.resolve('too large');
    const body: Arriving = { request, bytes: Buffer.alloc(0), length: 0 };
    this.arriving.add(body);
    return new Promise<Body>((resolve) => {
      request.on('data', (chunk: Buffer) => {
        if (!this.keep(body, chunk)) resolve('too large');
      });
      request.once('end', () => resolve({ bytes: body.bytes.subarray(0, body.length) }));
      request.once('error', () => resolve('gone'));
      request.once('close', () => resolve('gone'));
    }).finally(() => this.letGo(body));
  }

  /** Copied into one buffer: bytes that come one at a time would cost a hundred times their size. False when too many. */
  private keep(body: Arriving, chunk: Buffer): boolean {
    if (!this.arriving.has(body)) return true;
    const length = body.length + chunk.length;
    if (length > this.limits.maxBytes) return false;
    // Most come whole: such a one is kept as it is.
    if (body.length === 0 && chunk.length === Number(body.request.headers['content-length'])) {
      this.replace(body, chunk);
      body.length = length;
      return true;
    }
    if (length > body.bytes.length) this.makeRoom(body, length);
    chunk.copy(body.bytes, body.length);
    body.length = length;
    return true;
  }

  private makeRoom(body: Arriving, length: number): void {
    const size = Math.max(firstBytes, length, Math.min(2 * body.bytes.length, this.limits.maxBytes));
    const larger = Buffer.alloc(size);
    body.bytes.copy(larger, 0, 0, body.length);
    this.replace(body, larger);
  }

  private replace(body: Arriving, bytes: Buffer): void {
    this.held += bytes.length - body.bytes.length;
    body.bytes = bytes;
    for (const oldest of this.arriving) {
      if (this.held <= this.limits.maxBytesTogether) break;
      this.letGo(oldest);
      oldest.request.destroy();
    }
  }

  private letGo(body: Arriving): void {
    if (this.arriving.delete(body)) this.held -= body.bytes.length;
  }
}
