import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readCsv } from '../../../src/imports/read-csv.js';

const read = (text: string) => readCsv('x.csv', Buffer.from(text), 'a');

describe('reading a CSV file', () => {
  it('gives the line on which each row begins, after cells of several lines', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const text = ['a,b', '1,"x', 'y', 'z"', '', '2,3', '"4', '4",5', '6,7'].join(end);
      assert.deepEqual(
        read(text).rows.map(({ line }) => line),
        [2, 6, 7, 9],
        JSON.stringify(end),
      );
    }
  });

  it('gives the right line for a wrong quote that comes after cells of several lines', () => {
    const { problems, rows } = read('a,b\r\n1,"x\r\ny\r\nz"\r\n2,q"q\r\n3,4\r\n5,q"q\r\n6,7\r\n');
    assert.deepEqual(
      problems.map(({ line, column }) => [line, column]),
      [
        [5, 'b'],
        [7, 'b'],
      ],
    );
    assert.deepEqual(
      rows.map(({ line }) => line),
      [2, 6, 8],
    );
  });

  it('stops at a row too long to be one, and says where it began', () => {
    const { problems } = read(`a,b\n1,2\n3,"${'x\n'.repeat(50_000)}`);
    assert.deepEqual(
      problems.map(({ line }) => line),
      [3],
    );
  });

  it('reads back what was written, each row on its own line', () => {
    const cell = fc
      .string({ unit: fc.constantFrom('x', 'é', '"', ',', '\n', '\r\n', ';', ' ') })
      .map((text) => text.trim());
    const row = fc.tuple(cell, cell, cell).filter((cells) => cells.some((text) => text !== ''));
    fc.assert(
      fc.property(fc.array(row), fc.constantFrom('\n', '\r\n'), fc.boolean(), (rows, end, bom) => {
        const lines = rows.map((cells) => cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(','));
        const text = [`${bom ? '\ufeff' : ''}a,b,c`, ...lines, ''].join(end);
        const result = read(text);
        let next = 2;
        const expected = rows.map((cells) => {
          const line = next;
          next += 1 + cells.join('').split('\n').length - 1;
          return { line, cells };
        });
        assert.deepEqual(result, { header: ['a', 'b', 'c'], rows: expected, problems: [] });
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
