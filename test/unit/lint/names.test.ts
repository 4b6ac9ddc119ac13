import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';

const declared = /^export (?:async |abstract )*(?:function\*?|const|interface|type|class|enum) (\w+)/gm;
const src = new URL('../../../src/', import.meta.url);

describe('an exported name', () => {
  it('means one thing in all of the product', () => {
    const places = new Map<string, string[]>();
    const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    for (const file of files)
      for (const [, name = ''] of readFileSync(new URL(file, src), 'utf8').matchAll(declared))
        places.set(name, [...(places.get(name) ?? []), file]);
    assert.ok(places.size > 1_000);
    const twice = [...places].filter(([, where]) => new Set(where).size > 1);
    assert.deepEqual(Object.fromEntries(twice), {});
  });
});
