import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import ExcelJS from 'exceljs';
import fc from 'fast-check';
import { chartSvg, drawChart } from '../../../src/documents/charts.js';
import { reportCsv } from '../../../src/documents/report-csv.js';
import { reportDocument } from '../../../src/documents/report-document.js';
import { reportJson } from '../../../src/documents/report-json.js';
import { reportWorkbook, sheetNames } from '../../../src/documents/report-workbook.js';
import { harmless } from '../../../src/documents/spreadsheet-text.js';
import { shown } from '../../../src/documents/word-table.js';
import { isRefusal } from '../../../src/practice/base/errors.js';
import { percent } from '../../../src/practice/base/statistics/proportion.js';
import { tableRows, tablesOf, type Report, type Table } from '../../../src/practice/surface/report-model.js';
import { month } from '../../../src/practice/base/time.js';
import { anyFigures, figures, reportInput } from '../../builders/figures.js';
import { quarterlyReport } from '../../builders/reports.js';
import { openWord, type OpenedWord } from './word-reader.js';

function quarterOf(...[plrs, part]: Parameters<typeof reportInput>): Report {
  const report = quarterlyReport('2021-22-Q4', reportInput(plrs, part));
  if (isRefusal(report)) assert.fail(report.say);
  return report;
}

function smallReport(): Report {
  const hostile = '=HYPERLINK("http://x")';
  return quarterOf([
    figures().named('PLR-000001').returned('service', true).graded('good').moderated('inadequate').build(),
    figures().named('PLR-000002').inCycle('2022-01').returned('qa').graded('good').alerted().build(),
    figures().named('PLR-000003').ofService(hostile, '@team').action('to-do').finding('voice').build(),
  ]);
}

/** A table's figures as the model has them, as text: what every format is held against. */
function figuresOf(table: Table): string[][] {
  return tableRows(table).map((row) =>
    table.columns.map(({ key }) => {
      const cell = row.cells[key];
      return cell?.is === 'text' ? harmless(cell.text) : shown(cell);
    }),
  );
}

function asShown(n: unknown, of: unknown): string {
  return shown({ is: 'proportion', n: Number(n), of: Number(of) });
}

async function openWorkbook(report: Report): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  const bytes = await reportWorkbook(report);
  await workbook.xlsx.load(bytes as unknown as ExcelJS.Buffer);
  return workbook;
}

function inWorkbook(workbook: ExcelJS.Workbook, name: string, table: Table): string[][] {
  const sheet = workbook.getWorksheet(name);
  assert.ok(sheet, name);
  return tableRows(table).map((_, at) => {
    const values = sheet.getRow(at + 2);
    let column = 0;
    return table.columns.map(({ type }) => {
      column += 1;
      const { value } = values.getCell(column);
      if (type === 'proportion') {
        const [n, of] = [values.getCell(column + 1).value, values.getCell(column + 2).value];
        const whole = percent(Number(n), Number(of));
        assert.equal(value, whole === null ? null : whole / 100);
        column += 2;
        return asShown(n, of);
      }
      if (value instanceof Date) {
        const date = value.toISOString().slice(0, 10);
        return type === 'month'
          ? shown({ is: 'month', month: month(date.slice(0, 7)) })
          : shown({ is: 'date', date: date as never });
      }
      if (type === 'number') assert.equal(typeof value, 'number');
      assert.ok(value === null || typeof value === 'string' || typeof value === 'number');
      return String(value ?? '');
    });
  });
}

interface JsonTables {
  readonly tables: readonly { readonly id: string; readonly rows: readonly Record<string, unknown>[] }[];
}

function inJson(text: string, table: Table): string[][] {
  const found = (JSON.parse(text) as JsonTables).tables.find((one) => one.id === table.id);
  assert.ok(found, table.id);
  return found.rows.map((row) =>
    table.columns.map(({ key, type }) => {
      const value = row[key];
      if (typeof value === 'object' && value !== null && 'n' in value && 'of' in value) {
        return asShown(value.n, value.of);
      }
      if (type === 'month' && value !== 'Total') return shown({ is: 'month', month: value as never });
      if (type === 'date') return shown({ is: 'date', date: value as never });
      return type === 'number' ? String(value) : harmless(String(value));
    }),
  );
}

function inCsv(text: string, table: Table): string[][] {
  const cells = parse<Record<string, string>>(text, { columns: true }).filter(
    (one) => one['table'] === table.title,
  );
  return tableRows(table).map((row) =>
    table.columns.map(({ key, type }) => {
      const cell = cells.find((one) => one['row_id'] === harmless(row.id) && one['column_id'] === key);
      assert.ok(cell, `${table.id} ${row.id} ${key}`);
      if (type === 'proportion') return asShown(cell['n'], cell['of']);
      const value = cell['value'] ?? '';
      if (type === 'month' && value !== 'Total') return shown({ is: 'month', month: value as never });
      return type === 'date' ? shown({ is: 'date', date: value as never }) : value;
    }),
  );
}

async function assertSameInAll(report: Report): Promise<void> {
  const [word, workbook] = [openWord(await reportDocument(report)), await openWorkbook(report)];
  const [json, csv] = [reportJson(report), reportCsv(report)];
  const tables = tablesOf(report);
  const names = sheetNames(tables);
  assert.equal(word.tables.length, tables.length);
  tables.forEach((table, at) => {
    const expected = figuresOf(table);
    const inWord = word.tables[at]?.rows.slice(1).map((row) => row.map(harmless));
    assert.deepEqual(inWord, expected, `Word: ${table.id}`);
    assert.deepEqual(inWorkbook(workbook, names.get(table.id) ?? '', table), expected, `sheet: ${table.id}`);
    assert.deepEqual(inJson(json, table), expected, `JSON: ${table.id}`);
    assert.deepEqual(inCsv(csv, table), expected, `CSV: ${table.id}`);
  });
}

describe('a report in every format', () => {
  it('has the same figures in Word, the spreadsheet, JSON and CSV, for any figures', async () => {
    await fc.assert(
      fc.asyncProperty(anyFigures('2022-01', 40), (plrs) => assertSameInAll(quarterOf(plrs))),
      { seed: 20220607, numRuns: 6 },
    );
  }).timeout(120_000);

  it('gives the published JSON the figures of the tables', () => {
    const report = smallReport();
    const { fixed } = report;
    const json = JSON.parse(reportJson(report)) as Record<string, unknown>;
    for (const [key, value] of Object.entries(fixed)) assert.deepEqual(json[key], value);
  });
});

describe('the Word document', () => {
  let word: OpenedWord;
  before(async () => {
    word = openWord(await reportDocument(smallReport()));
  });

  it('has a title, its language and the title among its properties', () => {
    assert.match(word.parts.core, /<dc:title>Practice Learning Reviews: Quarter 4 2021\/22/);
    assert.match(word.parts.styles, /<w:lang w:val="en-GB"/);
    assert.match(word.parts.document, /<w:pStyle w:val="Title"\/>/);
  });

  it('dates itself as the British do', () => {
    assert.ok(word.paragraphs.includes('Date: 7 June 2022'));
  });

  it('numbers its headings, one level only, so that none is skipped', () => {
    const headings = word.parts.document.match(/<w:pStyle w:val="Heading\d"\/>/g) ?? [];
    assert.equal(headings.length, 9);
    assert.ok(headings.every((one) => one.includes('Heading1')));
    assert.match(word.parts.numbering, /<w:lvlText w:val="%1\."\/>/);
  });

  it('lists its sections in the contents, with their pages, without asking to update', () => {
    assert.match(word.parts.document, /TOC \\h \\o/);
    assert.doesNotMatch(word.parts.document, /w:dirty="(true|1)"/);
    const entries = word.paragraphs.filter((one) =>
      /^\d\.(Summary|Compliance|Grades|Data quality)\d$/.test(one),
    );
    assert.equal(entries.length, 4);
  });

  it('marks the header row of every table, and captions each', () => {
    assert.ok(word.tables.length > 8);
    assert.ok(word.tables.every((table) => table.hasHeaderRow));
    const captions = word.paragraphs.filter((one) => /^Table \d+: /.test(one));
    assert.equal(captions.length, word.tables.length);
  });

  it('describes every chart in words with its figures', () => {
    const alts = [...word.parts.document.matchAll(/<wp:docPr [^>]*descr="([^"]*)"/g)].map(
      (found) => found[1] ?? '',
    );
    assert.equal(alts.length, 3);
    assert.match(
      alts[0] ?? '',
      /January 2022: of PLRs sent, 0 of 1 \(0%\) returned by the service and 1 of 1 \(100%\)/,
    );
  });

  it('numbers its pages', () => {
    assert.match(word.parts.footer, /PAGE/);
    assert.match(word.parts.footer, /NUMPAGES/);
  });
});

describe('the spreadsheet', () => {
  let workbook: ExcelJS.Workbook;
  before(async () => {
    workbook = await openWorkbook(smallReport());
  });

  it('has a summary, a sheet for each table and one that says what every column means', () => {
    const names = workbook.worksheets.map((sheet) => sheet.name);
    assert.deepEqual(names, [
      'Summary',
      ...sheetNames(tablesOf(smallReport())).values(),
      'What the columns mean',
    ]);
    const meanings = workbook.getWorksheet('What the columns mean');
    const columns = workbook.worksheets.slice(1, -1).reduce((sum, sheet) => sum + sheet.columnCount, 0);
    assert.equal(meanings?.rowCount, columns + 1);
  });

  it('freezes the header of each table and filters its rows, not its total', () => {
    for (const sheet of workbook.worksheets.slice(1, -1)) {
      assert.equal(sheet.views[0]?.state, 'frozen');
      assert.ok(sheet.autoFilter, sheet.name);
    }
    const sheet = workbook.getWorksheet('Compliance by month');
    assert.equal(sheet?.autoFilter, 'A1:K4');
    assert.equal(sheet?.getCell('A5').value, 'Total');
  });

  it('holds no formula, whatever a service is called', () => {
    const texts: string[] = [];
    for (const sheet of workbook.worksheets) {
      sheet.eachRow((row) =>
        row.eachCell((cell) => {
          assert.notEqual(cell.type, ExcelJS.ValueType.Formula);
          if (typeof cell.value === 'string') texts.push(cell.value);
        }),
      );
    }
    assert.ok(texts.includes('\'=HYPERLINK("http://x")'));
    assert.ok(texts.every((text) => !/^[=+\-@]/.test(text)));
  });

  it('keeps every sheet’s name within 31 characters and apart from the others', () => {
    const [table] = tablesOf(smallReport());
    assert.ok(table);
    const long = ['a', 'b', 'c'].map((id) => ({
      ...table,
      id,
      title: 'Grades: [after] moderation/by service and team',
    }));
    const names = [...sheetNames(long).values()];
    assert.equal(new Set(names).size, 3);
    assert.ok(names.every((name) => name.length <= 31 && !/[*?:\\/[\]]/.test(name)));
  });
});

describe('CSV', () => {
  it('starts no cell as a formula', () => {
    for (const row of parse(reportCsv(smallReport()), { columns: false })) {
      for (const cell of row) assert.ok(!/^[=+\-@\t\r]/.test(cell), cell);
    }
  });

  for (const text of ['=1+1', '+44', '-1', '@sum', '\t=1', '\r=1']) {
    it(`makes ${JSON.stringify(text)} harmless`, () => {
      assert.equal(harmless(text), `'${text}`);
    });
  }
});

describe('a chart', () => {
  const charts = () => smallReport().sections.flatMap((section) => section.charts);

  it('tells its series apart by pattern, and prints the counts at each bar', async () => {
    const [compliance] = charts();
    assert.ok(compliance);
    const svg = await chartSvg(compliance);
    assert.match(svg, /url\(#ink-0\)/);
    assert.match(svg, /url\(#ink-1\)/);
    assert.match(svg, /100% \(1\/1\)/);
  });

  it('is drawn with the font that comes with the product', async () => {
    const [compliance] = charts();
    assert.ok(compliance);
    const blank = { ...compliance, series: compliance.series.map((one) => ({ ...one, name: ' ' })) };
    const [drawn, unnamed] = [await drawChart(compliance), await drawChart(blank)];
    assert.ok(drawn.png.subarray(1, 4).equals(Buffer.from('PNG')));
    assert.ok(drawn.png.length > unnamed.png.length);
  });

  it('keeps a category without any PLR, as a gap that says so', async () => {
    const [compliance] = charts();
    assert.ok(compliance);
    assert.match(await chartSvg(compliance), /February 2022/);
    assert.match(compliance.alt, /February 2022: of PLRs sent, 0 of 0 returned/);
  });
});
