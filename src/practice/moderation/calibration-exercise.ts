import { refuse, type Refusal } from '../base/errors.js';
import type { Branded, PersonId, PlrRef } from '../base/ids.js';
import { removedHere } from '../plr/record.js';
import { grades, type Grade } from '../plr/grade.js';
import type { Instant, LocalDate } from '../base/time.js';
import type { AnonymousPlr } from './anonymous-plr.js';
import type { BlindDraft } from '../plr/moderation.js';
import { whatIsMissing, type BlindGrades, type SectionGrade } from '../plr/blind-grades.js';

export type ExerciseId = Branded<'calibration-exercise'>;

/**
 * One anonymised PLR that the QA lead sends to several reviewers at once; each grades it blind, and the
 * spread is shown when all have answered or the QA lead closes it. It changes no grade of that PLR.
 */
export type CalibrationExercise = OpenExercise | ClosedExercise;

interface Exercise {
  readonly id: ExerciseId;
  readonly ref: PlrRef;
  readonly sections: readonly string[];
  readonly reviewers: readonly PersonId[];
  readonly dueOn: LocalDate;
  readonly sent: { readonly by: PersonId; readonly at: Instant };
  readonly answers: readonly ExerciseAnswer[];
  /** What all of them read: kept here, so that it does not change while they grade. */
  readonly content: AnonymousPlr;
  /** What each has graded so far, by person; nobody else sees it. */
  readonly drafts: Readonly<Record<string, BlindDraft>>;
  /** When its words were removed: only the grades are left. */
  readonly purgedAt?: Instant;
}

export interface OpenExercise extends Exercise {
  readonly state: 'open';
}

export interface ClosedExercise extends Exercise {
  readonly state: 'closed';
  readonly closed: { readonly at: Instant; readonly by: PersonId | 'all-answered' | 'purge' };
}

export interface ExerciseAnswer extends BlindGrades {
  readonly by: PersonId;
  readonly at: Instant;
}

/** @param tookPart those who took part in the PLR or its moderation, and know a grade already. */
export function sendExercise(
  exercise: Pick<Exercise, 'id' | 'ref' | 'sections' | 'reviewers' | 'dueOn' | 'content'>,
  tookPart: readonly PersonId[],
  by: PersonId,
  now: Instant,
): OpenExercise | Refusal<'too-few' | 'took-part'> {
  const reviewers = [...new Set(exercise.reviewers)];
  if (reviewers.length < 2)
    return refuse(
      'too-few',
      'It takes at least two link reviewers who did not take part in this PLR and do not know its grade. Name another PLR.',
    );
  if (reviewers.some((reviewer) => tookPart.includes(reviewer))) {
    return refuse('took-part', 'One of these reviewers took part in this PLR. Choose another.');
  }
  return { ...exercise, state: 'open', reviewers, sent: { by, at: now }, answers: [], drafts: {} };
}

/**
 * The last answer closes the exercise. An answer cannot be changed, because whoever has given it may see the
 * spread.
 */
export function answerExercise(
  exercise: CalibrationExercise,
  by: PersonId,
  given: BlindGrades,
  now: Instant,
): CalibrationExercise | Refusal<'not-yours' | 'already-graded' | 'closed' | 'incomplete'> {
  if (!exercise.reviewers.includes(by)) {
    return refuse('not-yours', 'This exercise was not sent to you. You do not need to do anything.');
  }
  if (exercise.answers.some((answer) => answer.by === by)) {
    return refuse('already-graded', 'You have already graded this PLR. Your answer is kept as it was.');
  }
  if (exercise.state === 'closed') {
    return refuse('closed', 'This exercise has been closed. The card now shows how the others graded.');
  }
  const incomplete = whatIsMissing(given, exercise.sections);
  if (incomplete !== undefined) return incomplete;
  const answers = [...exercise.answers, { ...given, by, at: now }];
  return answers.length < exercise.reviewers.length
    ? { ...exercise, answers }
    : { ...exercise, answers, drafts: {}, state: 'closed', closed: { at: now, by: 'all-answered' } };
}

export function closeExercise(
  exercise: CalibrationExercise,
  by: PersonId,
  now: Instant,
): ClosedExercise | Refusal<'closed'> {
  if (exercise.state === 'closed') return refuse('closed', 'This exercise is closed already.');
  return { ...exercise, drafts: {}, state: 'closed', closed: { at: now, by } };
}

/**
 * Without anything that anyone wrote, once that has gone from the PLR too. The grades, and so the spread, stay
 * (docs/domain.md, 4.9).
 */
export function purgeExercise(exercise: CalibrationExercise, now: Instant): ClosedExercise {
  const { content, answers } = exercise;
  const silent = content.sections.map((section) => ({ ...section, workingWell: '', needsToImprove: '' }));
  return {
    ...exercise,
    state: 'closed',
    closed: exercise.state === 'closed' ? exercise.closed : { at: now, by: 'purge' },
    purgedAt: now,
    drafts: {},
    content: { cohort: content.cohort, sections: silent, texts: [], actions: [] },
    answers: answers.map((answer) => ({
      ...answer,
      reason: removedHere,
      sections: answer.sections.map((section) => ({ ...section, reason: removedHere })),
    })),
  };
}

export function stillToAnswer(exercise: OpenExercise): PersonId[] {
  return exercise.reviewers.filter((reviewer) => !exercise.answers.some(({ by }) => by === reviewer));
}

/** How many gave each grade, without names: what is compared is grading, not people. */
export interface Spread {
  /** `overall`, or the section's id. */
  readonly section: string;
  readonly counts: readonly { readonly grade: SectionGrade; readonly n: number }[];
  /** How many grades apart the best and the poorest are, leaving out "not applicable": 0 when all agree. */
  readonly apart: number;
}

export function spreadOf(exercise: ClosedExercise): Spread[] {
  const overall = spread(
    'overall',
    exercise.answers.map((answer) => answer.overall),
  );
  return [
    overall,
    ...exercise.sections.map((section) =>
      spread(
        section,
        exercise.answers.flatMap((answer) =>
          answer.sections.filter((one) => one.section === section).map(({ grade }) => grade),
        ),
      ),
    ),
  ];
}

function spread(section: string, given: readonly SectionGrade[]): Spread {
  const places = given
    .filter((grade): grade is Grade => grade !== 'not-applicable')
    .map((grade) => grades.indexOf(grade));
  return {
    section,
    counts: [...grades, 'not-applicable' as const].map((grade) => ({
      grade,
      n: given.filter((one) => one === grade).length,
    })),
    apart: places.length === 0 ? 0 : Math.max(...places) - Math.min(...places),
  };
}

/** One sentence on the overall grades. */
export function spreadInWords(exercise: ClosedExercise): string {
  const [overall] = spreadOf(exercise);
  const answered = `${exercise.answers.length} of ${exercise.reviewers.length} reviewers answered`;
  if (overall === undefined || exercise.answers.length < 2) return `${answered}: too few to compare.`;
  if (overall.apart === 0) return `${answered}, and all gave the same overall grade.`;
  const apart = ['', 'one grade', 'two grades', 'three grades'][overall.apart] ?? '';
  return `${answered}. Their overall grades were up to ${apart} apart.`;
}
