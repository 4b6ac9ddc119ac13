import type { PipelinePolicy } from '@azure/core-rest-pipeline';

/** A person waits at most 3 s for an answer, so a read or a save that hangs is given up before that. */
const patienceMs = 2_500;
/** Azure itself takes at most 5 s to find a page, and a roster or a draw is a large file. */
const longPatienceMs = 10_000;

/**
 * Gives up a request, its retries included, that storage has accepted but does not finish answering. The SDK's
 * own timeout ends with the first byte of the answer, so it would wait for ever for a body that stalls
 * half-way.
 */
export const requestTimeouts: PipelinePolicy = {
  name: 'patience',
  sendRequest: async (request, next) => {
    if (request.abortSignal !== undefined) return next(request);
    const giveUp = new AbortController();
    request.abortSignal = giveUp.signal;
    // Only in the address of a listing are these brackets empty.
    const ms = request.url.includes('()') ? longPatienceMs : patienceMs;
    const timer = setTimeout(() => giveUp.abort(), ms);
    try {
      return await next(request);
    } finally {
      clearTimeout(timer);
    }
  },
};

/** The same for files, whose bodies are read after the answer has begun: the timer keeps running, which costs more. */
export const fileRequestTimeouts: PipelinePolicy = {
  name: 'patience',
  sendRequest: (request, next) => {
    request.abortSignal ??= AbortSignal.timeout(longPatienceMs);
    return next(request);
  },
};

/** What Azure's clients for blobs and queues keep private: the policies of all clients made from them. */
interface WithPipeline {
  readonly storageClientContext: { readonly pipeline: { addPolicy(policy: PipelinePolicy): void } };
}

/** @throws when the SDK keeps its policies elsewhere. */
export function addPolicy(client: object, policy: PipelinePolicy): void {
  (client as WithPipeline).storageClientContext.pipeline.addPolicy(policy);
}
