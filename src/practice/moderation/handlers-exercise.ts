import { z } from 'zod';
import { mayIn, wholeCouncil } from '../council/access.js';
import { isRefusal, refuse, type Refusal } from '../base/errors.js';
import type { ActionHandler, CardContent, Screen, Turn, Verbs } from '../surface/feature.js';
import type { Change } from '../plr/ports.js';
import { addressPress } from '../forms/read-press.js';
import { pageBeside, type Note } from './cards-blind.js';
import { completed, draftWith, emptyDraft } from './blind-draft.js';
import { answerExercise, closeExercise, type CalibrationExercise } from './calibration-exercise.js';
import { exerciseCard, noExerciseHere } from './cards-exercise.js';
import { closedMessages, exerciseKey, exerciseKind } from './exercise-record.js';
import { blindInputs, blindPage } from './read-blind-page.js';

const shape = z.object({ ref: addressPress.shape.ref, ...blindPage });
type Given = z.infer<typeof shape>;

const turnTo: ActionHandler = async (data, turn) => {
  const read = shape.safeParse(data);
  if (!read.success) return noExerciseHere();
  const { ref, page } = read.data;
  const exercise = await turn.documents.read(exerciseKind, exerciseKey(ref));
  return (exercise && exerciseCard(exercise, turn.actor, turn.council, { page })) ?? noExerciseHere();
};
const screen: Screen = { inputs: blindInputs, again: turnTo };

export const exerciseVerbs: Verbs = {
  'exercise.page': turnTo,
  'exercise.save': {
    answer: (data, turn) => change(data, turn, (given) => save(given, turn), pageAfter),
    screen,
  },
  'exercise.give': { answer: (data, turn) => change(data, turn, (given) => give(given, turn)), screen },
  'exercise.close': (data, turn) => change(data, turn, () => close(turn)),
};

type ExerciseStep = (exercise: CalibrationExercise) => Change<CalibrationExercise> | Refusal;

async function change(
  data: unknown,
  { actor, council, documents }: Turn,
  stepOf: (given: Given) => ExerciseStep,
  pageOf: (given: Given, exercise: CalibrationExercise) => string = () => 'start',
): Promise<CardContent> {
  const read = shape.safeParse(data);
  if (!read.success) return noExerciseHere();
  const { ref, page, grade, reason } = read.data;
  let seen: CalibrationExercise | undefined;
  const result = await documents.change(exerciseKind, exerciseKey(ref), actor.id, (exercise) => {
    seen = exercise;
    return stepOf(read.data)(exercise);
  });
  if (!isRefusal(result)) {
    return exerciseCard(result, actor, council, { page: pageOf(read.data, result) }) ?? noExerciseHere();
  }
  const note: Note = { say: result.say, typed: { grade, reason } };
  return (seen && exerciseCard(seen, actor, council, { page, note })) ?? noExerciseHere();
}

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
