/** In bytes of JSON: a card well under the 28 KB that Teams takes, and what needs no second look. */
const roomForCard = 25_000;
const surelyFits = 14_000;
const short = 1_000;

type Part = Record<string, unknown>;

/** A text that a card shows, or what stands in one of its fields. */
interface Long {
  readonly part: Part;
  readonly at: 'text' | 'value';
}

/**
 * Teams refuses a card that is too large, and then nobody has it. Of texts that do not fit, only the beginnings
 * are there, and it says so: what is shown is read whole where it was written, and what was typed far over its limit is
 * still where it was copied from.
 */
export function fitCard(card: object): void {
  const long = longTexts(card as Part);
  const total = long.reduce((sum, { part, at }) => sum + bytes(part[at]), 0);
  if (total <= surelyFits) return;
  const room = Math.max(short, roomForCard - (bytes(card) - total));
  if (total <= room) return;
  // Less what is said of each that is cut.
  const share = Math.max(100, Math.floor(room / long.length) - 100);
  for (const { part, at } of long) {
    const whole = String(part[at]);
    const fits = beginning(whole, share);
    if (fits.length === whole.length) continue;
    if (at === 'text') part[at] = `${fits}… (only the beginning fits in here)`;
    else {
      part[at] = fits;
      const count = fits.length.toLocaleString('en-GB');
      part['label'] = `${String(part['label'])} (only the first ${count} characters fit in here)`;
    }
  }
}

/** Not looked into: what a button carries, and an input itself. Every card is walked through, so nothing is copied. */
function longTexts(part: Part, found: Long[] = []): Long[] {
  const { type, text, value } = part;
  const isInput = typeof type === 'string' && type.startsWith('Input.');
  if (isInput && isLong(value)) found.push({ part, at: 'value' });
  if (isInput) return found;
  if (isLong(text)) found.push({ part, at: 'text' });
  for (const key in part) {
    const inner = part[key];
    if (key !== 'data' && typeof inner === 'object' && inner !== null) longTexts(inner as Part, found);
  }
  return found;
}

function isLong(text: unknown): boolean {
  return typeof text === 'string' && 3 * text.length > short && Buffer.byteLength(text) > short;
}

function bytes(part: unknown): number {
  return Buffer.byteLength(JSON.stringify(part));
}

/** At most so many bytes of JSON, and no character cut in two. */
function beginning(text: string, most: number): string {
  let fits = text;
  for (let size = bytes(fits); size > most; size = bytes(fits)) {
    fits = fits.slice(0, Math.floor((fits.length * most) / size));
    if (/[\ud800-\udbff]$/.test(fits)) fits = fits.slice(0, -1);
  }
  return fits;
}
