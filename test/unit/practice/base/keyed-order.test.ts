import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  fnv1a32,
  fractionsFrom,
  inKeyedOrder,
  keyedFraction,
  murmur3Finaliser,
} from '../../../../src/practice/base/keyed-order.js';

describe('keyed order', () => {
  it('hashes as the published FNV-1a vectors do', () => {
    assert.equal(fnv1a32(''), 0x811c9dc5);
    assert.equal(fnv1a32('a'), 0xe40c292c);
    assert.equal(fnv1a32('foobar'), 0xbf9cf968);
  });

  it('mixes as MurmurHash3’s finaliser does', () => {
    assert.equal(murmur3Finaliser(0), 0);
    assert.equal(murmur3Finaliser(1), 0x514e28b7);
    assert.equal(murmur3Finaliser(0xffffffff), 0x81f16f39);
  });

  it('gives the same fraction for ever: kept draws are explained by it', () => {
    assert.equal(keyedFraction('2022-04', 'PLR-7K3M2Q'), 0.4755326807498932);
  });

  it('spreads neighbouring names evenly over ten parts', () => {
    const parts = new Array<number>(10).fill(0);
    for (let at = 0; at < 10_000; at += 1) {
      const part = Math.floor(10 * keyedFraction('seed', `PLR-${at}`));
      parts[part] = (parts[part] ?? 0) + 1;
    }
    const chiSquared = parts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    assert.ok(chiSquared < 27.9, `chi-squared ${chiSquared} on 9 degrees of freedom (p = 0.001 is 27.9)`);
  });

  it('orders without regard to the order given, and leaves the input alone', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 20 }), fc.string(), (names, seed) => {
        const before = [...names];
        const ordered = inKeyedOrder(seed, names, (name) => name);
        assert.deepEqual(
          inKeyedOrder(seed, [...names].reverse(), (name) => name),
          ordered,
        );
        assert.deepEqual(names, before);
        assert.deepEqual([...ordered].sort(), [...names].sort());
      }),
      { seed: 5 },
    );
  });

  it('makes one row of fractions from one seed, with the mean of even ones', () => {
    const [first, again, other] = [fractionsFrom('a'), fractionsFrom('a'), fractionsFrom('b')];
    const row = Array.from({ length: 10_000 }, first);
    assert.deepEqual(Array.from({ length: 10_000 }, again), row);
    assert.notEqual(other(), row[0]);
    const mean = row.reduce((sum, one) => sum + one, 0) / row.length;
    assert.ok(Math.abs(mean - 0.5) < 0.01, `mean ${mean}`);
    assert.ok(row.every((one) => one >= 0 && one < 1));
  });
});
