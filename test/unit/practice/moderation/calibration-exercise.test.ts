import assert from 'node:assert/strict';
import { isRefusal } from '../../../../src/practice/base/errors.js';
import type { PersonId, PlrRef } from '../../../../src/practice/base/ids.js';
import type { BlindGrades } from '../../../../src/practice/plr/blind-grades.js';
import {
  answerExercise,
  closeExercise,
  purgeExercise,
  sendExercise,
  spreadInWords,
  spreadOf,
  stillToAnswer,
  type CalibrationExercise,
  type ClosedExercise,
  type ExerciseId,
  type OpenExercise,
} from '../../../../src/practice/moderation/calibration-exercise.js';
import type { Grade } from '../../../../src/practice/plr/grade.js';
import { instant, localDate } from '../../../../src/practice/base/time.js';

const [ann, ben, cas, max] = ['ann', 'ben', 'cas', 'max'] as PersonId[] as [
  PersonId,
  PersonId,
  PersonId,
  PersonId,
];
const qaLead = 'quinn' as PersonId;
const now = instant('2022-05-03T09:00:00Z');
const asked = {
  id: 'EX-1' as ExerciseId,
  ref: 'PLR-7K3M2Q' as PlrRef,
  sections: ['voice'],
  reviewers: [ann, ben, cas],
  dueOn: localDate('2022-05-17'),
  content: { cohort: '', sections: [], texts: [], actions: [] },
};

function given(overall: Grade, voice: Grade | 'not-applicable' = overall): BlindGrades {
  return { sections: [{ section: 'voice', grade: voice, reason: 'Seen.' }], overall, reason: 'As seen.' };
}

function done<Result>(result: Result): Exclude<Result, { refused: string }> {
  assert.ok(!isRefusal(result), isRefusal(result) ? result.say : '');
  return result as Exclude<Result, { refused: string }>;
}

function refusedAs(result: unknown): string {
  return isRefusal(result) ? result.refused : 'not refused';
}

function answered(...answers: [PersonId, BlindGrades][]): CalibrationExercise {
  return answers.reduce<CalibrationExercise>(
    (exercise, [by, grades]) => done(answerExercise(exercise, by, grades, now)),
    open,
  );
}

const open: OpenExercise = done(sendExercise(asked, [max], qaLead, now));

describe('a calibration exercise', () => {
  it('is sent to two reviewers or more, none of whom took part', () => {
    assert.equal(refusedAs(sendExercise({ ...asked, reviewers: [ann, ann] }, [], qaLead, now)), 'too-few');
    assert.equal(refusedAs(sendExercise(asked, [ben], qaLead, now)), 'took-part');
  });

  it('stays open until the last answer, which closes it', () => {
    const two = answered([ann, given('good')], [ben, given('good')]);
    assert.equal(two.state, 'open');
    assert.deepEqual(two.state === 'open' && stillToAnswer(two), [cas]);
    const three = done(answerExercise(two, cas, given('requires_improvement'), now));
    assert.deepEqual(three.state === 'closed' && three.closed, { at: now, by: 'all-answered' });
  });

  it('takes one full answer from each reviewer', () => {
    const one = answered([ann, given('good')]);
    assert.equal(refusedAs(answerExercise(one, ann, given('inadequate'), now)), 'already-graded');
    assert.equal(refusedAs(answerExercise(one, max, given('good'), now)), 'not-yours');
    assert.equal(refusedAs(answerExercise(one, ben, { ...given('good'), sections: [] }, now)), 'incomplete');
  });

  it('is closed early once, and takes no answer after', () => {
    const one = answered([ann, given('good')]);
    const closed = done(closeExercise(one, qaLead, now));
    assert.equal(refusedAs(closeExercise(closed, qaLead, now)), 'closed');
    assert.equal(refusedAs(answerExercise(closed, ben, given('good'), now)), 'closed');
    assert.equal(spreadInWords(closed), '1 of 3 reviewers answered: too few to compare.');
  });

  it('shows how many gave each grade, without a name', () => {
    const closed = answered(
      [ann, given('outstanding', 'not-applicable')],
      [ben, given('good')],
      [cas, given('requires_improvement', 'good')],
    ) as ClosedExercise;
    const [overall, voice] = spreadOf(closed);
    assert.deepEqual(
      overall?.counts.map(({ n }) => n),
      [1, 1, 1, 0, 0],
    );
    assert.deepEqual(
      voice?.counts.map(({ n }) => n),
      [0, 2, 0, 0, 1],
    );
    assert.deepEqual([overall?.apart, voice?.apart], [2, 0]);
    assert.doesNotMatch(JSON.stringify(spreadOf(closed)), /ann|ben|cas/);
    assert.equal(
      spreadInWords(closed),
      '3 of 3 reviewers answered. Their overall grades were up to two grades apart.',
    );
  });

  it('says so when all agree', () => {
    const closed = answered(
      [ann, given('good')],
      [ben, given('good')],
      [cas, given('good')],
    ) as ClosedExercise;
    assert.equal(spreadInWords(closed), '3 of 3 reviewers answered, and all gave the same overall grade.');
  });

  it('has a spread of nothing where a section was not applicable to all, or nobody answered', () => {
    const none = done(closeExercise(open, qaLead, now));
    assert.deepEqual(
      spreadOf(none).map(({ apart }) => apart),
      [0, 0],
    );
  });

  it('loses every word with its PLR, open or closed, and no grade', () => {
    const word = 'Marker';
    const section = {
      ...{ id: 'voice', title: 'Voice', help: '', mayBeNotApplicable: true },
      ...{ workingWell: `${word} well`, needsToImprove: `${word} improve` },
    };
    const content = {
      cohort: 'Child in need',
      sections: [section],
      texts: [{ heading: 'Family', text: `${word} family` }],
      actions: [`${word} action`],
    };
    const graded = (overall: Grade): BlindGrades => ({
      sections: [{ section: 'voice', grade: overall, reason: `${word} section` }],
      overall,
      reason: `${word} overall`,
    });
    const sent = done(sendExercise({ ...asked, content }, [max], qaLead, now));
    const one = done(answerExercise(sent, ann, graded('good'), now));
    const half = {
      ...one,
      drafts: { [ben]: { grades: { voice: 'good' }, reasons: { voice: word } } as never },
    };
    const open = purgeExercise(half, now);
    assert.deepEqual(open.closed, { at: now, by: 'purge' });
    const closed = done(
      closeExercise(done(answerExercise(half, cas, graded('inadequate'), now)), qaLead, now),
    );
    const purged = purgeExercise(closed, now);
    assert.deepEqual(purged.closed, closed.closed);
    for (const exercise of [open, purged]) assert.doesNotMatch(JSON.stringify(exercise), new RegExp(word));
    assert.deepEqual(spreadOf(purged), spreadOf(closed));
  });
});
