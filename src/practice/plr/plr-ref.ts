import type { PersonId, PlrRef } from '../base/ids.js';
import { randomFrom } from '../base/random.js';

/** No vowels, so that no word appears; no 0, 1, I, L or O, so that it can be read out over the phone. */
const alphabet = '23456789BCDFGHJKMNPQRSTVWXYZ';
const length = 6;
const wellFormed = new RegExp(`^PLR-?([${alphabet}]{${length}})$`);

/**
 * Candidates for the reference of a manager's PLR, the same ones in the same order for the same seed. The
 * caller takes the first that no PLR has yet, and the next one after a collision or for a re-draw. Nothing of
 * the case, person or month can be read from it (docs/domain.md, "Privacy").
 */
export function* plrRefs(cycleSeed: string, managerId: PersonId): Generator<PlrRef, never> {
  for (let attempt = 1; ; attempt += 1) {
    const random = randomFrom(JSON.stringify(['plr-ref', cycleSeed, managerId, attempt]));
    const characters = Array.from({ length }, () => alphabet.charAt(random.below(alphabet.length)));
    yield `PLR-${characters.join('')}` as PlrRef;
  }
}

/** Reads a reference as people type it: small letters, spaces and a missing hyphen are all right. */
export function parsePlrRef(text: string): PlrRef | undefined {
  const found = wellFormed.exec(text.replace(/\s+/g, '').toUpperCase());
  return found ? (`PLR-${found[1]}` as PlrRef) : undefined;
}

const anywhere = new RegExp(`\\bPLR-[${alphabet}]{${length}}\\b`, 'g');

/** The references that a text names, each once, in their order. */
export function refsIn(text: string): PlrRef[] {
  return [...new Set(text.match(anywhere))] as PlrRef[];
}
