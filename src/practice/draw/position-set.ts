/** Positions of a list, the end not included. */
export interface PositionRange {
  readonly from: number;
  readonly until: number;
}

/**
 * A set of positions that can be counted and drawn from while whole spans are left out. A binary indexed
 * tree (Fenwick 1994): each step costs the logarithm of the size, so the draw stays near-linear.
 */
export class PositionSet {
  private readonly size: number;
  private readonly present: Uint8Array;
  /** `sums[i]` counts the members in the block of positions that ends before `i`. */
  private readonly sums: Int32Array;
  private readonly highestStep: number;

  constructor(size: number) {
    this.size = size;
    this.present = new Uint8Array(size);
    this.sums = new Int32Array(size + 1);
    this.highestStep = size === 0 ? 0 : 2 ** Math.floor(Math.log2(size));
  }

  /** Replaces the whole set in one pass. */
  reset(isMember: (position: number) => boolean): void {
    this.sums.fill(0);
    for (let index = 1; index <= this.size; index += 1) {
      const member = isMember(index - 1) ? 1 : 0;
      this.present[index - 1] = member;
      this.sums[index]! += member;
      const above = index + (index & -index);
      if (above <= this.size) this.sums[above]! += this.sums[index]!;
    }
  }

  set(position: number, member: boolean): void {
    const value = member ? 1 : 0;
    const change = value - this.present[position]!;
    if (change === 0) return;
    this.present[position] = value;
    for (let index = position + 1; index <= this.size; index += index & -index) this.sums[index]! += change;
  }

  countOutside(spans: readonly PositionRange[]): number {
    return spans.reduce((count, span) => count - this.countIn(span), this.countBefore(this.size));
  }

  /** The member with `rank` members before it, those in `spans` left out. Spans are in order and apart. */
  nthOutside(rank: number, spans: readonly PositionRange[]): number {
    let rankInAll = rank;
    for (const span of spans) {
      if (this.countBefore(span.from) > rankInAll) break;
      rankInAll += this.countIn(span);
    }
    return this.nth(rankInAll);
  }

  private countIn({ from, until }: PositionRange): number {
    return this.countBefore(until) - this.countBefore(from);
  }

  private countBefore(position: number): number {
    let count = 0;
    for (let index = position; index > 0; index -= index & -index) count += this.sums[index]!;
    return count;
  }

  private nth(rank: number): number {
    let [position, left] = [0, rank];
    for (let step = this.highestStep; step > 0; step >>= 1) {
      const sum = position + step <= this.size ? this.sums[position + step]! : Infinity;
      if (sum <= left) {
        position += step;
        left -= sum;
      }
    }
    return position;
  }
}
