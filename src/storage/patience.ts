import type { PipelinePolicy } from '@azure/core-rest-pipeline';

/** A person waits at most 3 s for an answer, so a read or a save that hangs is given up before. */
const patienceMs = 2_500;
/** Azure itself looks for a page for at most 5 s, and a roster or a draw is a large file. */
const longPatienceMs = 10_000;

/**
 * Gives up a request that storage took and does not answer to its end, its retries included. The SDK's own
 * timeout is over with the first byte of the answer: a body that stalls half-way would be awaited for ever.
 */
export const patience: PipelinePolicy = {
  name: 'patience',
  sendRequest: async (request, next) => {
    if (request.abortSignal !== undefined) return next(request);
    const giveUp = new AbortController();
    request.abortSignal = giveUp.signal;
    // Only the address of a listing has these brackets empty.
    const ms = request.url.includes('()') ? longPatienceMs : patienceMs;
    const timer = setTimeout(() => giveUp.abort(), ms);
    try {
      return await next(request);
    } finally {
      clearTimeout(timer);
    }
  },
};

/** The same for files, whose bodies are read after the answer was given: the timer runs on, which costs more. */
export const patienceWithFiles: PipelinePolicy = {
  name: 'patience',
  sendRequest: (request, next) => {
    request.abortSignal ??= AbortSignal.timeout(longPatienceMs);
    return next(request);
  },
};

/** What Azure's clients of blobs and queues keep to themselves: the policies of all clients made from them. */
interface WithPipeline {
  readonly storageClientContext: { readonly pipeline: { addPolicy(policy: PipelinePolicy): void } };
}

/** @throws when the SDK keeps its policies elsewhere. */
export function addPolicy(client: object, policy: PipelinePolicy): void {
  (client as WithPipeline).storageClientContext.pipeline.addPolicy(policy);
}
