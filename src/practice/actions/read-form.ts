import { z } from 'zod';
import { refuse, type Refusal } from '../base/errors.js';
import { addMonths, readDate, type LocalDate } from '../base/time.js';
import { dateInWords, tooLongInWords } from '../council/words.js';
import { isOpenAction, nothingTyped, type Action, type ActionDraft } from '../plr/action.js';
import type { ActionUpdate } from './decide-action.js';
import { longestText } from './cards.js';

const text = z
  .string()
  .catch('')
  .transform((typed) => typed.trim());
/** What was typed; what did not come is not there. */
export type UpdateTyped = Partial<ActionDraft & { readonly state: string }>;

export const updateInputs = ['state', 'evidence', 'difference', 'why'] as const;
const updateFields = z.partialRecord(z.enum(updateInputs), text);

export function updateTyped(data: unknown): UpdateTyped {
  const all = z.record(z.string(), z.unknown()).catch({}).parse(data);
  return updateFields.parse(
    Object.fromEntries(updateInputs.filter((id) => id in all).map((id) => [id, all[id]])),
  );
}

export const reopenFields = z.object({ reason: text, dueOn: text });

export type Wrong = Refusal<'wrong'> & { readonly errors: Errors };
type Errors = Readonly<Record<string, string>>;
const wrong = (errors: Errors): Wrong => ({
  ...refuse('wrong', 'Nothing was changed yet: some of it needs another look.'),
  errors,
});

/** How the action stands, as the form says it, and where it says nothing as it is saved; or all that is wrong at once, by field. */
export function readUpdate(typed: UpdateTyped, action: Action): ActionUpdate | Wrong {
  const saved = isOpenAction(action) ? action.typed : nothingTyped;
  const { state, evidence, difference, why } = { state: action.state, ...saved, ...typed };
  const errors: Record<string, string> = {};
  for (const [field, words] of Object.entries({ evidence, difference, why }))
    if (words.length > longestText) errors[field] = tooLongInWords(words, longestText);
  if (state === 'done' && evidence === '') errors['evidence'] ??= 'Say what shows that it is done.';
  if (state === 'done' && difference === '')
    errors['difference'] ??= 'Say what difference it made for the child.';
  if (state === 'cannot-be-done' && why === '') errors['why'] ??= 'Say why it cannot be done.';
  const clean = Object.keys(errors).length === 0;
  switch (state) {
    case 'to-do':
    case 'in-progress':
      return clean ? { to: state, typed: { evidence, difference, why } } : wrong(errors);
    case 'done':
      return clean ? { to: 'done', evidence, difference } : wrong(errors);
    case 'cannot-be-done':
      return clean ? { to: 'cannot-be-done', why } : wrong(errors);
    default:
      return wrong({ ...errors, state: 'Choose how the action stands.' });
  }
}

/** The new date is from today on and within a year. */
export function readReopening(
  { reason, dueOn }: z.infer<typeof reopenFields>,
  today: LocalDate,
): { readonly why: string; readonly dueOn: LocalDate } | Wrong {
  const errors: Record<string, string> = {};
  if (reason === '') errors['reason'] = 'Say what still has to be done: the owner reads it.';
  if (reason.length > longestText) errors['reason'] = tooLongInWords(reason, longestText);
  const date = readDate(dueOn);
  if (date === undefined || date < today || date > addMonths(today, 12))
    errors['dueOn'] = `Give a date from ${dateInWords(today)} on, within a year.`;
  return date === undefined || Object.keys(errors).length > 0 ? wrong(errors) : { why: reason, dueOn: date };
}
