import type { Grade } from '../reviews/grade.js';
import { isBlank, type BlindGrades, type SectionGrade } from './blind-grades.js';

/** A moderator's grades as far as they have come: each part may still be missing. Nobody else sees it. */
export interface BlindDraft {
  /** By section id. */
  readonly sections: Readonly<Record<string, DraftGrade>>;
  readonly overall?: Grade;
  readonly reason: string;
}

export interface DraftGrade {
  readonly grade?: SectionGrade;
  readonly reason: string;
}

export const emptyDraft: BlindDraft = { sections: {}, reason: '' };

/** Characters in the reason of one section, and of the overall grade: all of them have to fit on one card. */
export const reasonLimit = 500;
export const overallLimit = 1000;

/** The sections, by id, that still lack a grade or its reason; `overall` last. */
export function stillToGrade(draft: BlindDraft, sections: readonly string[]): string[] {
  const open = sections.filter((section) => {
    const given = draft.sections[section];
    if (given?.grade === undefined) return true;
    return given.grade !== 'not-applicable' && isBlank(given.reason);
  });
  return draft.overall === undefined || isBlank(draft.reason) ? [...open, 'overall'] : open;
}

/** The draft as grades that can be given; undefined while one is missing. */
export function gradesOf(draft: BlindDraft, sections: readonly string[]): BlindGrades | undefined {
  if (draft.overall === undefined) return undefined;
  const given = sections.flatMap((section) => {
    const { grade, reason = '' } = draft.sections[section] ?? {};
    return grade === undefined ? [] : [{ section, grade, reason: reason.trim() }];
  });
  if (given.length !== sections.length) return undefined;
  return { sections: given, overall: draft.overall, reason: draft.reason.trim() };
}
