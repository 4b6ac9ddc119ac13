import {
  AlignmentType,
  Document,
  Footer,
  HeadingLevel,
  ImageRun,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  SimpleField,
  TableOfContents,
  TextRun,
  type FileChild,
} from 'docx';
import { estimatePageNumbers } from 'docx/layout';
import { counted } from '../practice/reporting/in-words.js';
import { dateInWords } from '../practice/council/words.js';
import type { Report, Section, Table } from '../practice/surface/report-model.js';
import { drawChart, type ChartPicture } from './charts.js';
import { documentStyles } from './document-styles.js';
import { printed } from './printable.js';
import { wordTable } from './word-table.js';

const headings = 'numbered-headings';

/** Counts for the whole document: Word numbers captions across sections. */
interface Captions {
  tables: number;
  figures: number;
}

/**
 * The report as a Word document that can be sent on unchanged: title, date, contents, a summary drawn from
 * the figures, numbered headings, tables with header rows and captions, charts with alternative text.
 */
export async function reportDocument(content: Report): Promise<Buffer> {
  const report = printed(content);
  const captions: Captions = { tables: 0, figures: 0 };
  const body: FileChild[] = [...opening(report), ...summary(report)];
  for (const section of report.sections) body.push(...(await sectionParts(section, captions)));
  body.push(...dataQuality(report));
  return Packer.toBuffer(documentOf(report, body));
}

function documentOf(report: Report, children: FileChild[]): Document {
  return new Document({
    title: report.title,
    subject: `${report.scope}, ${report.period.inWords}`,
    creator: 'Quality Assurance Service',
    description: report.headlines[0] ?? report.title,
    styles: documentStyles,
    // The contents come with their page numbers, so Word has nothing to update and asks nothing.
    pageNumbers: estimatePageNumbers,
    numbering: {
      config: [
        {
          reference: headings,
          levels: [1, 2].map((depth) => ({
            level: depth - 1,
            format: LevelFormat.DECIMAL,
            text: depth === 1 ? '%1.' : '%1.%2',
            alignment: AlignmentType.LEFT,
            style: { paragraph: { indent: { left: 567, hanging: 567 } } },
          })),
        },
      ],
    },
    sections: [
      {
        properties: { page: { size: { width: 11906, height: 16838 }, margin: pageMargin } },
        footers: { default: footerOf(report) },
        children,
      },
    ],
  });
}

const pageMargin = { top: 1134, bottom: 1134, left: 1134, right: 1134 };

function footerOf(report: Report): Footer {
  const page = ['Page ', PageNumber.CURRENT, ' of ', PageNumber.TOTAL_PAGES];
  return new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [new TextRun({ children: [`${report.title}. `, ...page], size: 18 })],
      }),
    ],
  });
}

function opening(report: Report): FileChild[] {
  return [
    new Paragraph({ text: report.title, heading: HeadingLevel.TITLE }),
    paragraph(`Report to the Quality Assurance and Improvement Board. ${report.scope}.`),
    paragraph(`Date: ${dateInWords(report.madeOn)}`),
    new Paragraph({ text: 'Contents', style: 'ContentsHeading' }),
    new TableOfContents('Contents', { hyperlink: true, headingStyleRange: '1-1' }),
  ];
}

function summary(report: Report): FileChild[] {
  return [heading('Summary'), ...report.headlines.map(bullet)];
}

async function sectionParts(section: Section, captions: Captions): Promise<FileChild[]> {
  const parts: FileChild[] = [heading(section.heading), ...section.sentences.map(paragraph)];
  for (const table of section.tables) {
    parts.push(...captioned(table, (captions.tables += 1)));
    for (const chart of section.charts.filter((one) => one.tableId === table.id)) {
      parts.push(...figure(chart.title, await drawChart(chart), (captions.figures += 1)));
    }
  }
  return parts;
}

function dataQuality({ notes }: Report): FileChild[] {
  const none = paragraph('Every figure was reconciled with its rows. Nothing was found to correct.');
  const toCheck = notes.filter((note) => note.level === 'check').length;
  const check =
    toCheck === 0 ? [] : [paragraph(`${counted(toCheck, 'note')} below ask for a record to be checked.`)];
  const list = notes.map((note) => bullet(note.say));
  return [heading('Data quality'), ...(notes.length === 0 ? [none] : [...check, ...list])];
}

function heading(text: string): Paragraph {
  return new Paragraph({
    text,
    heading: HeadingLevel.HEADING_1,
    numbering: { reference: headings, level: 0 },
  });
}

function paragraph(text: string): Paragraph {
  return new Paragraph({ text, spacing: { after: 120 } });
}

function bullet(text: string): Paragraph {
  return new Paragraph({ text, bullet: { level: 0 }, spacing: { after: 80 } });
}

/** "Table 3: Compliance by month", numbered by a field so that Word can list and refer to it. */
function caption(kind: 'Table' | 'Figure', count: number, title: string): Paragraph {
  return new Paragraph({
    style: 'Caption',
    keepNext: kind === 'Table',
    children: [
      new TextRun(`${kind} `),
      new SimpleField(`SEQ ${kind} \\* ARABIC`, String(count)),
      new TextRun(`: ${title}`),
    ],
  });
}

function captioned(table: Table, count: number): FileChild[] {
  return [
    caption('Table', count, table.title),
    wordTable(table),
    new Paragraph({ text: table.basis, style: 'TableNote' }),
  ];
}

function figure(title: string, picture: ChartPicture, count: number): FileChild[] {
  const scale = Math.min(1, 620 / picture.width);
  const image = new ImageRun({
    type: 'png',
    data: picture.png,
    transformation: { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) },
    altText: { name: `Figure ${count}`, title, description: picture.alt },
  });
  return [new Paragraph({ children: [image], keepNext: true }), caption('Figure', count, title)];
}
