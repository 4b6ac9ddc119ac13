import type { PlrRef } from '../base/ids.js';
import type { DocumentKey, DocumentKind, Message } from '../plr/ports.js';
import type { CalibrationExercise, ExerciseId } from './calibration-exercise.js';
import type { PersonId } from '../base/ids.js';

/** It belongs to no cycle: the PLR can be of any cycle, and the reviewers are from every Service. */
export const exercisePartition = 'council';

/** One exercise for each PLR. */
export function exerciseId(ref: PlrRef): ExerciseId {
  return ref as string as ExerciseId;
}

export function exerciseKey(ref: PlrRef): DocumentKey<'calibration-exercise'> {
  return { partition: exercisePartition, kind: 'calibration-exercise', id: exerciseId(ref) };
}

export const exerciseKind: DocumentKind<CalibrationExercise, 'calibration-exercise'> = {
  kind: 'calibration-exercise',
  schemaVersion: 1,
};

/** One card for each person, redrawn as the exercise goes on. */
export function exerciseMessage(ref: PlrRef, person: PersonId): Message {
  return {
    key: `exercise.${ref}.${person}`,
    to: { person },
    card: 'exercise',
    about: exerciseKey(ref),
    urgency: 'ordinary',
  };
}

function exerciseRedraw(ref: PlrRef, person: PersonId, fact: string): Message {
  const first = exerciseMessage(ref, person);
  return { ...first, key: `${first.key}.${fact}`, redraws: first.key };
}

/** Redraws everyone's card, and sends a new one, which says that it is over, to whoever sent the exercise. */
export function closedMessages(exercise: CalibrationExercise): Message[] {
  const { ref, reviewers, sent } = exercise;
  return [
    ...reviewers.map((person) => exerciseRedraw(ref, person, 'closed')),
    { ...exerciseMessage(ref, sent.by), key: `exercise-closed.${ref}.${sent.by}` },
  ];
}
