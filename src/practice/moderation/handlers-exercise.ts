import { z } from 'zod';
import { mayIn, wholeCouncil } from '../council/access.js';
import { isRefusal, refuse, type Refusal } from '../base/errors.js';
import type { Screen, Turn, Verb, Verbs } from '../surface/feature.js';
import { changePress, readPress } from '../surface/press.js';
import type { Change } from '../plr/ports.js';
import { addressPress } from '../forms/read-press.js';
import { pageBeside, type Note } from './cards-blind.js';
import { completed, draftWith, emptyDraft } from './blind-draft.js';
import { answerExercise, closeExercise, type CalibrationExercise } from './calibration-exercise.js';
import { exerciseCard, seesExercise } from './cards-exercise.js';
import { closedMessages, exerciseKey, exerciseKind } from './exercise-record.js';
import { blindInputs, blindPage } from './read-blind-page.js';

const shape = z.object({ ref: addressPress.shape.ref, ...blindPage });
type Given = z.infer<typeof shape>;

/** An exercise, for those to whom it was sent and the QA leads. */
const anExercise = {
  reads: shape,
  kind: exerciseKind,
  key: ({ ref }: Given) => exerciseKey(ref),
  mine: (exercise: CalibrationExercise, _given: unknown, { actor, council }: Turn) =>
    seesExercise(exercise, actor, council) && exercise,
};

const turnTo = readPress({
  ...anExercise,
  show: (exercise, { page }, { actor, council }) => exerciseCard(exercise, actor, council, { page }),
});

type ExerciseStep = (exercise: CalibrationExercise) => Change<CalibrationExercise> | Refusal;

function stepOf(
  step: (given: Given, turn: Turn) => ExerciseStep,
  screen?: Screen,
  pageOf: (given: Given, exercise: CalibrationExercise) => string = () => 'start',
): Verb {
  return changePress({
    ...anExercise,
    ...(screen === undefined ? {} : { screen }),
    decide: (exercise, given, turn) => step(given, turn)(exercise),
    show: (exercise, { given, outcome }, { actor, council }) => {
      if (!isRefusal(outcome))
        return exerciseCard(exercise, actor, council, { page: pageOf(given, exercise) });
      const { page, grade, reason } = given;
      const note: Note = { say: outcome.say, typed: { grade, reason } };
      return exerciseCard(exercise, actor, council, { page, note });
    },
  });
}

const screen: Screen = { inputs: blindInputs, again: turnTo };

export const exerciseVerbs: Verbs = {
  'exercise.page': turnTo,
  'exercise.save': stepOf(save, screen, pageAfter),
  'exercise.give': stepOf(give, screen),
  'exercise.close': stepOf((_given, turn) => close(turn)),
};

function save(given: Given, { actor }: Turn): ExerciseStep {
  return (exercise) => {
    const draft = draftOf(exercise, given, actor.id);
    if (isRefusal(draft)) return draft;
    const drafts = { ...exercise.drafts, [actor.id]: draft };
    return { state: { ...exercise, drafts }, did: `drafted exercise of ${given.page}`, messages: [] };
  };
}

function give(given: Given, { actor, council }: Turn): ExerciseStep {
  return (exercise) => {
    const draft = draftOf(exercise, { ...given, page: 'overall' }, actor.id);
    if (isRefusal(draft)) return draft;
    const whole = completed(draft, exercise.sections);
    if (isRefusal(whole)) return whole;
    const state = answerExercise(exercise, actor.id, whole, council.now);
    if (isRefusal(state)) return state;
    return {
      state,
      did: 'answered a calibration exercise',
      messages: state.state === 'closed' ? closedMessages(state) : [],
    };
  };
}

function draftOf(exercise: CalibrationExercise, given: Given, by: string) {
  const mayAnswer = exercise.state === 'open' && exercise.reviewers.some((id) => id === by);
  if (!mayAnswer || exercise.answers.some((answer) => answer.by === by)) {
    return refuse('out-of-date', 'This exercise is not open for you. The card now shows how it stands.');
  }
  return draftWith(exercise.drafts[by] ?? emptyDraft, given, exercise.content.sections);
}

function close({ actor, council }: Turn): ExerciseStep {
  return (exercise) => {
    if (!mayIn(actor, 'run calibration exercise', wholeCouncil, council))
      return refuse('not-yours', 'Only the QA lead can close a calibration exercise.');
    const state = closeExercise(exercise, actor.id, council.now);
    if (isRefusal(state)) return state;
    return { state, did: 'closed a calibration exercise', messages: closedMessages(state) };
  };
}

function pageAfter({ page, go }: Given, { content }: CalibrationExercise): string {
  return pageBeside(content.sections, page, go === 'next' ? 1 : -1);
}
