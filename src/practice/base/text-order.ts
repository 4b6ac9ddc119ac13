/** By code unit, not by the machine's language: the same order everywhere, and the same draw. */
export function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** In the order in which a reader looks for them: small letters do not come after all the capitals. */
export function compareNames(one: string, other: string): number {
  return compareText(one.toLowerCase(), other.toLowerCase());
}
