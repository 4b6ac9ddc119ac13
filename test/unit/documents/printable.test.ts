import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import { strFromU8, unzipSync } from 'fflate';
import { trackerColumns, type TrackerLine } from '../../../src/practice/actions/tracker.js';
import { localDate } from '../../../src/practice/base/time.js';
import { actionsCsv } from '../../../src/documents/actions-csv.js';
import { actionsWorkbook } from '../../../src/documents/actions-workbook.js';
import { briefingDocument } from '../../../src/documents/briefing-document.js';
import { plrDocument } from '../../../src/documents/plr-document.js';
import { printable } from '../../../src/documents/printable.js';
import { reportCsv } from '../../../src/documents/report-csv.js';
import { reportDocument } from '../../../src/documents/report-document.js';
import { reportWorkbook } from '../../../src/documents/report-workbook.js';
import { isRefusal } from '../../../src/practice/base/errors.js';
import { figures, reportInput } from '../../builders/figures.js';
import { quarterlyReport } from '../../builders/reports.js';
import { openWord } from './word-reader.js';

/** What was saved before there was a door for text, or came in by another: each breaks a file that it gets into. */
const saved = 'seen\uffff\ufffe\ufdd0\u{1ffff}\u0000\u000b\u2028twice\ud800 \u{1f3f4}\u{e0067}\u{e007f}';
const printed = 'seen\n\ntwice\ufffd \u{1f3f4}\u{e0067}\u{e007f}';
const notInAFile = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufdd0-\ufdef\ufffe\uffff]/;

const report = () => {
  const made = quarterlyReport(
    '2021-22-Q4',
    reportInput([
      figures().named('PLR-000001').ofService(saved, saved).returned('service', true).graded('good').build(),
    ]),
  );
  if (isRefusal(made)) assert.fail(made.say);
  return made;
};

describe('what no file can hold', () => {
  it('is left out, and everything else stays', () => assert.equal(printable(saved), printed));

  it('does not make a workbook of actions unreadable', async () => {
    const line = Object.fromEntries(
      trackerColumns.map(({ key }) => [
        key,
        ['createdOn', 'dueOn', 'doneOn', 'verifiedOn'].includes(key) ? '' : saved,
      ]),
    ) as unknown as TrackerLine;
    const workbook = new ExcelJS.Workbook();
    const bytes = await actionsWorkbook([line], localDate('2022-06-07'));
    await workbook.xlsx.load(bytes as unknown as ExcelJS.Buffer);
    assert.equal(workbook.getWorksheet('Actions')?.getRow(2).getCell(1).value, printed);
    const [, row] = parse(actionsCsv([line]), { bom: true });
    assert.equal(row?.[0], printed);
  });

  it('does not make a report unreadable', async () => {
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load((await reportWorkbook(report())) as unknown as ExcelJS.Buffer);
    assert.ok(workbook.worksheets.length > 3);
    assert.doesNotMatch(reportCsv(report()), notInAFile);
    assert.doesNotMatch(openWord(await reportDocument(report())).parts.document, notInAFile);
  });

  it('does not make a briefing or a record unreadable', async () => {
    const slide = { title: saved, points: [saved], notes: [saved] };
    const briefing = await briefingDocument({ title: saved, subtitle: saved, slides: [slide] });
    const record = await plrDocument({
      title: saved,
      parts: [
        { is: 'paragraph', text: saved },
        { is: 'table', columns: [saved], rows: [[saved]] },
      ],
    });
    for (const file of [briefing, record]) {
      const document = strFromU8(unzipSync(file)['word/document.xml'] ?? new Uint8Array());
      assert.match(document, /seen/);
      assert.doesNotMatch(document, notInAFile);
    }
  });
});
