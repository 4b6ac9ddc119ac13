import type { Persona } from './playgrounds.js';

export interface LocalPersona extends Persona {
  /** For the list that is printed: `gets a PLR and returns it`. */
  readonly does: string;
}

/**
 * Loads the sample council into an empty store, issues the current cycle (both change nothing when they
 * were done before), and says who gets a Playground.
 *
 * A placeholder: it touches no storage and names nobody until the import and the draw are wired in.
 */
export async function prepareLocalStore(_connectionString: string): Promise<readonly LocalPersona[]> {
  return Promise.resolve([]);
}
