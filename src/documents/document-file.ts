import type { FileContent } from '../practice/surface/files.js';
import { briefingDocument } from './briefing-document.js';
import { plrDocument } from './plr-document.js';
import { reportDocument } from './report-document.js';
import { reportWorkbook } from './report-workbook.js';

/** The bytes of a file: Word, or a spreadsheet. A report with charts takes up to a second or two. */
export function documentFile(content: FileContent): Promise<Buffer> {
  switch (content.as) {
    case 'report':
      return reportDocument(content.report);
    case 'report-workbook':
      return reportWorkbook(content.report);
    case 'briefing':
      return briefingDocument(content.briefing);
    case 'record':
      return plrDocument(content.record);
  }
}
