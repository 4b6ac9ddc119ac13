import type { ServerResponse } from 'node:http';
import restify from 'restify';
import { z } from 'zod';

/** What an activity is answered with. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

export interface ServerOptions {
  /** Bot Framework's adapter, seen only as something that answers: who sent it is for it to find out. */
  readonly answer: (authorization: string, activity: unknown) => Promise<Answer>;
  /** Resolves only when storage answers. */
  readonly probeStorage: () => Promise<void>;
  readonly log: (event: string, ids: Record<string, string | number>) => void;
}

/** A form step is a few KB; Teams' own activities stay far under this. */
const maxBodySize = 256 * 1024;

const words = z.string().max(100_000).nullish();
/** An address of Teams: printable and short, since it becomes a key and part of a URL. */
const address = z.string().regex(/^[\x21-\x7e]{1,1000}$/);
const party = z.looseObject({
  id: address,
  name: words,
  aadObjectId: z
    .string()
    .max(64)
    .regex(/^[\w-]*$/)
    .nullish(),
});
/** What Bot Framework needs of every activity, and fails half-way through a turn without. */
const envelope = z.looseObject({
  type: z.string().min(1).max(64),
  id: address.nullish(),
  channelId: z.string().min(1).max(64),
  serviceUrl: address,
  from: party,
  recipient: party,
  conversation: z.looseObject({
    id: address,
    name: words,
    conversationType: z.string().max(64).nullish(),
    tenantId: z.string().max(64).nullish(),
    isGroup: z.boolean().nullish(),
  }),
  replyToId: address.nullish(),
  name: z.string().max(200).nullish(),
  action: z.string().max(64).nullish(),
  text: words,
  summary: words,
  locale: z.string().max(64).nullish(),
  timestamp: z.string().max(64).nullish(),
  localTimestamp: z.string().max(64).nullish(),
  expiration: z.string().max(64).nullish(),
  entities: z
    .array(z.looseObject({ type: z.string().max(200) }))
    .max(100)
    .nullish(),
  attachments: z.array(z.looseObject({})).max(100).nullish(),
  membersAdded: z
    .array(z.looseObject({ id: address }))
    .max(1000)
    .nullish(),
  membersRemoved: z
    .array(z.looseObject({ id: address }))
    .max(1000)
    .nullish(),
  channelData: z.looseObject({}).nullish(),
});

/**
 * Before a byte is read, and before anyone is known: restify would unpack gzip without a limit (and dies of
 * a broken one) and write multipart files to disk.
 */
const refuseWhatIsNotPlainJson: restify.RequestHandler = (request, response, next) => {
  if (request.headers['content-encoding'] === undefined && request.getContentType() === 'application/json')
    return next();
  response.send(415, { error: 'Activities are sent as application/json, not packed.' });
  return next(false);
};

/** The endpoints of contract.md. Every request gets an answer: a hung one would be sent again by Teams. */
export function createServer({ answer, probeStorage, log }: ServerOptions): restify.Server {
  const server = restify.createServer({ name: '' });
  server.pre(restify.pre.sanitizePath());

  server.get('/healthz', (_request, response, next) => {
    response.send(200, { status: 'alive' });
    next();
  });

  server.get('/readyz', (_request, response, next) => {
    probeStorage()
      .then(
        () => void response.send(200, { status: 'ready' }),
        () => void response.send(503, { status: 'storage does not answer' }),
      )
      .finally(() => next());
  });

  server.post(
    '/api/messages',
    refuseWhatIsNotPlainJson,
    restify.plugins.bodyReader({ maxBodySize }),
    restify.plugins.jsonBodyParser({ mapParams: false, bodyReader: true }),
    (request, response, next) => {
      if (!envelope.safeParse(request.body).success) {
        response.send(400, {
          error:
            'A Bot Framework activity with type, channelId, serviceUrl, from, recipient and conversation is needed.',
        });
        return next();
      }
      answer(request.headers.authorization ?? '', request.body)
        .then(({ status, body }) => sendJson(response, status, body))
        .catch((error: unknown) => {
          log('activity not answered', { error: error instanceof Error ? error.name : 'unknown' });
          if (!response.headersSent) sendJson(response, 500);
        })
        .finally(() => next());
    },
  );
  return server;
}

/** Written out here: restify's own formatting looks through the headers of every answer for what it might be. */
function sendJson(response: ServerResponse, status: number, body?: unknown): void {
  const text = body === undefined ? '' : JSON.stringify(body);
  const type = text === '' ? {} : { 'content-type': 'application/json' };
  response.writeHead(status, { ...type, 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
