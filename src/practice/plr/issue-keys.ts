import type { PlrRef } from '../base/ids.js';

/** The message that brings a manager their PLR; later cards redraw it. */
export function assignedKey(ref: PlrRef): string {
  return `assigned.${ref}`;
}
