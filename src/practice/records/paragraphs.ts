import type { CouncilContext } from '../council/council-context.js';
import type { SectionGrade } from '../plr/blind-grades.js';
import { gradeInWords } from '../plr/grade.js';
import { dateAt, type Instant } from '../base/time.js';
import { dateInWords } from '../council/words.js';
import type { RecordPart } from '../surface/record-content.js';

export const heading = (text: string): RecordPart => ({ is: 'heading', text });
export const paragraph = (text: string): RecordPart => ({ is: 'paragraph', text });
export const day = (at: Instant, council: CouncilContext) => dateInWords(dateAt(at, council.timeZone));
export const graded = (grade: SectionGrade) =>
  grade === 'not-applicable' ? 'Not applicable' : gradeInWords(grade);
