import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { actionsCsv } from '../../../src/documents/actions-csv.js';
import { actionsWorkbook } from '../../../src/documents/actions-workbook.js';
import { updateAction } from '../../../src/practice/actions/decide-action.js';
import { withAction } from '../../../src/practice/plr/actions-of-plr.js';
import { trackerColumns, trackerLines } from '../../../src/practice/actions/tracker.js';
import { isRefusal } from '../../../src/practice/base/errors.js';
import type { PersonId } from '../../../src/practice/base/ids.js';
import { localDate } from '../../../src/practice/base/time.js';
import { aPlrWith, councilAt, plannedAction } from '../../builders/planned-actions.js';

const council = councilAt('2022-05-03T10:00:00Z');
const nasty = ['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'];

function lines(what: string, evidence = 'Case note') {
  const plr = aPlrWith([plannedAction({ what })]);
  const update = { to: 'done', evidence, difference: 'She feels safe' } as const;
  const done = updateAction(plr.actions[0]!, update, 'ash-worker-first' as PersonId, council.now);
  assert.ok(!isRefusal(done));
  return trackerLines([withAction(plr, done)], council);
}

const cellsOf = (csv: string) => parse(csv, { bom: true });

describe('the action tracker', () => {
  it('has a line for every action and a heading for every column', () => {
    const [header, row, ...rest] = cellsOf(actionsCsv(lines('Visit the child')));
    assert.deepEqual(
      header,
      trackerColumns.map(({ title }) => title),
    );
    assert.deepEqual(rest, []);
    const cell = (title: string) => row?.[header.indexOf(title)];
    assert.equal(cell('Owner'), 'Ash Worker First');
    assert.equal(cell('Due'), '2022-04-29');
    assert.equal(cell('RAG'), 'Done: waiting to be verified');
    assert.equal(cell('Difference'), 'She feels safe');
  });

  for (const text of nasty) {
    it(`makes ${JSON.stringify(text)} harmless in CSV and in the workbook`, async () => {
      const tracker = lines(text, text);
      for (const cell of cellsOf(actionsCsv(tracker)).flat()) assert.doesNotMatch(cell, /^[=+\-@\t\r]/);
      const workbook = new ExcelJS.Workbook();
      // Its types are of an older Node's Buffer.
      await workbook.xlsx.load((await actionsWorkbook(tracker, localDate('2022-05-03'))) as never);
      workbook.getWorksheet('Actions')?.eachRow((row) =>
        row.eachCell((cell) => {
          assert.notEqual(cell.type, ExcelJS.ValueType.Formula);
          assert.doesNotMatch(cell.text, /^[=+\-@\t\r]/);
        }),
      );
    });
  }

  it('reads back what anyone may write, commas, quotes and line breaks too', () => {
    const text = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', ' ', '€', '=') });
    fc.assert(
      fc.property(text, (what) => {
        const rows = cellsOf(actionsCsv(lines(`x${what}`)));
        assert.equal(rows[1]?.[trackerColumns.findIndex(({ key }) => key === 'what')], `x${what}`);
      }),
      { seed: 20220607 },
    );
  });

  it('gives the workbook real dates, filters and what each column means', async () => {
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(
      (await actionsWorkbook(lines('Visit the child'), localDate('2022-05-03'))) as never,
    );
    const sheet = workbook.getWorksheet('Actions');
    const due = sheet?.getRow(2).getCell(trackerColumns.findIndex(({ key }) => key === 'dueOn') + 1);
    assert.deepEqual(due?.value, new Date('2022-04-29'));
    assert.ok(sheet?.autoFilter);
    assert.equal(workbook.getWorksheet('What the columns mean')?.rowCount, trackerColumns.length + 1);
  });
});
