import { refuse, type Refusal } from '../base/errors.js';
import type { Grade } from './grade.js';

export type SectionGrade = Grade | 'not-applicable';

/** The answers of somebody who has not seen anybody else's grades: each section and overall, with reasons. */
export interface BlindGrades {
  readonly sections: readonly {
    readonly section: string;
    readonly grade: SectionGrade;
    /** May be empty where the section is not applicable. */
    readonly reason: string;
  }[];
  readonly overall: Grade;
  readonly reason: string;
}

/**
 * Refuses while something is missing; undefined when the grades can be given. `sections` are those of the PLR's
 * form.
 */
export function whatIsMissing(
  grades: BlindGrades,
  sections: readonly string[],
): Refusal<'incomplete'> | undefined {
  const answered = new Map(grades.sections.map((one) => [one.section, one]));
  const complete = sections.every((section) => {
    const answer = answered.get(section);
    return answer !== undefined && (answer.grade === 'not-applicable' || !isBlank(answer.reason));
  });
  if (!complete || grades.sections.length !== sections.length) {
    return refuse('incomplete', 'Give a grade and a reason for each section, then send your grades again.');
  }
  return isBlank(grades.reason)
    ? refuse('incomplete', 'Give the reason for your overall grade, then send your grades again.')
    : undefined;
}

export function isBlank(text: string): boolean {
  return text.trim() === '';
}
