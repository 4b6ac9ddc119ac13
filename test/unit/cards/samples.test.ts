import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Cards, cardsFolder } from '../../../src/cards/cards.js';
import { presented } from '../../builders/presented.js';

describe('the sample of a card', () => {
  for (const name of new Cards().names()) {
    it(`${name} is what its presenter makes`, async () => {
      const content = await presented[name]?.();
      assert.ok(content !== undefined, 'nobody presents it: add it to test/builders/presented.ts');
      assert.equal(content.template, name);
      const sample: unknown = JSON.parse(readFileSync(new URL(`${name}.sample.json`, cardsFolder), 'utf8'));
      assert.deepEqual(sample, JSON.parse(JSON.stringify(content.data)));
    });
  }
});
