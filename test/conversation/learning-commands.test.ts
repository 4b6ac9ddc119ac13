import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import type { Foundation } from '../../src/foundation.js';
import { briefKey } from '../../src/practice/learning/brief.js';
import { briefKind } from '../../src/practice/learning/brief-kind.js';
import { aDraftedBrief } from '../builders/a-brief.js';
import { runPlr, startOperatorsStore } from './plr-command.js';
import { namedCouncil } from './learning-council.js';

const draft = aDraftedBrief({ workingWell: '- We hear the child: 6 of 7' });

describe('plr firewall and plr learning', () => {
  let folder: string;
  let foundation: Foundation;
  let stop: () => Promise<void>;
  before(async () => {
    ({ foundation, stop } = await startOperatorsStore());
    folder = await mkdtemp(join(tmpdir(), 'plr-'));
    await foundation.rosters.replace(namedCouncil());
    const key = briefKey(draft.cycleId, draft.serviceId);
    await foundation.services.documents.create(
      briefKind,
      key,
      { state: draft, did: 'drafted the brief', messages: [] },
      'system',
    );
  });
  after(async () => {
    await stop();
    await rm(folder, { recursive: true });
  });

  it('answer every line of a file by its number, with offsets into it', async () => {
    const file = join(folder, 'texts.txt');
    await writeFile(
      file,
      'We read each plan.\r\nAsk Delyth Lindqvist, case CS-1100.\n\nCall 07700 900123.\n',
    );
    const { out, code } = await runPlr('firewall', 'check', file, '--json');
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(out), [
      { line: 1, hits: [] },
      {
        line: 2,
        hits: [
          { kind: 'name', start: 4, end: 20 },
          { kind: 'case-reference', start: 27, end: 34 },
        ],
      },
      { line: 3, hits: [] },
      { line: 4, hits: [{ kind: 'phone', start: 5, end: 17 }] },
    ]);
  });

  it('say it in words, and how much was checked', async () => {
    const file = join(folder, 'texts.txt');
    await writeFile(file, 'Ask Delyth Lindqvist.');
    const { out } = await runPlr('firewall', 'check', file);
    assert.equal(out, 'line 1, 5 to 20: “Delyth Lindqvist” looks like a name\n1 line checked, 1 found\n');
  });

  it('refuse a file that is not there, or is no text', async () => {
    const gone = await runPlr('firewall', 'check', join(folder, 'gone.txt'));
    assert.deepEqual([gone.code, gone.out], [1, '']);
    assert.match(gone.err, /cannot be opened/);
    await writeFile(join(folder, 'bytes'), Buffer.from([0xff, 0xfe, 0x00]));
    const bytes = await runPlr('firewall', 'check', join(folder, 'bytes'));
    assert.match(bytes.err, /not text in UTF-8/);
    assert.equal((await runPlr('firewall', 'check')).code, 2);
  });

  it('make the brief a document of slides with speaker notes, marked as a draft until it is approved', async () => {
    const file = join(folder, 'brief.docx');
    const { code } = await runPlr(
      'learning',
      'brief',
      '--service',
      'assessment',
      '--month',
      '2022-04',
      '--out',
      file,
    );
    assert.equal(code, 0);
    const parts = unzipSync(new Uint8Array(await readFile(file)));
    const document = strFromU8(parts['word/document.xml'] ?? new Uint8Array());
    assert.match(document, /April 2022 \(draft, not approved\)/);
    assert.equal(document.match(/Speaker notes/g)?.length, 5);
    assert.equal(document.match(/w:orient="landscape"/g)?.length, 6);
    assert.match(document, /We hear the child: 6 of 7/);
  });

  it('refuse a brief that was not drafted', async () => {
    const words = ['--service', 'care', '--month', '2022-04', '--out', join(folder, 'none.docx')];
    const { code, err } = await runPlr('learning', 'brief', ...words);
    assert.equal(code, 1);
    assert.match(err, /There is no brief of "care" for 2022-04/);
  });

  it('list what recurs as CSV with its heading even when nothing does', async () => {
    const { out, code } = await runPlr('learning', '--format', 'csv');
    assert.equal(code, 0);
    assert.equal(out, 'service_id,service,standard,title,months,found_in,of_reviews\n');
    assert.deepEqual(JSON.parse((await runPlr('learning', '--json')).out), []);
  });
});
