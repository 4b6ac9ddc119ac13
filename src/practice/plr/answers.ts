import type { LocalDate } from '../base/time.js';
import type { Form } from '../council/form.js';
import type { Grade } from './grade.js';
import type { StandardId } from '../base/ids.js';

/** The answers of a returned review, read from what was typed (`read-answers.ts`). */
export interface Answers {
  /** By section id. */
  readonly sections: Readonly<Record<string, SectionAnswer>>;
  readonly together?: Together;
  readonly family?: FamilyFeedback;
  readonly concern?: ImmediateConcern;
  readonly overall?: OverallGrade;
  readonly actions: readonly PlannedAction[];
}

export interface SectionAnswer {
  readonly grade?: Grade | 'not-applicable';
  readonly workingWell: string;
  readonly needsToImprove: string;
}

/** The review is done together with the practitioner (docs/domain.md, 4.2). */
export interface Together {
  readonly tookPlace: boolean;
  readonly on?: LocalDate;
  readonly practitionersPart: string;
}

/** Feedback from the child and family (docs/domain.md, 11). What was typed beside it is kept, whichever it is. */
export interface FamilyFeedback {
  readonly is: 'given' | 'sought-not-given' | 'not-sought';
  readonly what?: string;
  readonly why?: string;
}

/** A child may be unsafe now, whatever the grade (docs/domain.md, 4.3). */
export interface ImmediateConcern {
  readonly immediate: boolean;
  readonly what: string;
}

export interface OverallGrade {
  readonly grade: Grade;
  readonly reason: string;
}

export interface PlannedAction {
  readonly what: string;
  readonly owner: 'practitioner' | 'team-manager';
  readonly dueOn: LocalDate;
  readonly keepsChildSafe: boolean;
}

export const noAnswers: Answers = { sections: {}, actions: [] };

export interface Finding {
  readonly standard: StandardId;
  readonly kind: FindingKind;
  readonly section: string;
  readonly text: string;
}

/**
 * What a section says works well is a strength, what it says must improve an area for development
 * (docs/domain.md, 5).
 */
export function findingsOf(answers: Answers, form: Form): Finding[] {
  return form.sections.flatMap(({ id, standard }) => {
    const answer = answers.sections[id];
    if (answer === undefined || answer.grade === 'not-applicable') return [];
    const texts: [FindingKind, string][] = [
      ['strength', answer.workingWell],
      ['development', answer.needsToImprove],
    ];
    return texts
      .filter(([, text]) => text.trim() !== '')
      .map(([kind, text]) => ({ standard, kind, section: id, text }));
  });
}

export type FindingKind = 'strength' | 'development';
