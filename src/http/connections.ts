import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface ConnectionLimits {
  /** How many may be open. One more takes the place of the one that has been of no use for longest. */
  readonly maxOpen: number;
  /** When the server ends: how long a request that has begun may still arrive. */
  readonly unfinishedMs: number;
  /** When the server ends: how long an answer may still take. */
  readonly answersMs: number;
}

/**
 * The open connections of a server, those of least use first: what a whole request came on moves to the end. One on
 * which something is being answered is never closed for another's sake.
 */
export class Connections {
  private readonly server: Server;
  private readonly limits: ConnectionLimits;
  private readonly answering = new Map<Socket, number>();
  private isEnding = false;

  constructor(server: Server, limits: ConnectionLimits) {
    this.server = server;
    this.limits = limits;
    server.on('connection', (socket) => this.opened(socket));
    server.on('request', ({ headers }, response) => {
      // Nothing here speaks another protocol: the request is answered as it is, and the connection closed.
      if (this.isEnding || headers.upgrade !== undefined) response.setHeader('connection', 'close');
    });
  }

  /** The whole request is there: its connection stays until the answer is out. */
  answers({ socket }: { readonly socket: Socket }, response: ServerResponse): void {
    this.count(socket, 1);
    response.once('close', () => {
      this.count(socket, -1);
      if (this.isEnding) socket.destroySoon();
    });
  }

  /** Takes nobody in any more, lets what has begun come to its end, and closes the rest at the latest then. */
  async end(): Promise<void> {
    const { unfinishedMs, answersMs } = this.limits;
    this.isEnding = true;
    const unfinished = setTimeout(() => this.close((answers) => answers === 0), unfinishedMs);
    const late = setTimeout(() => this.close(() => true), answersMs);
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
    });
    clearTimeout(unfinished);
    clearTimeout(late);
  }

  private opened(socket: Socket): void {
    this.answering.set(socket, 0);
    socket.once('close', () => this.answering.delete(socket));
    if (this.answering.size <= this.limits.maxOpen) return;
    for (const [other, answers] of this.answering) if (answers === 0) return void other.destroy();
  }

  /** Put at the end: of what is of no use, it is now the last to go. */
  private count(socket: Socket, more: 1 | -1): void {
    const answers = this.answering.get(socket);
    if (answers === undefined) return;
    this.answering.delete(socket);
    this.answering.set(socket, answers + more);
  }

  private close(isToGo: (answers: number) => boolean): void {
    for (const [socket, answers] of this.answering) if (isToGo(answers)) socket.destroy();
  }
}
