import { Fault } from '../base/errors.js';
import type { CouncilContext } from '../council/council-context.js';
import { dangerOf } from './dangers.js';
import type { Form } from '../council/form.js';
import { stepsOf, type Step } from './form-steps.js';
import type { AssignedReview, DraftReview, ReturnedReview, TypedField } from '../plr/review.js';

/** Where a draft can be: one of its steps, or the summary after the last. */
export const summary = 'summary';

const nothing: TypedField = { text: '', save: 0 };

/** A draft begins on the form in use, and stays on that version when the form changes. */
export function draftOf(review: AssignedReview | DraftReview, { forms, now }: CouncilContext): DraftReview {
  if (review.state === 'draft') return review;
  return {
    state: 'draft',
    formVersion: forms.current.version,
    typed: {},
    at: forms.current.sections[0]?.id ?? summary,
    startedAt: now,
    savedAt: now,
    saves: 0,
  };
}

/** @throws Fault `form-gone` when the version that it was answered on is no longer in `cards/form`. */
export function formOf({ formVersion }: DraftReview | ReturnedReview, { forms }: CouncilContext): Form {
  const form = forms.byVersion.get(formVersion);
  if (form === undefined)
    throw new Fault('form-gone', 'The form that a PLR was answered on is gone.', { formVersion });
  return form;
}

export function stepsOfDraft(draft: DraftReview, council: CouncilContext): readonly Step[] {
  return stepsOf(formOf(draft, council));
}

export function storedField({ typed }: DraftReview, field: string): TypedField {
  return typed[field] ?? nothing;
}

/**
 * What the person last answered, confirmed or not: only for showing the form. What is told, recorded or
 * returned comes from `storedField`.
 */
export function answeredField(draft: DraftReview, field: string): TypedField {
  const danger = dangerOf(field);
  const begun = danger && draft[danger.kept];
  if (danger === undefined || begun === undefined) return storedField(draft, field);
  return { text: danger.answer, save: begun.save };
}

/** What was typed in a field, without the space around it. */
export function textOf(draft: DraftReview, field: string): string {
  return storedField(draft, field).text.trim();
}
