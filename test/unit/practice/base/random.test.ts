import assert from 'node:assert/strict';
import fc from 'fast-check';
import { randomFrom } from '../../../../src/practice/base/random.js';

const runs = { seed: 20220607, numRuns: 200 };

describe('the seeded generator', () => {
  it('gives the numbers it has always given', () => {
    const random = randomFrom('2022-04');
    assert.deepEqual(
      Array.from({ length: 5 }, () => random.next()),
      [3089044679, 686437253, 3131335964, 15985507, 4148616200],
    );
    assert.deepEqual(randomFrom('').next(), 1372766452);
    assert.deepEqual(randomFrom('2022-04').shuffle(['a', 'b', 'c', 'd', 'e', 'f']), [
      'c',
      'e',
      'b',
      'a',
      'd',
      'f',
    ]);
  });

  it('gives the same numbers for the same seed and others for a seed that differs in one character', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const numbers = (from: string) => {
          const random = randomFrom(from);
          return [random.next(), random.next(), random.next(), random.next()];
        };
        assert.deepEqual(numbers(seed), numbers(seed));
        assert.notDeepEqual(numbers(seed), numbers(`${seed}.`));
      }),
      runs,
    );
  });

  it('draws each number below a limit about as often as any other', () => {
    const random = randomFrom('fair');
    const counts = [0, 0, 0, 0, 0, 0, 0];
    for (let draw = 0; draw < 70_000; draw += 1) counts[random.below(7)]! += 1;
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    assert.ok(chiSquare < 22.5, `chi-square ${chiSquare} on 6 degrees of freedom (99.9% is below 22.5)`);
  });

  it('stays below any limit up to 2^32 and refuses the others', () => {
    const random = randomFrom('limits');
    assert.equal(random.below(1), 0);
    assert.ok(random.below(2 ** 32) < 2 ** 32);
    assert.ok(random.below(3_000_000_000) < 3_000_000_000);
    for (const limit of [0, -1, 1.5, 2 ** 32 + 1, Number.NaN])
      assert.throws(() => random.below(limit), RangeError);
  });

  it('shuffles into a permutation and leaves the original alone', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.string(), (items, seed) => {
        const before = [...items];
        const shuffled = randomFrom(seed).shuffle(items);
        assert.deepEqual(items, before);
        assert.deepEqual([...shuffled].sort(), [...items].sort());
      }),
      runs,
    );
  });
});
