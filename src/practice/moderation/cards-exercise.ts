import { mayIn, wholeCouncil } from '../council/access.js';
import type { CardContent } from '../surface/feature.js';
import type { CouncilContext } from '../council/council-context.js';
import type { Person } from '../council/organisation.js';
import { gradeInWords } from '../plr/grade.js';
import { dateInWords, givenBack } from '../council/words.js';
import { blindCard, noted, type BlindForm, type Note } from './cards-blind.js';
import { emptyDraft, overallLimit } from './blind-draft.js';
import {
  spreadInWords,
  spreadOf,
  stillToAnswer,
  type CalibrationExercise,
  type OpenExercise,
  type Spread,
} from './calibration-exercise.js';
import { exercisePartition } from './exercise-record.js';

export function seesExercise(
  { reviewers }: CalibrationExercise,
  viewer: Person,
  council: CouncilContext,
): boolean {
  return reviewers.includes(viewer.id) || runsExercises(viewer, council);
}

function runsExercises(viewer: Person, council: CouncilContext): boolean {
  return mayIn(viewer, 'run calibration exercise', wholeCouncil, council);
}

/** The exercise as this person may see it; undefined for whoever it was not sent to. */
export function exerciseCard(
  exercise: CalibrationExercise,
  viewer: Person,
  council: CouncilContext,
  { page = 'start', note }: { readonly page?: string; readonly note?: Note } = {},
): CardContent | undefined {
  if (!seesExercise(exercise, viewer, council)) return undefined;
  const leads = runsExercises(viewer, council);
  if (exercise.state === 'open' && stillToAnswer(exercise).includes(viewer.id)) {
    return blindCard(exerciseForm(exercise, viewer), page, note);
  }
  const wrote = givenBack([note?.typed?.reason ?? ''], overallLimit);
  const canClose = exercise.state === 'open' && leads;
  return {
    template: 'moderation/exercise',
    summary: 'A calibration exercise',
    data: {
      ref: exercise.ref,
      ...noted(note),
      hasWrote: wrote !== '',
      wrote,
      status: statusInWords(exercise) + (canClose ? closingDeletes : ''),
      rows: exercise.state === 'closed' ? spreadOf(exercise).map((one) => spreadRow(one, exercise)) : [],
      canClose,
    },
  };
}

const closingDeletes = ' Closing it deletes what reviewers have begun to grade and not given.';

function exerciseForm(exercise: OpenExercise, viewer: Person): BlindForm {
  const { content, ref, dueOn, drafts } = exercise;
  return {
    feature: 'exercise',
    cycle: exercisePartition,
    ref,
    title: 'A calibration exercise',
    intro:
      'Several reviewers grade the same review, each on their own. Names that were found in it are masked. When all have answered, everyone sees how the grades spread; nobody’s name is beside a grade.',
    facts: [
      { title: 'Reference', value: ref },
      { title: 'Cohort', value: content.cohort },
      { title: 'Due', value: dateInWords(dueOn) },
    ],
    texts: content.texts,
    sections: content.sections,
    actions: content.actions,
    draft: drafts[viewer.id] ?? emptyDraft,
  };
}

function statusInWords(exercise: CalibrationExercise): string {
  if (exercise.state === 'closed') return spreadInWords(exercise);
  const { answers, reviewers, dueOn } = exercise;
  return `${answers.length} of ${reviewers.length} reviewers have answered. The spread is shown when all have, or when the QA lead closes it. Due ${dateInWords(dueOn)}.`;
}

const apartInWords = ['All the same', 'One grade apart', 'Two grades apart', 'Three grades apart'];

function spreadRow({ section, counts, apart }: Spread, { content, answers }: CalibrationExercise) {
  const title = content.sections.find(({ id }) => id === section)?.title ?? 'Overall grade';
  const given = counts.filter(({ n }) => n > 0);
  const mixed = given.length > 1 && given.some(({ grade }) => grade === 'not-applicable');
  return {
    title,
    counts:
      answers.length === 0
        ? 'Nobody answered.'
        : given
            .map(
              ({ grade, n }) =>
                `${grade === 'not-applicable' ? 'Not applicable' : gradeInWords(grade)}: ${n}`,
            )
            .join('; '),
    apart: mixed ? 'Not all found it applicable' : (apartInWords[apart] ?? ''),
  };
}
