import { refuse, type Refusal } from '../base/errors.js';
import { isBlank, type BlindGrades, type SectionGrade } from '../plr/blind-grades.js';
import type { BlindDraft, DraftGrade } from '../plr/moderation.js';

export const emptyDraft: BlindDraft = { sections: {}, reason: '' };

/** Characters in the reason for a section, and for the overall grade: together they have to fit on one card. */
export const blindReasonLimit = 500;
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

/** The draft as complete grades; undefined while one is missing. */
function gradesOf(draft: BlindDraft, sections: readonly string[]): BlindGrades | undefined {
  if (draft.overall === undefined) return undefined;
  const given = sections.flatMap((section) => {
    const { grade, reason = '' } = draft.sections[section] ?? {};
    return grade === undefined ? [] : [{ section, grade, reason: reason.trim() }];
  });
  if (given.length !== sections.length) return undefined;
  return { sections: given, overall: draft.overall, reason: draft.reason.trim() };
}

export interface BlindStep {
  /** A section's id, or `overall`. */
  readonly page: string;
  readonly grade?: SectionGrade | undefined;
  readonly reason?: string | undefined;
}

/** The draft with what there is of one page. */
export function draftWith(
  draft: BlindDraft,
  step: BlindStep,
  sections: readonly { readonly id: string; readonly mayBeNotApplicable: boolean }[],
): BlindDraft | Refusal<'out-of-date' | 'too-long' | 'incomplete'> {
  const { page } = step;
  const section = sections.find(({ id }) => id === page);
  const { grade, reason } = { ...savedOf(draft, page), ...typedOf(step) };
  if (section === undefined && page !== 'overall') {
    return refuse('out-of-date', 'This page is not part of the form any more. Please go on from here.');
  }
  const limit = section === undefined ? overallLimit : blindReasonLimit;
  if (reason.length > limit) {
    return refuse('too-long', `Your reason is too long. Keep it to ${limit} characters and save again.`);
  }
  if (grade === 'not-applicable') {
    return section?.mayBeNotApplicable === true
      ? withSection(draft, section.id, { grade, reason })
      : refuse('incomplete', 'This one has to have a grade. Choose one of the four.');
  }
  const given = { ...(grade === undefined ? {} : { grade }), reason };
  if (section !== undefined) return withSection(draft, section.id, given);
  return { sections: draft.sections, reason, ...(grade === undefined ? {} : { overall: grade }) };
}

/** A page as it is saved: what did not come stays so. */
function savedOf(draft: BlindDraft, page: string): DraftGrade {
  if (page !== 'overall') return draft.sections[page] ?? { reason: '' };
  const { overall, reason } = draft;
  return { ...(overall === undefined ? {} : { grade: overall }), reason };
}

function typedOf({ grade, reason }: BlindStep): Partial<DraftGrade> {
  return { ...(grade === undefined ? {} : { grade }), ...(reason === undefined ? {} : { reason }) };
}

function withSection(draft: BlindDraft, id: string, given: DraftGrade): BlindDraft {
  return { ...draft, sections: { ...draft.sections, [id]: given } };
}

/** The draft as grades that can be given for good, or what is still missing. */
export function completed(
  draft: BlindDraft,
  sections: readonly string[],
): BlindGrades | Refusal<'incomplete'> {
  const open = stillToGrade(draft, sections);
  const grades = gradesOf(draft, sections);
  if (open.length === 0 && grades !== undefined) return grades;
  return refuse(
    'incomplete',
    open.includes('overall')
      ? 'Choose your overall grade and give the reason for it.'
      : 'Give a grade and a reason for each section, then give your grades again.',
  );
}
