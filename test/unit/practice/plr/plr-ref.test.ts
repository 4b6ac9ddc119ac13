import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parsePlrRef, plrRefs, refsIn } from '../../../../src/practice/plr/plr-ref.js';
import type { PersonId } from '../../../../src/practice/base/ids.js';

const first = (seed: string, manager: string) => plrRefs(seed, manager as PersonId).next().value;

describe('PLR references', () => {
  it('are the same for ever, for a cycle’s seed and a manager', () => {
    const candidates = plrRefs('2022-04', 'M01' as PersonId);
    const three = [candidates.next().value, candidates.next().value, candidates.next().value];
    assert.deepEqual(three, ['PLR-YDT7RZ', 'PLR-KY3MF2', 'PLR-CNQFN3']);
  });

  it('are six characters that spell no word and cannot be misheard', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (seed, manager) => {
        assert.match(first(seed, manager), /^PLR-[2-9B-DF-HJKMNP-TV-Z]{6}$/);
      }),
      { seed: 20220607, numRuns: 500 },
    );
  });

  it('differ from manager to manager, and between seeds that read the same when joined', () => {
    const refs = Array.from({ length: 1000 }, (_, at) => first('2022-04', `M${at}`));
    assert.equal(new Set(refs).size, 1000);
    assert.notEqual(first('a', 'bc'), first('ab', 'c'));
  });

  it('are read as people type them', () => {
    for (const typed of ['PLR-7K3M2Q', 'plr-7k3m2q', '  plr 7k3 m2q\n', 'PLR7K3M2Q', 'plr - 7k3m2q']) {
      assert.equal(parsePlrRef(typed), 'PLR-7K3M2Q', typed);
    }
  });

  it('are not read from anything else', () => {
    for (const typed of [
      '',
      'PLR-',
      '7K3M2Q',
      'PLR-7K3M2',
      'PLR-7K3M2QQ',
      'PLR-7K3M2A',
      'PLR-0K3M2Q',
      'see PLR-7K3M2Q',
    ]) {
      assert.equal(parsePlrRef(typed), undefined, typed);
    }
  });

  it('is found wherever a text names it, once', () => {
    assert.deepEqual(refsIn('"PLR-7K3M2Q" and PLR-7K3M2Q.PLR-2B3C4D, not PLR-7K3M2QX, PLR-000000'), [
      'PLR-7K3M2Q',
      'PLR-2B3C4D',
    ]);
    assert.deepEqual(refsIn(''), []);
  });
});
