import assert from 'node:assert/strict';
import { SharedReads } from '../../../src/storage/shared-reads.js';

describe('reads of the same rows that are asked for at once', () => {
  let stored: string;
  let under: { finish(): void; fail(): void }[];
  let reads: SharedReads;
  beforeEach(() => {
    stored = 'old';
    under = [];
    reads = new SharedReads();
  });

  /** What is stored when the read begins; it ends when it is told to. */
  const ask = (name = 'a') =>
    reads.read(name, () => {
      const found = stored;
      return new Promise<string>((resolve, reject) => {
        under.push({ finish: () => resolve(found), fail: () => reject(new Error('storage is away')) });
      });
    });
  const turn = () => new Promise(setImmediate);

  it('are one that is under way and one that all the others share', async () => {
    const [first, ...others] = Array.from({ length: 50 }, () => ask());
    assert.equal(under.length, 1);
    under[0]!.finish();
    await first;
    await turn();
    assert.equal(under.length, 2);
    under[1]!.finish();
    assert.deepEqual(
      await Promise.all(others),
      Array.from({ length: 49 }, () => 'old'),
    );
  });

  it('show each what was saved before they asked', async () => {
    const first = ask();
    stored = 'new';
    const second = ask();
    under[0]!.finish();
    assert.equal(await first, 'old');
    await turn();
    under[1]!.finish();
    assert.equal(await second, 'new');
    stored = 'newest';
    const third = ask();
    under[2]!.finish();
    assert.equal(await third, 'newest');
  });

  it('wait for none of something else', () => {
    void ask('a');
    void ask('b');
    assert.equal(under.length, 2);
  });

  it('fail together, and the next is asked for anew', async () => {
    const [first, second] = [ask(), ask()];
    under[0]!.fail();
    await assert.rejects(first);
    await turn();
    under[1]!.fail();
    await assert.rejects(second);
    const third = ask();
    under[2]!.finish();
    assert.equal(await third, 'old');
  });
});
