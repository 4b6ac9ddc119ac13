import {
  Document,
  Footer,
  HeadingLevel,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
  type FileChild,
} from 'docx';
import type { RecordContent, RecordPart } from '../practice/surface/record-content.js';
import { documentStyles, tableWidth } from './document-styles.js';
import { printed } from './printable.js';

/**
 * A PLR as an accessible Word document for the child's electronic record (docs/domain.md, 4.9): real headings,
 * header rows, en-GB.
 */
export function plrDocument(content: RecordContent): Promise<Buffer> {
  const { title, parts } = printed(content);
  return Packer.toBuffer(
    new Document({
      title,
      subject: 'Practice Learning Review',
      creator: 'Quality Assurance Service',
      description: `${title}, for the child’s electronic record`,
      styles: documentStyles,
      sections: [
        {
          footers: { default: new Footer({ children: [footer(title)] }) },
          children: [new Paragraph({ text: title, heading: HeadingLevel.TITLE }), ...parts.flatMap(drawn)],
        },
      ],
    }),
  );
}

function footer(title: string): Paragraph {
  return new Paragraph({
    children: [
      new TextRun(`${title}, official: sensitive. Page `),
      new TextRun({ children: [PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES] }),
    ],
  });
}

function drawn(part: RecordPart): FileChild[] {
  switch (part.is) {
    case 'heading':
      return [new Paragraph({ text: part.text, heading: HeadingLevel.HEADING_1 })];
    case 'paragraph':
      return part.text
        .split('\n')
        .map((line) => new Paragraph({ children: [new TextRun(line)], spacing: { after: 120 } }));
    case 'table':
      return [table(part.columns, part.rows)];
  }
}

/**
 * The header row is marked and repeated on each page, and no row breaks across pages. The last column has the
 * most text, and is twice as wide.
 */
function table(columns: readonly string[], rows: readonly (readonly string[])[]): Table {
  const width = Math.floor(tableWidth / (columns.length + 1));
  const widths = columns.map((_, at) => (at === columns.length - 1 ? 2 * width : width));
  const row = (cells: readonly string[], header: boolean) =>
    new TableRow({
      tableHeader: header,
      cantSplit: true,
      children: cells.map(
        (text, at) =>
          new TableCell({
            width: { size: widths[at] ?? width, type: WidthType.DXA },
            children: text
              .split('\n')
              .map(
                (line) => new Paragraph({ children: [new TextRun({ text: line, bold: header, size: 20 })] }),
              ),
          }),
      ),
    });
  return new Table({
    width: { size: tableWidth, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    rows: [row(columns, true), ...rows.map((cells) => row(cells, false))],
  });
}
