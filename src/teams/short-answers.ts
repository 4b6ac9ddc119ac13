import type { Readable } from 'node:stream';

/** Of the SDK's requests and answers, what this reads and writes. */
interface Request {
  streamResponseStatusCodes?: Set<number>;
}

interface Answer {
  readonly readableStreamBody?: Readable;
  readonly bodyAsText?: string | null;
}

export interface Policy {
  readonly name: string;
  sendRequest(request: Request, next: (request: Request) => Promise<Answer>): Promise<Answer>;
}

/** Teams answers with an id, or with a page of a roster: a few kilobytes. */
const longestBytes = 256 * 1024;

/**
 * Reads what Teams answers up to a length, and no further: whatever comes back is held in memory and read as JSON. A
 * longer one counts as an answer that nobody can read.
 */
export const shortAnswers: Policy = {
  name: 'shortAnswers',
  sendRequest: async (request, next) => {
    request.streamResponseStatusCodes = new Set([Number.POSITIVE_INFINITY]);
    const { readableStreamBody, ...answer } = await next(request);
    delete request.streamResponseStatusCodes;
    return { ...answer, bodyAsText: await textOf(readableStreamBody) };
  },
};

function textOf(body: Answer['readableStreamBody']): Promise<string> {
  if (body === undefined) return Promise.resolve('');
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    body.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= longestBytes) return void chunks.push(chunk);
      // The connection is closed, and the rest is not read.
      body.destroy();
      resolve('');
    });
    body.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    body.once('error', reject);
    body.once('close', () => reject(new Error('The answer was cut short.')));
  });
}
