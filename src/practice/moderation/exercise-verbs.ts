import { z } from 'zod';
import { mayIn, wholeCouncil } from '../access.js';
import { parsePlrRef } from '../cycles/plr-ref.js';
import { isRefusal, refuse, type Refusal } from '../errors.js';
import type { ActionHandler, CardContent, Command, Turn } from '../feature.js';
import { noticeCard } from '../help.js';
import type { PlrRef } from '../ids.js';
import { plrKey, type Plr } from '../plr.js';
import { plrKind } from '../plr-kind.js';
import type { Change } from '../ports.js';
import { addressPress } from '../reviews/read-press.js';
import { addWorkingDays } from '../time.js';
import { anonymousPlr } from './anonymous-plr.js';
import { pageBeside, type Note } from './blind-cards.js';
import { completed, draftWith, emptyDraft } from './blind-draft.js';
import {
  answerExercise,
  closeExercise,
  sendExercise,
  type CalibrationExercise,
} from './calibration-exercise.js';
import { exerciseCard } from './exercise-card.js';
import { closedMessages, exerciseId, exerciseKey, exerciseKind, exerciseMessage } from './exercise-record.js';
import { excusedFrom } from './hand-on.js';
import { workingDaysToModerate } from './moderation.js';
import { tookPart } from './moderator-search.js';
import { blindPage } from './read-blind-page.js';

const word = 'calibration exercise';

/** The QA lead names a PLR; it goes, without names, to every link reviewer who does not know it. */
export const calibrationExercise: Command = {
  words: [word],
  does: 'send one anonymised PLR to all link reviewers to grade: add its reference, such as PLR-7K3M2Q',
  for: (actor, house) => mayIn(actor, 'run calibration exercise', wholeCouncil, house),
  answer: async (turn, said) => {
    const ref = parsePlrRef(said.slice(word.length));
    const plr = ref === undefined ? undefined : await returnedPlr(ref, turn);
    if (plr === undefined) {
      return noticeCard(
        'Which PLR?',
        `Say "${word}" and the reference of a returned PLR, such as PLR-7K3M2Q.`,
      );
    }
    if (plr.record?.state === 'purged') {
      return noticeCard(
        'This exercise was not sent',
        'What was written in this PLR was removed: it is in the child’s record. Choose a later one.',
      );
    }
    return send(plr, turn);
  },
};

async function returnedPlr(ref: PlrRef, { references, documents }: Turn): Promise<Plr | undefined> {
  const cycle = await references.cycleOf(ref);
  const plr = cycle === undefined ? undefined : await documents.read(plrKind, plrKey(cycle, ref));
  return plr?.review.state === 'returned' ? plr : undefined;
}

async function send(plr: Plr, { actor, house, documents }: Turn): Promise<CardContent> {
  const content = anonymousPlr(plr, house);
  const knowIt = whoKnows(plr);
  const out = [...tookPart(plr, house), ...knowIt];
  const reviewers = house.organisation
    .withRole('link-reviewer', house.today)
    .map(({ id }) => id)
    .filter((id) => !out.includes(id));
  const exercise = sendExercise(
    {
      id: exerciseId(plr.ref),
      ref: plr.ref,
      sections: content.sections.map(({ id }) => id),
      reviewers,
      dueOn: addWorkingDays(house.today, workingDaysToModerate, house.holidays),
      content,
    },
    out,
    actor.id,
    house.now,
  );
  if (isRefusal(exercise)) return noticeCard('This exercise was not sent', exercise.say);
  const messages = exercise.reviewers.map((person) => exerciseMessage(plr.ref, person));
  const change = { state: exercise, did: 'sent a calibration exercise', messages };
  const isNew = await documents.create<CalibrationExercise>(
    exerciseKind,
    exerciseKey(plr.ref),
    change,
    actor.id,
  );
  const kept = isNew ? exercise : await documents.read(exerciseKind, exerciseKey(plr.ref));
  const say = isNew
    ? 'It was sent. Names were masked where they were found.'
    : 'It was sent before. Nothing was sent again.';
  return (kept && exerciseCard(kept, actor, house, { note: { say } })) ?? nothingHere();
}

/** Whoever moderates it, or did. */
function whoKnows({ moderation }: Plr) {
  if (moderation === undefined) return [];
  const had = excusedFrom(moderation);
  return moderation.state === 'awaiting-moderator' ? had : [...had, moderation.moderatorId];
}

const shape = z.object({ ref: addressPress.shape.ref, ...blindPage });
type Given = z.infer<typeof shape>;

export const exerciseVerbs: Readonly<Record<string, ActionHandler>> = {
  'exercise.page': async (data, turn) => {
    const read = shape.safeParse(data);
    if (!read.success) return nothingHere();
    const { ref, page } = read.data;
    const exercise = await turn.documents.read(exerciseKind, exerciseKey(ref));
    return (exercise && exerciseCard(exercise, turn.actor, turn.house, { page })) ?? nothingHere();
  },
  'exercise.save': (data, turn) => change(data, turn, (given) => save(given, turn), pageAfter),
  'exercise.give': (data, turn) => change(data, turn, (given) => give(given, turn)),
  'exercise.close': (data, turn) => change(data, turn, () => close(turn)),
};

type ExerciseStep = (exercise: CalibrationExercise) => Change<CalibrationExercise> | Refusal;

async function change(
  data: unknown,
  { actor, house, documents }: Turn,
  stepOf: (given: Given) => ExerciseStep,
  pageOf: (given: Given, exercise: CalibrationExercise) => string = () => 'start',
): Promise<CardContent> {
  const read = shape.safeParse(data);
  if (!read.success) return nothingHere();
  const { ref, page, grade = '', reason } = read.data;
  let seen: CalibrationExercise | undefined;
  const result = await documents.change(exerciseKind, exerciseKey(ref), actor.id, (exercise) => {
    seen = exercise;
    return stepOf(read.data)(exercise);
  });
  if (!isRefusal(result)) {
    return exerciseCard(result, actor, house, { page: pageOf(read.data, result) }) ?? nothingHere();
  }
  const note: Note = { say: result.say, typed: { grade, reason } };
  return (seen && exerciseCard(seen, actor, house, { page, note })) ?? nothingHere();
}

function save(given: Given, { actor }: Turn): ExerciseStep {
  return (exercise) => {
    const draft = draftOf(exercise, given, actor.id);
    if (isRefusal(draft)) return draft;
    const drafts = { ...exercise.drafts, [actor.id]: draft };
    return { state: { ...exercise, drafts }, did: `drafted exercise of ${given.page}`, messages: [] };
  };
}

function give(given: Given, { actor, house }: Turn): ExerciseStep {
  return (exercise) => {
    const draft = draftOf(exercise, { ...given, page: 'overall' }, actor.id);
    if (isRefusal(draft)) return draft;
    const whole = completed(draft, exercise.sections);
    if (isRefusal(whole)) return whole;
    const state = answerExercise(exercise, actor.id, whole, house.now);
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

function close({ actor, house }: Turn): ExerciseStep {
  return (exercise) => {
    if (!mayIn(actor, 'run calibration exercise', wholeCouncil, house))
      return refuse('not-yours', 'Only the QA lead can close a calibration exercise.');
    const state = closeExercise(exercise, actor.id, house.now);
    if (isRefusal(state)) return state;
    return { state, did: 'closed a calibration exercise', messages: closedMessages(state) };
  };
}

function pageAfter({ page, go }: Given, { content }: CalibrationExercise): string {
  return pageBeside(content.sections, page, go === 'next' ? 1 : -1);
}

function nothingHere(): CardContent {
  return noticeCard(
    'There is nothing here for you',
    'There is no calibration exercise under that reference for you.',
  );
}
