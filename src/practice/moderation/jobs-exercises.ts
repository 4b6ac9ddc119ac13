import { refuse } from '../base/errors.js';
import type { Tick } from '../surface/feature.js';
import { keepNote } from '../plr/keep-note.js';
import { plrKey } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import type { Change, DocumentKey, DocumentKind } from '../plr/ports.js';
import type { Instant, LocalDate } from '../base/time.js';
import { purgeExercise, type CalibrationExercise } from './calibration-exercise.js';
import { closedMessages, exerciseKey, exerciseKind, exercisePartition } from './exercise-record.js';

/** The day on which the exercises were last looked through. */
export const exercisePurgeKind: DocumentKind<{ readonly on: LocalDate }, 'exercise-purge'> = {
  kind: 'exercise-purge',
  schemaVersion: 1,
};
const lookedKey: DocumentKey = { partition: exercisePartition, kind: 'exercise-purge', id: 'looked' };

/**
 * Once a day: an exercise keeps a copy of a review, and loses it once the PLR has lost its narrative. So it
 * stays until the PLR is on the record, and a hold on the PLR holds it too.
 */
export async function purgeExercises({ council, documents, references }: Tick): Promise<void> {
  const last = await documents.read(exercisePurgeKind, lookedKey);
  if (last?.on === council.today) return;
  for (const { ref, purgedAt } of await documents.list(exerciseKind, exercisePartition)) {
    if (purgedAt !== undefined) continue;
    const cycle = await references.cycleOf(ref);
    const plr = cycle === undefined ? undefined : await documents.read(plrKind, plrKey(cycle, ref));
    if (plr?.record?.state !== 'purged') continue;
    await documents.change(exerciseKind, exerciseKey(ref), 'system', (exercise) =>
      losesItsWords(exercise, council.now),
    );
  }
  const now = { on: council.today };
  await keepNote({ documents }, exercisePurgeKind, lookedKey, now, 'looked for exercises to purge');
}

function losesItsWords(exercise: CalibrationExercise, now: Instant) {
  if (exercise.purgedAt !== undefined) return refuse('purged', 'Another tick did it.');
  const state = purgeExercise(exercise, now);
  const messages = exercise.state === 'open' ? closedMessages(state) : [];
  return { state, did: 'purged the exercise', messages } satisfies Change<CalibrationExercise>;
}
