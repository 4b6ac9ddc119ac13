/** The four grades, best first (docs/domain.md, 14). Practice is graded, never a person. */
export const grades = ['outstanding', 'good', 'requires_improvement', 'inadequate'] as const;
export type Grade = (typeof grades)[number];

const words: Readonly<Record<Grade, string>> = {
  outstanding: 'Outstanding',
  good: 'Good',
  requires_improvement: 'Requires improvement to be good',
  inadequate: 'Inadequate',
};

export function gradeInWords(grade: Grade): string {
  return words[grade];
}

/** True when `grade` is the better of the two. */
export function isBetter(grade: Grade, than: Grade): boolean {
  return grades.indexOf(grade) < grades.indexOf(than);
}
