import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request to an upload session, as it came. */
export interface Put {
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly bytes: Buffer;
  readonly status: number;
}

/** What Teams tells the bot of the session that it opened for a file. */
export interface UploadSession {
  readonly name: string;
  readonly uploadUrl: string;
  readonly contentUrl: string;
  readonly uniqueId: string;
  readonly fileType: string;
}

export type OneDrive = Awaited<ReturnType<typeof startOneDrive>>;

/**
 * A stand-in for people's OneDrive, on a port of its own on 127.0.0.1. A session takes one whole file and is
 * then gone, as the real one is.
 */
export async function startOneDrive() {
  const puts: Put[] = [];
  const open = new Set<string>();
  const failures: number[] = [];
  let redirectsTo: string | undefined;

  const decide = (path: string, { headers }: IncomingMessage, bytes: Buffer): number => {
    const failure = failures.shift();
    if (failure !== undefined) return failure;
    if (redirectsTo !== undefined) return 307;
    if (!open.has(path)) return 404;
    const whole = `bytes 0-${bytes.length - 1}/${bytes.length}`;
    if (headers['content-range'] !== whole || headers['content-length'] !== String(bytes.length)) return 400;
    open.delete(path);
    return 201;
  };
  const take = async (request: IncomingMessage) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    const path = request.url ?? '';
    const status = decide(path, request, bytes);
    puts.push({ path, method: request.method ?? '', headers: request.headers, bytes, status });
    return status;
  };
  const server = createServer((request, response) => {
    void take(request).then((status) => {
      const headers = redirectsTo === undefined ? {} : { location: redirectsTo };
      response.writeHead(status, headers);
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    /** Every request there was, in order. */
    puts,
    /** The file of the last upload that succeeded. */
    lastFile(): Buffer {
      const put = puts.findLast(({ status }) => status === 201);
      if (put === undefined) throw new Error('No file was put here.');
      return put.bytes;
    },
    session(name: string): UploadSession {
      const path = `/upload/${randomUUID()}`;
      open.add(path);
      return {
        name,
        uploadUrl: `${url}${path}`,
        contentUrl: `${url}/personal/documents/applications/${encodeURIComponent(name)}`,
        uniqueId: randomUUID(),
        fileType: name.split('.').at(-1) ?? '',
      };
    },
    /** The next request is answered so. */
    failNext: (status: number) => void failures.push(status),
    /** From now on every request is sent on to there. */
    redirect: (to: string | undefined) => void (redirectsTo = to),
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
