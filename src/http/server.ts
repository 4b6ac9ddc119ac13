import restify from 'restify';
import { z } from 'zod';

/** What the door hands what comes in to: Bot Framework's adapter, seen only as something that processes. */
export interface ActivityProcessor {
  process(request: unknown, response: unknown): Promise<void>;
}

export interface ServerOptions {
  readonly activities: ActivityProcessor;
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
export function createServer({ activities, probeStorage, log }: ServerOptions): restify.Server {
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
      // The adapter rejects without an answer when an activity is malformed: the answer is given here.
      activities
        .process(request, response)
        .catch((error: unknown) => {
          log('activity refused', { error: error instanceof Error ? error.name : 'unknown' });
          if (!response.headersSent) response.send(400, { error: 'The activity cannot be read.' });
        })
        .finally(() => next());
    },
  );
  return server;
}
