import { Fault } from '../base/errors.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Plr } from '../plr/plr.js';
import type { FamilyFeedback, ImmediateConcern, PlannedAction, Together } from '../plr/answers.js';
import { formOf as formOfReview } from '../forms/draft.js';
import type { Form } from '../council/form.js';
import { emptyDraft } from './blind-draft.js';
import type { BlindDraft, DrawnModeration, OriginalGrades } from '../plr/moderation.js';

/** What a moderator reads of one section: what was written, never how it was graded. */
export interface BlindSection {
  readonly id: string;
  readonly title: string;
  readonly help: string;
  readonly mayBeNotApplicable: boolean;
  readonly workingWell: string;
  readonly needsToImprove: string;
}

/**
 * A PLR without a single grade in it: neither the sections' nor the overall one, nor its reason, nor the alert,
 * nor why it was drawn. The cards shown before grading are made from this type alone, so that they have no
 * grade to show (docs/domain.md, 4.4).
 */
export interface BlindPlr extends Pick<
  Plr,
  'ref' | 'cycleId' | 'caseRef' | 'cohort' | 'teamId' | 'practitionerId'
> {
  readonly dueOn: DrawnModeration['dueOn'];
  readonly sections: readonly BlindSection[];
  /** The practitioner's own view, written before the conversation. */
  readonly selfAssessment: string | undefined;
  readonly together: Together | undefined;
  readonly family: FamilyFeedback | undefined;
  readonly concern: ImmediateConcern | undefined;
  /** As planned in the review: actions that an alert added later would give it away. */
  readonly actions: readonly PlannedAction[];
  readonly draft: BlindDraft;
}

export function blindPlr(plr: Plr, moderation: DrawnModeration, council: CouncilContext): BlindPlr {
  const { ref, cycleId, caseRef, cohort, teamId, practitionerId } = plr;
  const { answers } = returned(plr);
  return {
    ref,
    cycleId,
    caseRef,
    cohort,
    teamId,
    practitionerId,
    dueOn: moderation.dueOn,
    sections: blindFormOf(plr, council).sections.map(({ id, title, help, mayBeNotApplicable }) => ({
      id,
      title,
      help,
      mayBeNotApplicable,
      workingWell: answers.sections[id]?.workingWell ?? '',
      needsToImprove: answers.sections[id]?.needsToImprove ?? '',
    })),
    selfAssessment: plr.selfAssessment?.text,
    together: answers.together,
    family: answers.family,
    concern: answers.concern,
    actions: answers.actions,
    draft: moderation.draft ?? emptyDraft,
  };
}

/** The manager's grades as they were returned, section by section of their form. */
export function originalGrades(plr: Plr, council: CouncilContext): OriginalGrades {
  const { answers, returnedBy, returnedAt } = returned(plr);
  if (answers.overall === undefined) {
    throw new Fault('returned-without-grade', 'A returned PLR has no overall grade.', { ref: plr.ref });
  }
  return {
    sections: blindFormOf(plr, council).sections.map(({ id }) => ({
      section: id,
      grade: answers.sections[id]?.grade ?? 'not-applicable',
    })),
    overall: answers.overall.grade,
    by: returnedBy,
    at: returnedAt,
  };
}

/** The form that the PLR was answered on. */
export function blindFormOf(plr: Plr, council: CouncilContext): Form {
  return formOfReview(returned(plr), council);
}

function returned({ review, ref }: Plr) {
  if (review.state === 'returned') return review;
  throw new Fault('not-returned', 'Only a returned PLR is moderated.', { ref });
}
