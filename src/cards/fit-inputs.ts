/** In UTF-8 bytes: all fields together, and the whole card, well under the 28 KB that Teams takes. */
const roomForTyped = 14_000;
const roomForCard = 25_000;
const short = 1_000;

type Part = Record<string, unknown>;

/**
 * A card that is refused comes back with what was typed. Of a text far over its limit only the beginning fits, and
 * the field's label says so: the rest is still where it was copied from.
 */
export function fitInputs(card: object): void {
  const long = inputs(card as Part).filter(({ value }) => Buffer.byteLength(String(value)) > short);
  const total = long.reduce((sum, { value }) => sum + Buffer.byteLength(String(value)), 0);
  if (total <= roomForTyped) return;
  const rest = bytes(card) - long.reduce((sum, { value }) => sum + bytes(value), 0);
  const share = Math.floor(Math.min(roomForTyped, Math.max(short, roomForCard - rest)) / long.length);
  for (const input of long) {
    const typed = String(input['value']);
    const fits = beginning(typed, share);
    if (fits.length === typed.length) continue;
    input['value'] = fits;
    const count = fits.length.toLocaleString('en-GB');
    input['label'] = `${String(input['label'])} (only the first ${count} characters fit in here)`;
  }
}

/** Not looked into: what a button carries, and an input itself. Every card is walked through, so nothing is copied. */
function inputs(part: Part, found: Part[] = []): Part[] {
  if (typeof part['type'] === 'string' && part['type'].startsWith('Input.')) found.push(part);
  else
    for (const key in part) {
      const inner = part[key];
      if (key !== 'data' && typeof inner === 'object' && inner !== null) inputs(inner as Part, found);
    }
  return found;
}

function bytes(part: unknown): number {
  return Buffer.byteLength(JSON.stringify(part));
}

/** At most so many bytes, and no character cut in two. */
function beginning(text: string, most: number): string {
  return Buffer.from(text)
    .subarray(0, most)
    .toString('utf8')
    .replace(/\ufffd+$/, '');
}
