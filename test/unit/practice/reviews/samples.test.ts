import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { cardsFolder } from '../../../../src/cards/cards.js';
import { presentedSamples } from './presented.js';

describe('the samples of the review and home cards', () => {
  for (const { template, data } of presentedSamples()) {
    it(`shows ${template} as its presenter makes it`, () => {
      const sample: unknown = JSON.parse(
        readFileSync(new URL(`${template}.sample.json`, cardsFolder), 'utf8'),
      );
      assert.deepEqual(JSON.parse(JSON.stringify(data)), sample);
    });
  }
});
