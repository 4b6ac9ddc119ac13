/** A whole-number percentage, halves up; null where the base is 0 (a share of nothing is not 0%). */
export function percent(n: number, of: number): number | null {
  return of === 0 ? null : Math.floor((200 * n + of) / (2 * of));
}

/** Wilson's score interval of the proportion n/of, as shares from 0 to 1; with nothing counted, all of it. */
export function wilson(n: number, of: number, z = 1.96): { low: number; high: number } {
  if (of === 0) return { low: 0, high: 1 };
  const share = n / of;
  const centre = share + (z * z) / (2 * of);
  const spread = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  const scale = 1 + (z * z) / of;
  return { low: Math.max(0, (centre - spread) / scale), high: Math.min(1, (centre + spread) / scale) };
}
