import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import restify from 'restify';
import type { Log } from '../log.js';
import { errorInLog } from '../practice/base/errors.js';
import { Bodies, type BodyLimits } from './bodies.js';
import { Connections, type ConnectionLimits } from './connections.js';

/** What an activity is answered with. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

export interface ServerOptions {
  /**
   * Looks at the token alone, before a byte of the body is read: the answer for whoever may not send one at all,
   * undefined for the rest.
   */
  readonly refusal: (authorization: string) => Promise<Answer | undefined>;
  /** Bot Framework's adapter, seen only as something that answers: who sent it is for it to find out. */
  readonly answer: (authorization: string, activity: unknown) => Promise<Answer>;
  /** Resolves only when storage answers. */
  readonly probeStorage: () => Promise<void>;
  readonly log: Log;
  /** Only tests name their own. */
  readonly limits?: Partial<ServerLimits>;
}

export interface Server {
  /** Resolves with the port. */
  listen(port: number, host: string): Promise<number>;
  /** Takes nobody in any more; resolves when every connection is closed, which is in `answersMs` at the latest. */
  end(): Promise<void>;
}

export interface ServerLimits extends BodyLimits, ConnectionLimits {
  /** For the whole head of a request, from the opening of its connection on. */
  readonly headersMs: number;
  /** For the whole request, its body included. */
  readonly requestMs: number;
  /** For a connection on which nothing is asked: the ingress keeps it for 240 s and must be the first to let go. */
  readonly idleMs: number;
  /** For one on which nothing moves while it is answered. */
  readonly stalledMs: number;
  /** How often the first two are looked at. */
  readonly lookEveryMs: number;
}

/** All that a stranger can hold of this process, and for how long (docs/security.md, D1). */
const limits: ServerLimits = {
  // A form step is a few KB; Teams' own activities stay far under this.
  maxBytes: 256 * 1024,
  maxBytesTogether: 32 * 1024 * 1024,
  maxOpen: 1_500,
  headersMs: 12_000,
  requestMs: 20_000,
  idleMs: 250_000,
  stalledMs: 60_000,
  lookEveryMs: 1_000,
  unfinishedMs: 2_000,
  answersMs: 7_000,
};

/** A refused body of up to this many times what is allowed is still let run past, so that its sender hears why. */
const letPast = 4;

/**
 * The bot's endpoints (docs/runbook.md). Node's own server holds the limits, which restify does not hand on to the
 * one it makes; restify answers. Every request gets an answer: a hung one would be sent again by Teams.
 */
export function createServer({ limits: own = {}, ...options }: ServerOptions): Server {
  const all = { ...limits, ...own };
  const server = createHttpServer({
    headersTimeout: all.headersMs,
    requestTimeout: all.requestMs,
    keepAliveTimeout: all.idleMs,
    connectionsCheckingInterval: all.lookEveryMs,
  });
  server.setTimeout(all.stalledMs);
  const connections = new Connections(server, all);
  const routes = routesOf(options, connections, new Bodies(all), all.maxBytes);
  server.on('request', (request, response) => void routes.server.emit('request', request, response));
  return {
    listen: async (port, host) => {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, resolve);
      });
      return (server.address() as AddressInfo).port;
    },
    end: () => connections.end(),
  };
}

type Part = Pick<ServerOptions, 'refusal' | 'answer' | 'probeStorage' | 'log'>;

function routesOf(
  { refusal, answer, probeStorage, log }: Part,
  connections: Connections,
  bodies: Bodies,
  maxBytes: number,
): restify.Server {
  const routes = restify.createServer({ name: '' });
  routes.pre(restify.pre.sanitizePath());

  routes.get('/healthz', (request, response, next) => {
    connections.answers(request, response);
    sendJson(response, 200, { status: 'alive' });
    next();
  });

  routes.get('/readyz', (request, response, next) => {
    connections.answers(request, response);
    probeStorage()
      .then(
        () => sendJson(response, 200, { status: 'ready' }),
        () => sendJson(response, 503, { status: 'storage does not answer' }),
      )
      .finally(() => next());
  });

  const activity = async (
    request: restify.Request,
    response: ServerResponse,
  ): Promise<Answer | undefined> => {
    const authorization = request.headers.authorization ?? '';
    const refused = isPlainJson(request) ? await refusal(authorization) : notPlainJson;
    if (refused !== undefined) return unread(refused, request, response, maxBytes);
    const body = await bodies.read(request);
    if (body === 'gone') return undefined;
    if (body === 'too large') return unread(tooLarge, request, response, maxBytes);
    connections.answers(request, response);
    return answer(authorization, jsonIn(body.bytes));
  };

  routes.post('/api/messages', (request, response, next) => {
    activity(request, response)
      .then((answer) => (answer === undefined ? undefined : sendJson(response, answer.status, answer.body)))
      .catch((error: unknown) => {
        log('activity not answered', { error: errorInLog(error) });
        if (!response.headersSent) sendJson(response, 500);
      })
      .finally(() => next());
  });
  return routes;
}

const notPlainJson: Answer = {
  status: 415,
  body: { error: 'Activities are sent as application/json, not packed.' },
};
const tooLarge: Answer = { status: 413, body: { error: 'An activity is smaller than 256 KB.' } };

function isPlainJson(request: restify.Request): boolean {
  return request.headers['content-encoding'] === undefined && request.getContentType() === 'application/json';
}

/** Undefined for what is no JSON: no activity either. */
function jsonIn(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Whoever would send on for long after such an answer is cut off. */
function unread(
  answer: Answer,
  request: IncomingMessage,
  response: ServerResponse,
  maxBytes: number,
): Answer {
  const length = request.headers['content-length'];
  const isChunked = request.headers['transfer-encoding'] !== undefined;
  if (isChunked || Number(length ?? 0) > letPast * maxBytes) response.setHeader('connection', 'close');
  return answer;
}

/** Written out here, because restify's own formatting searches the headers of every answer for a content type. */
function sendJson(response: ServerResponse, status: number, body?: unknown): void {
  const bytes = Buffer.from(body === undefined ? '' : JSON.stringify(body));
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  response.writeHead(status, { ...type, 'content-length': bytes.length });
  response.end(bytes);
}
