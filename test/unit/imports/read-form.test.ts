import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readForms } from '../../../src/imports/read-form.js';

interface FormFile {
  version: string;
  standards: { id: string; title: string }[];
  sections: Record<string, unknown>[];
}

const risk = {
  id: 'risk',
  title: 'Risk',
  help: 'Is the child safe?',
  standard: 'safe',
  mayBeNotApplicable: true,
};
const form = (version: string, changes: Partial<FormFile> = {}): FormFile => ({
  version,
  standards: [{ id: 'safe', title: 'We keep children safe' }],
  sections: [risk],
  ...changes,
});

describe('the review forms of a council', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'forms-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (name: string, content: unknown) =>
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  const read = () => readForms(pathToFileURL(`${folder}/`));

  it('are used by their newest version, and the older ones stay readable', () => {
    for (const version of ['2022-05.10', '2022-05', '2022-05.9', '2021-11'])
      write(`${version}.json`, form(version));
    const { current, byVersion } = read();
    assert.equal(current.version, '2022-05.10');
    assert.deepEqual([...byVersion.keys()], ['2021-11', '2022-05', '2022-05.9', '2022-05.10']);
  });

  it('must be there', () => {
    assert.throws(read, { code: 'no-form' });
  });

  it('are refused with everything that is wrong, by place', () => {
    write('2022-05.json', {
      ...form('2022-05'),
      sections: [
        { ...risk, title: '' },
        { ...risk, mayBeNotApplicable: 'perhaps' },
      ],
    });
    assert.throws(read, (error: Error) => {
      assert.match(error.message, /cards\/form\/2022-05\.json cannot be used/);
      assert.match(error.message, /sections\.0\.title: is empty/);
      assert.match(error.message, /sections\.1\.mayBeNotApplicable/);
      return true;
    });
  });

  const wrong: [what: string, content: unknown, says: RegExp][] = [
    ['is not JSON', '{', /is not JSON/],
    [
      'names a standard that is not there',
      form('2022-05', { standards: [{ id: 'kind', title: 'x' }] }),
      /"safe", which is not in the list/,
    ],
    ['has a section twice', form('2022-05', { sections: [risk, risk] }), /section "risk" is there twice/],
    [
      'has no section on risk',
      form('2022-05', { sections: [{ ...risk, id: 'voice' }] }),
      /"risk" is missing/,
    ],
    [
      'takes the name of a part that every review has',
      form('2022-05', { sections: [risk, { ...risk, id: 'overall' }] }),
      /"overall" has the name of a part/,
    ],
    ['says another version than its name', form('2022-06'), /says it is version 2022-06/],
  ];
  for (const [what, content, says] of wrong) {
    it(`are refused when a file ${what}`, () => {
      write('2022-05.json', content);
      assert.throws(read, says);
    });
  }
});
