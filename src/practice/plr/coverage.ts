/**
 * Cases reviewed against open cases (docs/domain.md, 4.1). The report asks for 10% and gives no base: by
 * default it is the open cases on the day of the draw, and the caller may count another.
 */
export interface Coverage {
  readonly reviewed: number;
  readonly open: number;
  /** Whole per cent, halves up; `null` when there is no open case. */
  readonly percent: number | null;
  /** Whole per cent. */
  readonly target: number;
  /** How many more cases would have to be reviewed to reach the target. */
  readonly shortfall: number;
}

export function coverageOf(reviewed: number, open: number, targetPercent: number): Coverage {
  return {
    reviewed,
    open,
    percent: open === 0 ? null : Math.floor((200 * reviewed + open) / (2 * open)),
    target: targetPercent,
    shortfall: Math.max(0, Math.ceil((open * targetPercent) / 100) - reviewed),
  };
}
