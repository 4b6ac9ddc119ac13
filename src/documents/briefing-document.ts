import {
  BorderStyle,
  Document,
  HeadingLevel,
  Packer,
  PageOrientation,
  Paragraph,
  TextRun,
  type ISectionOptions,
} from 'docx';
import type { Briefing, Slide } from '../practice/surface/briefing.js';
import { printed } from './printable.js';

/** Twentieths of a point: A4, given upright as Word expects, and turned by the orientation. */
const page = {
  size: { width: 11_906, height: 16_838, orientation: PageOrientation.LANDSCAPE },
  margin: { top: 900, bottom: 900, left: 1_200, right: 1_200 },
};

/**
 * The bite-size briefing, a page for each slide, the speaker's notes under a line at its foot (docs/domain.md,
 * 5.1). Real headings and lists for screen readers; sizes that can be read from a screen on a wall.
 */
export async function briefingDocument(content: Briefing): Promise<Buffer> {
  const briefing = printed(content);
  return Packer.toBuffer(
    new Document({
      title: `${briefing.title}: ${briefing.subtitle}`,
      creator: 'Practice Learning Bot',
      styles: { default: { document: { run: { font: 'Arial', size: 32, language: { value: 'en-GB' } } } } },
      sections: [titlePage(briefing), ...briefing.slides.map(slidePage)],
    }),
  );
}

function titlePage({ title, subtitle }: Briefing): ISectionOptions {
  return {
    properties: { page },
    children: [
      new Paragraph({
        heading: HeadingLevel.TITLE,
        spacing: { before: 2_400, after: 240 },
        children: [new TextRun({ text: title, bold: true, size: 64 })],
      }),
      new Paragraph({ children: [new TextRun({ text: subtitle, size: 40 })] }),
    ],
  };
}

function slidePage({ title, points, notes }: Slide): ISectionOptions {
  return {
    properties: { page },
    children: [
      new Paragraph({
        heading: HeadingLevel.HEADING_1,
        spacing: { after: 240 },
        children: [new TextRun({ text: title, bold: true, size: 48 })],
      }),
      ...points.map((text) => new Paragraph({ text, bullet: { level: 0 }, spacing: { after: 160 } })),
      new Paragraph({
        heading: HeadingLevel.HEADING_2,
        spacing: { before: 480, after: 80 },
        border: { top: { style: BorderStyle.SINGLE, size: 6, color: '505A5F', space: 8 } },
        children: [new TextRun({ text: 'Speaker notes', bold: true, size: 22 })],
      }),
      ...notes.map(
        (text) => new Paragraph({ spacing: { after: 60 }, children: [new TextRun({ text, size: 22 })] }),
      ),
    ],
  };
}
