import type { DocumentKey, DocumentKind, Services } from './ports.js';

/** Keeps how far a job has got, in place of what it kept before. */
export async function keepNote<State>(
  { documents }: Pick<Services, 'documents'>,
  kind: DocumentKind<State>,
  key: DocumentKey,
  state: State,
  did: string,
): Promise<void> {
  const note = { state, did, messages: [] };
  if (await documents.create(kind, key, note, 'system')) return;
  await documents.change(kind, key, 'system', () => note);
}
