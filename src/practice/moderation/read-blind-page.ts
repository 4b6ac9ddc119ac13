import { z } from 'zod';
import { grades } from '../plr/grade.js';

/** Typed text: a card that was tampered with can send anything, and an empty input sends nothing. */
export const textInput = z.string().catch('');

/** What a page of blind grading sends: the grade and its reason so far, and which page to show next. */
export const blindPage = {
  page: textInput,
  go: z.enum(['next', 'back']).catch('next'),
  grade: z
    .enum([...grades, 'not-applicable'])
    .optional()
    .catch(undefined),
  /** Undefined when it did not come: then it stays as it was saved. */
  reason: z.string().optional().catch(undefined),
};

export const blindInputs = ['grade', 'reason'] as const;
