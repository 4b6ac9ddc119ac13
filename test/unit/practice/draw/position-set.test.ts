import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PositionSet, type PositionRange } from '../../../../src/practice/draw/position-set.js';

describe('a set of positions', () => {
  it('counts and finds its members outside any spans as a plain list does', () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.boolean()), { maxLength: 30 });
    const cuts = fc.uniqueArray(fc.nat(40), { maxLength: 8 });
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 40 }), changes, cuts, (start, changed, edges) => {
        const plain = [...start];
        const set = new PositionSet(plain.length);
        set.reset((position) => plain[position]!);
        for (const [at, member] of plain.length === 0 ? [] : changed) {
          plain[at % plain.length] = member;
          set.set(at % plain.length, member);
        }
        const spans = spansWithin(edges, plain.length);
        const outside = plain.flatMap((member, at) => (member && !isIn(at, spans) ? [at] : []));
        assert.equal(set.countOutside(spans), outside.length);
        assert.deepEqual(
          outside.map((_, rank) => set.nthOutside(rank, spans)),
          outside,
        );
      }),
      { seed: 20220607, numRuns: 500 },
    );
  });
});

function spansWithin(edges: number[], size: number): PositionRange[] {
  const sorted = edges.filter((edge) => edge <= size).sort((one, other) => one - other);
  return sorted.flatMap((from, at) =>
    at % 2 === 0 && at + 1 < sorted.length ? [{ from, until: sorted[at + 1]! }] : [],
  );
}

function isIn(position: number, spans: readonly PositionRange[]): boolean {
  return spans.some(({ from, until }) => from <= position && position < until);
}
