import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const root = new URL('../../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

const [, ...walks] = read('docs/architecture.md')
  .split('## Two walks')[1]!
  .split('\n## ')[0]!
  .split(/^\*\*From /m);

describe('the two walks of docs/architecture.md', () => {
  for (const walk of walks) {
    const hops = [...walk.matchAll(/^\d+\. `([^`]+)` `(\w+)`/gm)].map(([, file = '', name = '']) => ({
      file,
      name,
    }));

    it(`from ${walk.split('.')[0]}: at most 18 hops, each where it says`, () => {
      assert.ok(hops.length > 10 && hops.length <= 18, `${hops.length} hops`);
      for (const { file, name } of hops)
        assert.match(
          read(file),
          new RegExp(`(?:function|const|async|private|^ ) *${name}\\b`, 'm'),
          `${file} ${name}`,
        );
    });
  }

  it('are two', () => assert.equal(walks.length, 2));
});
