/** In bytes of JSON: well under the 28 KB that Teams takes, and what needs no closer look. */
const roomForCard = 25_000;
const surelyFits = 14_000;
const short = 1_000;

type Part = Record<string, unknown>;

/** A text that a card shows, or the value of one of its fields. */
interface Long {
  readonly part: Part;
  readonly at: 'text' | 'value';
}

/**
 * Teams refuses a card that is too large, and then nobody gets it. Texts that do not fit are cut to their
 * beginnings, and the card says so: the whole of what is shown can be read where it was written, and somebody
 * who typed far over a limit still has the text from which they copied it.
 */
export function fitCard(card: object): void {
  const long = longTexts(card as Part);
  const total = long.reduce((sum, { part, at }) => sum + bytes(part[at]), 0);
  if (total <= surelyFits) return;
  const room = Math.max(short, roomForCard - (bytes(card) - total));
  if (total <= room) return;
  // Less the note on each text that is cut.
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

/**
 * What a button carries, and inputs themselves, are left out. Nothing is copied, since every card goes through
 * this.
 */
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

/** At most this many bytes of JSON, without cutting a character in two. */
function beginning(text: string, maxBytes: number): string {
  let fits = text;
  for (let size = bytes(fits); size > maxBytes; size = bytes(fits)) {
    fits = fits.slice(0, Math.floor((fits.length * maxBytes) / size));
    if (/[\ud800-\udbff]$/.test(fits)) fits = fits.slice(0, -1);
  }
  return fits;
}
