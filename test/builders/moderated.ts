import assert from 'node:assert/strict';
import { isRefusal } from '../../src/practice/base/errors.js';
import type { PersonId } from '../../src/practice/base/ids.js';
import { anonymousPlr } from '../../src/practice/moderation/anonymous-plr.js';
import { answerByDisputing } from '../../src/practice/moderation/handlers-answer.js';
import { drawnAtReturn } from '../../src/practice/moderation/decide-at-return.js';
import {
  answerExercise,
  sendExercise,
  type CalibrationExercise,
} from '../../src/practice/moderation/calibration-exercise.js';
import { exerciseId } from '../../src/practice/moderation/exercise-record.js';
import { giveBlind, saveBlind } from '../../src/practice/moderation/handlers-grade.js';
import type { ModerationStep } from '../../src/practice/moderation/step.js';
import type { Plr } from '../../src/practice/plr/plr.js';
import type { Grade } from '../../src/practice/plr/grade.js';
import { localDate } from '../../src/practice/base/time.js';
import { aContext } from './a-context.js';
import { aReview, sectionIds } from './a-plr.js';

export const council = aContext();
export const moderator = council.organisation.people.get('assessment-reviewer' as PersonId)!;
export const manager = council.organisation.people.get('ash-manager' as PersonId)!;
export const lead = council.organisation.people.get('qa-lead' as PersonId)!;

export function drawnPlr(grade: Grade = 'good'): Plr {
  return drawnAtReturn(aReview().returned().graded(grade).build(), { why: 'inadequate' }, council).plr;
}

export function after(plr: Plr, step: ModerationStep): Plr {
  const result = step(plr, plr.moderation!);
  assert.ok(!isRefusal(result), isRefusal(result) ? result.say : '');
  return result.state;
}

export function gradedPlr(reason = 'The plan has no dates.', overall = 'Planning drifts.'): Plr {
  const saved = sectionIds.reduce(
    (plr, page) => after(plr, saveBlind({ page, grade: 'requires_improvement', reason }, council)),
    drawnPlr(),
  );
  return after(
    saved,
    giveBlind({ page: 'overall', grade: 'requires_improvement', reason: overall }, moderator, council),
  );
}

export function disputedPlr(): Plr {
  return after(gradedPlr(), answerByDisputing('The plan was dated in the notes.', manager, council));
}

export const sentExercise = (() => {
  const content = anonymousPlr(aReview().returned().build(), council);
  const reviewers = ['assessment-reviewer', 'care-reviewer'] as PersonId[];
  const { ref } = aReview().build();
  const sent = sendExercise(
    {
      id: exerciseId(ref),
      ref,
      sections: [...sectionIds],
      reviewers,
      dueOn: localDate('2022-04-25'),
      content,
    },
    [],
    lead.id,
    council.now,
  );
  assert.ok(!isRefusal(sent));
  return sent;
})();

export const exercise = (['good', 'inadequate'] as const).reduce<CalibrationExercise>(
  (open, grade, index) => {
    const sections = sectionIds.map((section) => ({ section, grade, reason: 'As read.' }));
    const by = sentExercise.reviewers[index]!;
    const next = answerExercise(open, by, { sections, overall: grade, reason: 'All.' }, council.now);
    assert.ok(!isRefusal(next));
    return next;
  },
  sentExercise,
);
