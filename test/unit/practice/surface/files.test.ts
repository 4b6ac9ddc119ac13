import assert from 'node:assert/strict';
import { fileName, partsOfKey } from '../../../../src/practice/surface/files.js';

describe('a file for a person', () => {
  it('is found by two parts, of which the second may have a slash', () => {
    assert.deepEqual(partsOfKey('2022-03/1'), ['2022-03', '1']);
    assert.deepEqual(partsOfKey('2022-03/a/b'), ['2022-03', 'a/b']);
    assert.deepEqual(partsOfKey('2022-03'), ['2022-03', '']);
  });

  it('has a name that OneDrive takes', () => {
    assert.equal(fileName('Report: Care / Early help?', 'docx'), 'Report Care Early help.docx');
  });
});
