/** Of the SDK's requests and answers, what this reads and writes. */
interface Request {
  streamResponseStatusCodes?: Set<number>;
}

interface Answer {
  readonly readableStreamBody?: AsyncIterable<Uint8Array | string>;
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

async function textOf(body: Answer['readableStreamBody']): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    const read = Buffer.from(chunk);
    bytes += read.length;
    // Leaving the loop closes the connection: the rest is not read.
    if (bytes > longestBytes) return '';
    chunks.push(read);
  }
  return Buffer.concat(chunks).toString('utf8');
}
