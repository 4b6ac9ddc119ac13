import type { House } from '../council/house.js';
import type { SectionGrade } from '../plr/blind-grades.js';
import { gradeInWords } from '../plr/grade.js';
import { dateAt, type Instant } from '../base/time.js';
import { dateInWords } from '../council/words.js';

/** What the document for the child's record is made of. Line breaks in a text are kept. */
export type RecordPart =
  | { readonly is: 'heading'; readonly text: string }
  | { readonly is: 'paragraph'; readonly text: string }
  | {
      readonly is: 'table';
      readonly columns: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

export const heading = (text: string): RecordPart => ({ is: 'heading', text });
export const paragraph = (text: string): RecordPart => ({ is: 'paragraph', text });
export const day = (at: Instant, house: House) => dateInWords(dateAt(at, house.timeZone));
export const graded = (grade: SectionGrade) =>
  grade === 'not-applicable' ? 'Not applicable' : gradeInWords(grade);
