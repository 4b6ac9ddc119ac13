import type { StandardId } from '../base/ids.js';

/**
 * The review form as data (docs/domain.md, 4.2): edited by the council, versioned, checked at start
 * (`src/imports/read-form.ts`). A PLR keeps the version it was answered on.
 */
export interface Form {
  readonly version: string;
  readonly sections: readonly FormSection[];
  readonly standards: readonly PracticeStandard[];
}

export interface FormSection {
  readonly id: string;
  readonly title: string;
  /** One sentence of help under the title. */
  readonly help: string;
  /** The practice standard that a finding in this section is tied to. */
  readonly standard: StandardId;
  readonly mayBeNotApplicable: boolean;
}

export interface PracticeStandard {
  readonly id: StandardId;
  readonly title: string;
}

/** The section whose Inadequate needs a reason for a better overall grade (docs/domain.md, 4.2). */
export const riskSection = 'risk';

/**
 * Parts that every PLR has after the sections of its form (docs/domain.md, 4.2, 11): a section may not have
 * their names.
 */
export const fixedParts = ['together', 'family', 'concern', 'overall', 'actions', 'summary'] as const;
