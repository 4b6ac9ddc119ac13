import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';

const practice = new URL('../../../src/practice/', import.meta.url);
const features = readdirSync(practice).filter((floor) =>
  existsSync(new URL(`${floor}/feature.ts`, practice)),
);

describe('the files of a feature', () => {
  it('are those of every feature', () => assert.ok(features.length >= 9, features.join(' ')));

  for (const feature of features)
    it(`have the same names in ${feature}: no file says the name of its folder again`, () => {
      const files = readdirSync(new URL(`${feature}/`, practice)).filter((file) => file.endsWith('.ts'));
      const singular = feature.replace(/s$/, '');
      assert.deepEqual(
        files.filter((file) => file.startsWith(`${singular}-`) || file.startsWith(`${feature}-`)),
        [],
      );
    });
});
