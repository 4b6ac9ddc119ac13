import type { ServerResponse } from 'node:http';
import restify from 'restify';
import type { Log } from '../log.js';
import { errorInLog } from '../practice/base/errors.js';

/** What an activity is answered with. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

export interface ServerOptions {
  /** Bot Framework's adapter, which finds out who sent the activity and answers. */
  readonly answer: (authorization: string, activity: unknown) => Promise<Answer>;
  /** Resolves only when storage answers. */
  readonly probeStorage: () => Promise<void>;
  readonly log: Log;
}

/** A form step is a few KB; Teams' own activities stay far under this. */
const maxBodySize = 256 * 1024;

/**
 * Refused before a byte is read, when nothing is known of the sender: restify would unpack gzip without a limit
 * (a broken one kills it) and write multipart files to disk.
 */
const refuseWhatIsNotPlainJson: restify.RequestHandler = (request, response, next) => {
  if (request.headers['content-encoding'] === undefined && request.getContentType() === 'application/json')
    return next();
  response.send(415, { error: 'Activities are sent as application/json, not packed.' });
  return next(false);
};

/** The three endpoints. Every request gets an answer: Teams sends a request again when it gets none. */
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
      answer(request.headers.authorization ?? '', request.body)
        .then(({ status, body }) => sendJson(response, status, body))
        .catch((error: unknown) => {
          log('activity not answered', { error: errorInLog(error) });
          if (!response.headersSent) sendJson(response, 500);
        })
        .finally(() => next());
    },
  );
  return server;
}

/** Written out here, because restify's own formatting searches the headers of every answer for a content type. */
function sendJson(response: ServerResponse, status: number, body?: unknown): void {
  const bytes = Buffer.from(body === undefined ? '' : JSON.stringify(body));
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  response.writeHead(status, { ...type, 'content-length': bytes.length });
  response.end(bytes);
}
