import assert from 'node:assert/strict';
import { Fault } from '../../../../../src/practice/base/errors.js';
import { percent, shareInWords, wilson } from '../../../../../src/practice/base/statistics/proportion.js';

describe('a proportion', () => {
  it('is in whole per cent, as the report’s own table gives it', () => {
    // Quarter 4 of 2021/22 (docs/domain.md, 13): 6/78 and 16/46, and the total by the Service, 29/204.
    assert.deepEqual([percent(6, 78), percent(16, 46), percent(29, 204), percent(7, 80)], [8, 35, 14, 9]);
  });

  it('rounds halves up, exactly', () => {
    assert.deepEqual([percent(1, 200), percent(1, 8), percent(29, 200), percent(57, 200)], [1, 13, 15, 29]);
    assert.deepEqual([percent(0, 3), percent(3, 3), percent(1, 3), percent(2, 3)], [0, 100, 33, 67]);
  });

  it('is nothing where the base is 0', () => {
    assert.equal(percent(0, 0), null);
    assert.equal(wilson(0, 0), null);
    assert.equal(shareInWords(0, 0), '0 of 0');
  });

  it('is never said without its counts', () => {
    assert.equal(shareInWords(9, 12), '9 of 12 (75%)');
  });

  it('refuses what is no count', () => {
    for (const [n, of] of [
      [-1, 5],
      [0.5, 5],
      [1, NaN],
    ] as const) {
      assert.throws(() => percent(n, of), Fault);
    }
    assert.throws(() => wilson(6, 5), Fault);
  });
});

describe('Wilson’s interval', () => {
  // Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3.
  const published: [number, number, string, string][] = [
    [81, 263, '0.2553', '0.3662'],
    [15, 148, '0.0624', '0.1605'],
    [0, 20, '0.0000', '0.1611'],
    [1, 29, '0.0061', '0.1718'],
  ];
  for (const [n, of, low, high] of published) {
    it(`is ${low} to ${high} for ${n} of ${of} (Newcombe 1998)`, () => {
      const interval = wilson(n, of);
      assert.equal(interval?.low.toFixed(4), low);
      assert.equal(interval?.high.toFixed(4), high);
    });
  }

  it('mirrors itself and stays within 0 and 1', () => {
    for (let n = 0; n <= 7; n += 1) {
      const one = wilson(n, 7)!;
      const other = wilson(7 - n, 7)!;
      assert.ok(Math.abs(one.low - (1 - other.high)) < 1e-12);
      assert.ok(0 <= one.low && one.low <= n / 7 && n / 7 <= one.high && one.high <= 1);
    }
  });
});
