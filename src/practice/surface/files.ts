import type { Briefing } from './briefing.js';
import type { RecordContent } from './record-content.js';
import type { Report } from './report-model.js';

/** Where a file is found again: all that a button or an offer carries. Who may have it is asked each time. */
export interface FileAddress {
  /** Names the feature's maker. */
  readonly kind: string;
  /** What the file is of, as two parts with a slash between: `2022-03/1`, `2022-03/PLR-7K3M2Q`. */
  readonly of: string;
}

/** What a file says, before it is Word or a spreadsheet (`src/documents/document-file.ts`). */
export type FileContent =
  | { readonly as: 'report' | 'report-workbook'; readonly report: Report }
  | { readonly as: 'briefing'; readonly briefing: Briefing }
  | { readonly as: 'record'; readonly record: RecordContent };

/** A file for one person, made from the state as it is now. */
export interface PersonalFile {
  /** Its name in the person's OneDrive, where a file of the same name is replaced. */
  readonly name: string;
  /** One line on the offer: what it is. */
  readonly description: string;
  /** The words after `plr` with which the operator makes the same file, for somebody who has no OneDrive. */
  readonly command: string;
  readonly content: FileContent;
}

export function partsOfKey(key: string): [string, string] {
  const at = key.indexOf('/');
  return at < 0 ? [key, ''] : [key.slice(0, at), key.slice(at + 1)];
}

/** Words as the name of a file: OneDrive takes none of `" * : < > ? / \ |`, and not everywhere `#` and `%`. */
export function fileName(words: string, extension: 'docx' | 'xlsx'): string {
  return `${words.replaceAll(/[\s"*:<>?/\\|#%]+/g, ' ').trim()}.${extension}`;
}
