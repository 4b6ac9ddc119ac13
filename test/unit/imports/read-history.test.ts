import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { ImportProblem } from '../../../src/imports/read-csv.js';
import { readHistory } from '../../../src/imports/read-history.js';

const header = 'plr_ref,cycle,service_id,manager_id,sent_on,returned_on,completed_by,grade,moderated_grade';
const returned = 'H-1,2022-01,assessment,m1,2022-01-04,2022-01-20,service,good,inadequate';
const golden = new URL('../../data/golden/history-2021-22-q4.csv', import.meta.url);

function read(...lines: string[]) {
  return readHistory('history.csv', Readable.from([lines.join('\n')]));
}

async function problemsOf(...lines: string[]): Promise<readonly ImportProblem[]> {
  const result = await read(...lines);
  assert.ok(result.is === 'refused', 'the file should be refused');
  assert.ok(result.problems.every((one) => one.file === 'history.csv'));
  return result.problems;
}

const inShort = (problems: readonly ImportProblem[]) =>
  problems.map(({ line, column }) => `${line} ${column}`);

describe('reading a history', () => {
  it('reads all 204 PLRs of the published quarter, marked as imported', async () => {
    const result = await readHistory('history.csv', createReadStream(golden));
    assert.ok(result.is === 'read');
    assert.equal(result.figures.length, 204);
    assert.ok(result.figures.every((one) => one.source === 'history' && one.kind === 'monthly'));
    assert.deepEqual(result.warnings, []);
  });

  it('gives the same figures when it is read again', async () => {
    const [first, second] = await Promise.all(
      [0, 1].map(() => readHistory('history.csv', createReadStream(golden))),
    );
    assert.deepEqual(first, second);
  });

  it('keeps the original grade and the moderated one, which is agreed', async () => {
    const result = await read(header, returned);
    assert.ok(result.is === 'read');
    assert.deepEqual(result.figures[0], {
      ...{ ref: 'H-1', cycleId: '2022-01', kind: 'monthly', source: 'history' },
      ...{ serviceId: 'assessment', managerId: 'm1', sentOn: '2022-01-04', dueOn: '2022-01-31' },
      standing: { is: 'returned', on: '2022-01-20', completedBy: 'service', late: false },
      grades: { original: 'good', moderated: 'inadequate' },
      ...{ moderation: 'agreed', actions: [], findings: [] },
    });
  });

  it('calls a return after the month late', async () => {
    const result = await read(header, returned.replace('2022-01-20', '2022-02-01'));
    assert.ok(result.is === 'read');
    const { standing } = result.figures[0]!;
    assert.ok(standing.is === 'returned' && standing.late);
  });

  it('takes a byte order mark, Windows line ends, blank lines and columns in another order', async () => {
    const [first = '', ...rest] = header.split(',');
    const [value = '', ...values] = returned.split(',');
    const moved = [[...rest, first].join(','), '', [...values, value].join(','), ''].join('\r\n');
    const result = await read(`\ufeff${moved}`);
    assert.ok(result.is === 'read');
    assert.equal(result.figures[0]?.ref, 'H-1');
  });

  it('ignores an unknown column, and warns of it', async () => {
    const result = await read(`${header},notes`, `${returned},something`);
    assert.ok(result.is === 'read');
    assert.deepEqual(result.warnings, ['history.csv: the column “notes” is not known and was ignored.']);
  });

  it('names everything that is wrong at once, with line, column and reason', async () => {
    const problems = await problemsOf(
      header,
      returned,
      'H-2,2022-13,,m1,04/01/2022,2022-02-30,manager,fair,poor',
      'H/3,2022-01,assessment,m1,2022-01-04,,,,',
      returned,
    );
    assert.deepEqual(inShort(problems), [
      ...['3 cycle', '3 service_id', '3 sent_on', '3 returned_on', '3 completed_by', '3 grade'],
      ...['3 moderated_grade', '4 plr_ref', '5 plr_ref'],
    ]);
    const reasons = new Map(problems.map(({ line, column, reason }) => [`${line} ${column}`, reason]));
    assert.equal(reasons.get('3 cycle'), 'is a month as 2022-01, not “2022-13”');
    assert.equal(reasons.get('3 service_id'), 'is empty');
    assert.equal(reasons.get('3 completed_by'), 'is empty or one of service, qa, not “manager”');
    assert.equal(reasons.get('5 plr_ref'), 'H-1 is already on line 2');
  });

  it('refuses what may not stand together', async () => {
    const problems = await problemsOf(
      header,
      'H-1,2022-01,assessment,m1,2022-01-04,,service,good,',
      'H-2,2022-01,assessment,m1,2022-01-04,2022-01-03,,,good',
    );
    assert.deepEqual(inShort(problems), [
      ...['2 completed_by', '2 grade', '3 returned_on', '3 completed_by', '3 grade'],
    ]);
  });

  it('says a missing column once, and not of every row', async () => {
    const without = header.replace(',grade', '');
    assert.deepEqual(
      inShort(await problemsOf(without, returned.replace(',good', ''), returned.replace(',good', ''))),
      ['1 grade'],
    );
  });

  it('names the line of a row with too few or too many cells', async () => {
    assert.deepEqual(inShort(await problemsOf(header, 'H-1,2022-01', `${returned},x`)), [
      '2 service_id',
      '3 moderated_grade',
    ]);
  });

  it('passes over the empty rows that a spreadsheet leaves behind', async () => {
    const result = await read(header, returned, ',,,,,,,,', '');
    assert.ok(result.is === 'read');
    assert.equal(result.figures.length, 1);
  });

  it('says once of a file parted by semicolons how to save it', async () => {
    const problems = await problemsOf(header.replaceAll(',', ';'), returned.replaceAll(',', ';'));
    assert.equal(problems.length, 1);
    assert.match(problems[0]?.reason ?? '', /not parted by commas/);
  });

  it('refuses an empty file, and a file that is not CSV', async () => {
    assert.equal(
      (await problemsOf(''))[0]?.reason,
      'The file is empty. Its first line must name the columns.',
    );
    assert.match(
      (await problemsOf(header, 'H-1,"2022'))[0]?.reason ?? '',
      /double quote opens here and is never closed/,
    );
  });

  it('fails when the file cannot be read, instead of taking it for an empty one', async () => {
    await assert.rejects(
      readHistory('history.csv', createReadStream('/nowhere/history.csv')),
      (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
    );
  });

  it('reads 60,000 rows as they come, telling how far it is', async () => {
    const rows = 60_000;
    function* lines() {
      yield `${header}\n`;
      for (let at = 0; at < rows; at += 1) yield `${returned.replace('H-1', `H-${at}`)}\n`;
    }
    const told: number[] = [];
    const result = await readHistory('history.csv', Readable.from(lines()), (read) => told.push(read));
    assert.ok(result.is === 'read');
    assert.equal(result.figures.length, rows);
    assert.equal(told[0], 1000);
    assert.equal(told.at(-1), rows);
  }).timeout(60_000);
});
