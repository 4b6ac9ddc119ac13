import { LineRuleType, type IStylesOptions } from 'docx';

/** Between the margins of an A4 page, in twentieths of a point. */
export const tableWidth = 9638;

const font = 'Arial';
const ink = '0B0C0C';
const headingRun = { font, color: ink, bold: true };

/** Arial at 11 points, en-GB throughout: plain, and on every machine that opens the report. */
export const documentStyles: IStylesOptions = {
  default: {
    document: {
      run: { font, size: 22, color: ink, language: { value: 'en-GB' } },
      // Without a line rule the spacing is exact, and cuts off pictures and large letters.
      paragraph: { spacing: { line: 276, lineRule: LineRuleType.AUTO } },
    },
    title: { run: { ...headingRun, size: 40 }, paragraph: { spacing: { after: 240 } } },
    heading1: {
      run: { ...headingRun, size: 30 },
      paragraph: { spacing: { before: 360, after: 160 }, keepNext: true },
    },
    heading2: {
      run: { ...headingRun, size: 26 },
      paragraph: { spacing: { before: 240, after: 120 }, keepNext: true },
    },
  },
  paragraphStyles: [
    {
      ...{ id: 'Caption', name: 'caption', basedOn: 'Normal', next: 'Normal', quickFormat: true },
      run: { font, size: 20, bold: true, italics: false, color: ink },
      paragraph: { spacing: { before: 200, after: 100 } },
    },
    {
      ...{ id: 'TableNote', name: 'Table note', basedOn: 'Normal', next: 'Normal' },
      run: { font, size: 18, color: '383F43' },
      paragraph: { spacing: { before: 80, after: 240 } },
    },
    {
      // Looks like a heading but is not one, so that the table of contents does not list itself.
      ...{ id: 'ContentsHeading', name: 'Contents heading', basedOn: 'Normal', next: 'Normal' },
      run: { ...headingRun, size: 26 },
      paragraph: { spacing: { before: 240, after: 120 }, keepNext: true },
    },
  ],
};
