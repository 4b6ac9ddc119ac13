import assert from 'node:assert/strict';
import { isRefusal } from '../../../../src/practice/base/errors.js';
import type { PersonId, PlrRef } from '../../../../src/practice/base/ids.js';
import { agree, dispute, settleModeration } from '../../../../src/practice/moderation/decide-answer.js';
import type { BlindGrades } from '../../../../src/practice/plr/blind-grades.js';
import { assign, reassign } from '../../../../src/practice/moderation/decide-hand-on.js';
import { whatIsDue, whoseTurn } from '../../../../src/practice/moderation/due.js';
import {
  finalGrade,
  giveFeedback,
  gradesGiven,
  isNewlyInadequate,
  isShown,
  nextAssignmentLine,
  sideBySide,
} from '../../../../src/practice/plr/moderation-outcome.js';
import {
  type Moderation,
  type OriginalGrades,
  feedbackLimit,
} from '../../../../src/practice/plr/moderation.js';
import { gradeBlind, drawModeration } from '../../../../src/practice/moderation/decide-moderation.js';
import type { Grade } from '../../../../src/practice/plr/grade.js';
import { instant } from '../../../../src/practice/base/time.js';

const moderator = 'mia' as PersonId;
const manager = 'max' as PersonId;
const qaLead = 'quinn' as PersonId;
const at = instant('2022-04-05T10:00:00Z');
const later = instant('2022-04-07T10:00:00Z');
const london = 'Europe/London';
// Good Friday and Easter Monday lie within the ten days.
const holidays = { isBankHoliday: (date: string) => ['2022-04-15', '2022-04-18'].includes(date) };

const original: OriginalGrades = {
  sections: [
    { section: 'voice', grade: 'good' },
    { section: 'planning', grade: 'outstanding' },
    { section: 'identity', grade: 'not-applicable' },
  ],
  overall: 'good',
  by: manager,
  at: instant('2022-04-04T15:00:00Z'),
};

const lower: BlindGrades = {
  sections: [
    { section: 'voice', grade: 'good', reason: 'The child was seen alone.' },
    { section: 'planning', grade: 'requires_improvement', reason: 'The plan has no dates.' },
    { section: 'identity', grade: 'not-applicable', reason: '' },
  ],
  overall: 'requires_improvement',
  reason: 'Planning drifts.',
};

/** The new state, or a failed test that says what was refused. */
function done<Result>(result: Result): Exclude<Result, { refused: string }> {
  assert.ok(!isRefusal(result), isRefusal(result) ? result.say : '');
  return result as Exclude<Result, { refused: string }>;
}

function refusedAs(result: unknown): string {
  return isRefusal(result) ? result.refused : 'not refused';
}

const awaiting = drawModeration(
  { ref: 'PLR-7K3M2Q' as PlrRef, reason: { why: 'inadequate' } },
  at,
  holidays,
  london,
);
const drawn = assign(awaiting, moderator, { is: 'link-reviewer-of-service' });
const graded = done(gradeBlind(drawn, moderator, lower, original, later));
const agreed = done(agree(graded, manager, later));
const disputed = done(dispute(graded, manager, ' The plan was dated in the notes. ', later));
const inTime = { unanswered: false, nobodyElse: false };
const unanswered = { ...inTime, unanswered: true };
const alone = { ...inTime, nobodyElse: true };
const settled = done(settleModeration(disputed, qaLead, 'good', 'The dates are there.', later, inTime));

function overall(manager_: Grade, moderator_: Grade): Moderation {
  return done(
    gradeBlind(
      drawn,
      moderator,
      { ...lower, overall: moderator_ },
      { ...original, overall: manager_ },
      later,
    ),
  );
}

describe('a moderation', () => {
  it('is due in ten working days, bank holidays left out', () => {
    assert.equal(drawn.dueOn, '2022-04-21');
  });

  it('holds no grade until the moderator has graded', () => {
    const rest = { ...drawn, reason: 'shown to nobody' };
    assert.doesNotMatch(JSON.stringify(rest), /good|outstanding|improvement|inadequate/i);
  });

  it('keeps who gave each grade and when, for ever', () => {
    assert.deepEqual(
      [settled.original.by, settled.moderated.by, settled.settled.by],
      ['max', 'mia', 'quinn'],
    );
    assert.deepEqual(settled.original, original);
    assert.deepEqual(settled.moderated, { ...lower, by: moderator, at: later });
    assert.deepEqual(settled.settled, {
      by: 'quinn',
      at: later,
      grade: 'good',
      reason: 'The dates are there.',
    });
    assert.equal(settled.disputed?.why, 'The plan was dated in the notes.');
  });

  it('is plain JSON in each state', () => {
    for (const one of [drawn, graded, agreed, disputed, settled]) {
      assert.deepEqual(JSON.parse(JSON.stringify(one)), one);
    }
  });
});

describe('grading blind', () => {
  it('is for its moderator only', () => {
    assert.equal(refusedAs(gradeBlind(drawn, manager, lower, original, later)), 'not-yours');
  });

  it('is done once: both grades are shown after it', () => {
    assert.equal(refusedAs(gradeBlind(graded, moderator, lower, original, later)), 'already-graded');
  });

  it('asks for each section, with a reason unless it is not applicable', () => {
    const [voice, planning, identity] = lower.sections;
    const blank = { ...voice!, reason: '  ' };
    for (const sections of [
      [voice!, planning!],
      [blank, planning!, identity!],
      [voice!, planning!, identity!, identity!],
      [voice!, planning!, { ...identity!, section: 'unknown' }],
    ]) {
      assert.equal(
        refusedAs(gradeBlind(drawn, moderator, { ...lower, sections }, original, later)),
        'incomplete',
      );
    }
  });

  it('asks for the reason of the overall grade', () => {
    assert.equal(
      refusedAs(gradeBlind(drawn, moderator, { ...lower, reason: '' }, original, later)),
      'incomplete',
    );
  });
});

describe('the manager’s answer', () => {
  it('is theirs alone', () => {
    assert.equal(refusedAs(agree(graded, moderator, later)), 'not-yours');
    assert.equal(refusedAs(dispute(graded, qaLead, 'No.', later)), 'not-yours');
  });

  it('waits for the moderator’s grades', () => {
    assert.equal(refusedAs(agree(drawn, manager, later)), 'not-yet-graded');
    assert.equal(refusedAs(dispute(drawn, manager, 'No.', later)), 'not-yet-graded');
  });

  it('is given once', () => {
    for (const answered of [agreed, disputed, settled]) {
      assert.equal(refusedAs(agree(answered, manager, later)), 'out-of-date');
      assert.equal(refusedAs(dispute(answered, manager, 'No.', later)), 'out-of-date');
    }
  });

  it('says why when they do not agree', () => {
    assert.equal(refusedAs(dispute(graded, manager, ' ', later)), 'incomplete');
  });

  it('is one press when both grades are equal', () => {
    const same = overall('good', 'good');
    assert.deepEqual(done(agree(same, manager, later)).agreed, { by: manager, at: later });
  });
});

describe('settling', () => {
  it('is for somebody who gave neither grade', () => {
    for (const by of [manager, moderator])
      assert.equal(refusedAs(settleModeration(disputed, by, 'good', 'x', later, inTime)), 'took-part');
  });

  it('is only for what was not agreed, and once', () => {
    for (const one of [drawn, graded, agreed, settled]) {
      assert.equal(refusedAs(settleModeration(one, qaLead, 'good', 'x', later, inTime)), 'out-of-date');
    }
  });

  it('is for what its manager cannot answer, or has not, too', () => {
    const now = done(settleModeration(graded, qaLead, 'good', ' As read. ', later, unanswered));
    assert.deepEqual(now.settled, { by: qaLead, at: later, grade: 'good', reason: 'As read.' });
    assert.equal(now.disputed, undefined);
    assert.equal(refusedAs(settleModeration(graded, moderator, 'good', 'x', later, unanswered)), 'took-part');
    for (const one of [drawn, agreed, settled])
      assert.equal(refusedAs(settleModeration(one, qaLead, 'good', 'x', later, unanswered)), 'out-of-date');
  });

  it('is for somebody who gave a grade when nobody else is there, and is marked so', () => {
    for (const by of [manager, moderator]) {
      const own = done(settleModeration(disputed, by, 'good', 'As read.', later, alone));
      assert.deepEqual(own.settled, { by, at: later, grade: 'good', reason: 'As read.', nobodyElse: true });
    }
    assert.equal(
      done(settleModeration(disputed, qaLead, 'good', 'x', later, alone)).settled.nobodyElse,
      undefined,
    );
    assert.equal(refusedAs(settleModeration(disputed, manager, 'good', ' ', later, alone)), 'incomplete');
  });

  it('comes after the answer of a manager who would settle their own', () => {
    const both = { unanswered: true, nobodyElse: true };
    assert.equal(refusedAs(settleModeration(graded, manager, 'good', 'x', later, both)), 'out-of-date');
    assert.equal(
      done(settleModeration(graded, moderator, 'good', 'x', later, both)).settled.nobodyElse,
      true,
    );
  });

  it('needs a reason', () => {
    assert.equal(refusedAs(settleModeration(disputed, qaLead, 'good', ' ', later, inTime)), 'incomplete');
  });
});

describe('reassigning', () => {
  const other = 'ola' as PersonId;

  it('keeps who had it, why and by whom, and the due date', () => {
    const moved = done(reassign(drawn, other, [manager], ' On leave. ', 'schedule', later));
    assert.deepEqual(moved.reassignments, [
      { from: moderator, to: other, reason: 'On leave.', by: 'schedule', at: later },
    ]);
    assert.deepEqual([moved.moderatorId, moved.dueOn], [other, drawn.dueOn]);
    assert.equal(refusedAs(gradeBlind(moved, moderator, lower, original, later)), 'not-yours');
    assert.equal(done(reassign(moved, moderator, [], 'Back again.', qaLead, later)).reassignments.length, 2);
  });

  it('needs a reason', () => {
    assert.equal(refusedAs(reassign(drawn, other, [], ' ', qaLead, later)), 'incomplete');
  });

  it('refuses whoever took part, whoever has it, and what is graded', () => {
    assert.equal(refusedAs(reassign(drawn, manager, [manager], 'x', qaLead, later)), 'took-part');
    assert.equal(refusedAs(reassign(drawn, moderator, [], 'x', qaLead, later)), 'out-of-date');
    assert.equal(refusedAs(reassign(graded, other, [], 'x', qaLead, later)), 'already-graded');
  });
});

describe('the outcome', () => {
  it('names which grade stands: the manager’s until agreed or settled', () => {
    assert.deepEqual(finalGrade('good', undefined), { grade: 'good', which: 'original' });
    for (const one of [drawn, graded, disputed]) {
      assert.deepEqual(finalGrade('good', one), { grade: 'good', which: 'original' });
    }
    assert.deepEqual(finalGrade('good', agreed), { grade: 'requires_improvement', which: 'moderated' });
    assert.deepEqual(finalGrade('outstanding', settled), { grade: 'good', which: 'settled' });
  });

  it('gives the figures each grade there is', () => {
    assert.deepEqual(gradesGiven(drawn), {});
    assert.deepEqual(gradesGiven(disputed), { moderated: 'requires_improvement' });
    assert.deepEqual(gradesGiven(settled), { moderated: 'requires_improvement', settled: 'good' });
  });

  it('sets off an alert when Inadequate comes from the moderator or the QA lead, not twice', () => {
    assert.equal(isNewlyInadequate(overall('good', 'inadequate')), true);
    assert.equal(isNewlyInadequate(overall('inadequate', 'inadequate')), false);
    assert.equal(isNewlyInadequate(overall('inadequate', 'good')), false);
    assert.equal(isNewlyInadequate(graded), false);
    assert.equal(isNewlyInadequate(drawn), false);
    assert.equal(
      isNewlyInadequate(done(settleModeration(disputed, qaLead, 'inadequate', 'x', later, inTime))),
      true,
    );
  });

  it('marks each difference in words', () => {
    assert.deepEqual(
      sideBySide(graded).map(({ section, differs, inWords }) => [section, differs, inWords]),
      [
        ['overall', true, 'moderated one grade lower'],
        ['voice', false, 'Both the same'],
        ['planning', true, 'moderated two grades lower'],
        ['identity', false, 'Both the same'],
      ],
    );
    const wide = overall('inadequate', 'outstanding');
    assert.equal(isShown(wide) && sideBySide(wide)[0]?.inWords, 'moderated three grades higher');
  });

  it('says when one of the two called a section not applicable', () => {
    const [voice, , identity] = lower.sections;
    const sections = [
      { ...voice!, grade: 'not-applicable' as const },
      lower.sections[1]!,
      { ...identity!, grade: 'good' as const, reason: 'Well explored.' },
    ];
    const words = sideBySide(done(gradeBlind(drawn, moderator, { ...lower, sections }, original, later)));
    assert.deepEqual(
      [words[1]?.inWords, words[3]?.inWords],
      ['not applicable in moderation', 'graded in moderation only'],
    );
  });
});

describe('feedback to the manager', () => {
  const texts = { confirmed: 'The child’s voice is clear.', nextTime: ' Look at\nthe plan’s dates. ' };

  it('comes from the moderator after grading, and can be written again', () => {
    const once = done(giveFeedback(agreed, moderator, texts, later));
    assert.equal(once.state, 'agreed');
    const twice = done(giveFeedback(once, moderator, { ...texts, confirmed: 'Both agreed.' }, later));
    assert.equal(twice.feedback?.confirmed, 'Both agreed.');
    assert.equal(refusedAs(giveFeedback(drawn, moderator, texts, later)), 'not-yet-graded');
    assert.equal(refusedAs(giveFeedback(graded, manager, texts, later)), 'not-yours');
  });

  it('has both texts, each short', () => {
    const long = 'x'.repeat(feedbackLimit + 1);
    assert.equal(
      refusedAs(giveFeedback(graded, moderator, { ...texts, confirmed: ' ' }, later)),
      'incomplete',
    );
    assert.equal(refusedAs(giveFeedback(graded, moderator, { ...texts, nextTime: long }, later)), 'too-long');
  });

  it('is one line on the next assignment', () => {
    const { feedback } = done(giveFeedback(settled, moderator, texts, later));
    assert.equal(
      nextAssignmentLine(feedback!),
      'From your last moderation, to look at this time: Look at the plan’s dates.',
    );
  });
});

describe('what is due', () => {
  const stageAt = (moderation: Moderation, time: string) =>
    whatIsDue(moderation, instant(time), holidays, london)?.stage;

  it('is a reminder two working days before, one on the day, and overdue after it', () => {
    assert.equal(stageAt(drawn, '2022-04-14T09:00:00Z'), undefined);
    // The 19th is the first working day after Easter; British midnight is 23:00 UTC the day before.
    assert.equal(stageAt(drawn, '2022-04-18T22:59:00Z'), undefined);
    assert.equal(stageAt(drawn, '2022-04-18T23:00:00Z'), 'soon');
    assert.equal(stageAt(drawn, '2022-04-20T09:00:00Z'), 'soon');
    assert.equal(stageAt(drawn, '2022-04-21T09:00:00Z'), 'today');
    assert.equal(stageAt(drawn, '2022-04-22T09:00:00Z'), 'overdue');
  });

  it('goes to whoever has the next step', () => {
    assert.deepEqual(whoseTurn(drawn), { person: moderator });
    assert.deepEqual(whoseTurn(graded), { person: manager });
    assert.deepEqual(whoseTurn(disputed), { role: 'qa-lead' });
    assert.deepEqual(whoseTurn(graded, true), { role: 'qa-lead' });
    assert.equal(whoseTurn(agreed, true), undefined);
  });

  it('is nothing once agreed or settled', () => {
    for (const one of [agreed, settled]) {
      assert.equal(stageAt(one, '2022-05-30T09:00:00Z'), undefined);
    }
  });

  it('has one key a stage and a person, so that asking twice reminds once', () => {
    const ask = (moderation: Moderation, time: string) =>
      whatIsDue(moderation, instant(time), holidays, london)?.key;
    assert.equal(ask(drawn, '2022-04-19T09:00:00Z'), ask(drawn, '2022-04-20T17:00:00Z'));
    const moved = done(reassign(drawn, 'ola' as PersonId, [], 'Leave.', qaLead, later));
    const keys = [
      ask(drawn, '2022-04-20T09:00:00Z'),
      ask(drawn, '2022-04-21T09:00:00Z'),
      ask(drawn, '2022-04-22T09:00:00Z'),
      ask(moved, '2022-04-22T09:00:00Z'),
      ask(graded, '2022-04-22T09:00:00Z'),
      ask(disputed, '2022-04-22T09:00:00Z'),
    ];
    assert.equal(new Set(keys).size, keys.length);
  });
});
