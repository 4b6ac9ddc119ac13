import { z } from 'zod';
import { mayIn, wholeCouncil } from '../council/access.js';
import { parsePlrRef } from '../plr/plr-ref.js';
import { isRefusal, type Refusal } from '../base/errors.js';
import type { CardContent, Command, Turn, Verb, Verbs } from '../surface/feature.js';
import { noticeCard, nothingHere } from '../surface/help.js';
import { councilPress } from '../surface/press.js';
import type { PlrRef } from '../base/ids.js';
import { plrKey, type Plr } from '../plr/plr.js';
import { plrKind } from '../plr/plr-kind.js';
import { addressPress } from '../forms/read-press.js';
import { addWorkingDays } from '../base/time.js';
import { anonymousPlr } from './anonymous-plr.js';
import { sendExercise, type CalibrationExercise, type OpenExercise } from './calibration-exercise.js';
import { exerciseCard } from './cards-exercise.js';
import { previewCard } from './cards-exercise-preview.js';
import { exerciseId, exerciseKey, exerciseKind, exerciseMessage } from './exercise-record.js';
import { excusedFrom } from './decide-hand-on.js';
import { workingDaysToModerate } from './decide-moderation.js';
import { tookPart } from './moderator-search.js';

const word = 'calibration exercise';

/** The QA lead names a PLR, reads it with the names masked, and sends it to every link reviewer who does not know it. */
export const calibrationExercise: Command = {
  words: [word],
  does: 'send one anonymised PLR to all link reviewers to grade: add its reference, such as PLR-7K3M2Q',
  for: (actor, council) => mayIn(actor, 'run calibration exercise', wholeCouncil, council),
  answer: async (turn, said) =>
    (await ready(parsePlrRef(said.slice(word.length)), turn, preview(0))) ?? nothingHere(),
};

const press = z.object({ ref: addressPress.shape.ref, page: z.coerce.number().int().min(0).catch(0) });

/** A button of the preview: for the QA lead alone, as the command is. */
function pressed(then: (page: number) => Step): Verb {
  return councilPress({
    reads: press,
    mine: (_given, { actor, council }) => calibrationExercise.for(actor, council),
    show: (_mine, { ref, page }, turn) => ready(ref, turn, then(page)),
  });
}

type Step = (exercise: OpenExercise, turn: Turn) => Shown | Promise<Shown>;
type Shown = CardContent | undefined;

export const sendingVerbs = {
  'exercise.preview': pressed(preview),
  'exercise.send': pressed(() => send),
} satisfies Verbs;

function preview(page: number): Step {
  return ({ ref, content }) => previewCard(ref, content, page);
}

/** Takes the step on the exercise as it would be sent now, or says why there is nothing to send. */
async function ready(ref: PlrRef | undefined, turn: Turn, step: Step): Promise<Shown> {
  const { actor, council, documents } = turn;
  const plr = ref === undefined ? undefined : await returnedPlr(ref, turn);
  if (plr === undefined)
    return noticeCard('Which PLR?', `Say "${word}" and the reference of a returned PLR, such as PLR-7K3M2Q.`);
  if (plr.record?.state === 'purged')
    return noticeCard(
      'This exercise was not sent',
      'What was written in this PLR was removed: it is in the child’s record. Choose a later one.',
    );
  const before = await documents.read(exerciseKind, exerciseKey(plr.ref));
  if (before !== undefined) {
    const note = { say: 'It was sent before. Nothing was sent again.' };
    return exerciseCard(before, actor, council, { note });
  }
  const exercise = exerciseOf(plr, turn);
  return isRefusal(exercise) ? noticeCard('This exercise was not sent', exercise.say) : step(exercise, turn);
}

async function returnedPlr(ref: PlrRef, { references, documents }: Turn): Promise<Plr | undefined> {
  const cycle = await references.cycleOf(ref);
  const plr = cycle === undefined ? undefined : await documents.read(plrKind, plrKey(cycle, ref));
  return plr?.review.state === 'returned' ? plr : undefined;
}

function exerciseOf(plr: Plr, { actor, council }: Turn): OpenExercise | Refusal {
  const content = anonymousPlr(plr, council);
  const out = [...tookPart(plr, council), ...whoKnows(plr)];
  const reviewers = council.organisation
    .withRole('link-reviewer', council.today)
    .map(({ id }) => id)
    .filter((id) => !out.includes(id));
  return sendExercise(
    {
      id: exerciseId(plr.ref),
      ref: plr.ref,
      sections: content.sections.map(({ id }) => id),
      reviewers,
      dueOn: addWorkingDays(council.today, workingDaysToModerate, council.holidays),
      content,
    },
    out,
    actor.id,
    council.now,
  );
}

/** Whoever moderates it, or moderated it before. */
function whoKnows({ moderation }: Plr) {
  if (moderation === undefined) return [];
  const had = excusedFrom(moderation);
  return moderation.state === 'awaiting-moderator' ? had : [...had, moderation.moderatorId];
}

async function send(exercise: OpenExercise, { actor, council, documents }: Turn): Promise<Shown> {
  const key = exerciseKey(exercise.ref);
  const messages = exercise.reviewers.map((person) => exerciseMessage(exercise.ref, person));
  const change = { state: exercise, did: 'sent a calibration exercise', messages };
  const isNew = await documents.create<CalibrationExercise>(exerciseKind, key, change, actor.id);
  const kept = isNew ? exercise : await documents.read(exerciseKind, key);
  const note = { say: isNew ? 'It was sent.' : 'It was sent before. Nothing was sent again.' };
  return kept && exerciseCard(kept, actor, council, { note });
}
