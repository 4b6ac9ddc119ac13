import assert from 'node:assert/strict';
import { coverageOf } from '../../../../src/practice/plr/coverage.js';

describe('coverage', () => {
  it('is cases reviewed of open cases, in whole per cent, halves up', () => {
    assert.equal(coverageOf(80, 1600, 10).percent, 5);
    assert.equal(coverageOf(1, 200, 10).percent, 1);
    assert.equal(coverageOf(1, 201, 10).percent, 0);
  });

  it('says how many cases more would reach the target', () => {
    assert.equal(coverageOf(80, 1600, 10).shortfall, 80);
    assert.equal(coverageOf(80, 1601, 10).shortfall, 81);
    assert.equal(coverageOf(200, 1600, 10).shortfall, 0);
  });

  it('has no percentage of no cases', () => {
    assert.deepEqual(coverageOf(0, 0, 10), { reviewed: 0, open: 0, percent: null, target: 10, shortfall: 0 });
  });
});
