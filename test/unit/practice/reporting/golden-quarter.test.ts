import assert from 'node:assert/strict';
import { createReadStream, readFileSync } from 'node:fs';
import { reportJson } from '../../../../src/documents/report-json.js';
import { readHistory } from '../../../../src/imports/read-history.js';
import { isRefusal } from '../../../../src/practice/base/errors.js';
import type { Report } from '../../../../src/practice/surface/report-model.js';
import { reportInput } from '../../../builders/figures.js';
import { quarterlyReport } from '../../../builders/reports.js';

const golden = new URL('../../../data/golden/', import.meta.url);

interface Golden {
  readonly quarter: string;
  readonly compliance: unknown;
  readonly grades: unknown;
}

function goldenJson(text: string): Golden {
  const { quarter, compliance, grades } = JSON.parse(text) as Golden;
  return { quarter, compliance, grades };
}

describe('the published quarter, Q4 2021/22', () => {
  let report: Report;

  before(async () => {
    const read = await readHistory(
      'history.csv',
      createReadStream(new URL('history-2021-22-q4.csv', golden)),
    );
    assert.ok(read.is === 'read');
    const made = quarterlyReport('2021-22-Q4', reportInput(read.figures));
    assert.ok(!isRefusal(made));
    report = made;
  });

  it('gives exactly the figures its counts give', () => {
    const expected = readFileSync(new URL('q4-expected.json', golden), 'utf8');
    assert.deepEqual(goldenJson(reportJson(report)), goldenJson(expected));
  });

  it('prints January as 7 of 80 (9%), and never as 79%', () => {
    const january = report.fixed.compliance[0];
    assert.equal(january?.percentReturnedByService, 9);
    assert.ok(!reportJson(report).includes('79'));
  });

  it('flags nothing to check: no record of it is wrong', () => {
    assert.deepEqual(
      report.notes.filter((note) => note.level === 'check'),
      [],
    );
  });

  it('says only that it was imported, what is too small, and which services the roster lacks', () => {
    assert.deepEqual(
      report.notes.map((note) => note.kind),
      ['imported-history', 'few-returned', 'service-not-in-roster'],
    );
  });

  it('claims the rise of March, and says both bases by name', () => {
    assert.deepEqual(report.headlines.slice(0, 2), [
      'Of the PLRs sent, services returned 29 of 204 (14%). The QA Service completed 6 more itself, so 35 of 204 (17%) were returned in all.',
      'In March 2022 services returned 16 of 46 (35%), in February 2022 6 of 78 (8%). That is a rise.',
    ]);
  });
});
