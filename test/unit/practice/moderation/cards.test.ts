import assert from 'node:assert/strict';
import { Cards } from '../../../../src/cards/cards.js';
import { may } from '../../../../src/practice/plr/plr-access.js';
import { anonymousPlr } from '../../../../src/practice/moderation/anonymous-plr.js';
import { isRefusal } from '../../../../src/practice/base/errors.js';
import type { CardContent } from '../../../../src/practice/surface/feature.js';
import {
  answerByAgreeing,
  answerByDisputing,
  settleGrade,
} from '../../../../src/practice/moderation/handlers-answer.js';
import { exerciseCard } from '../../../../src/practice/moderation/cards-exercise.js';
import { drawnAtReturn } from '../../../../src/practice/moderation/decide-at-return.js';
import { answerLimit } from '../../../../src/practice/moderation/cards-outcome.js';
import { overallLimit, blindReasonLimit } from '../../../../src/practice/moderation/blind-draft.js';
import {
  askHandOnCard,
  moderationCard,
  nameModeratorCard,
} from '../../../../src/practice/moderation/cards.js';
import { grades } from '../../../../src/practice/plr/grade.js';
import { aReview, sectionIds } from '../../../builders/a-plr.js';
import {
  after,
  disputedPlr,
  drawnPlr,
  exercise,
  gradedPlr,
  council,
  lead,
  manager,
  moderator,
  sentExercise,
} from '../../../builders/moderated.js';

const statusOf = (card: CardContent | undefined) => (card?.data as { status: string }).status;

describe('the cards of moderation', () => {
  it('says that Inadequate tells the team where a PLR is moderated, and not in an exercise', () => {
    const reviewers = [moderator.id];
    const unanswered = { ...exercise, state: 'open', reviewers, answers: [], drafts: {} } as never;
    const tells = /tells the team/;
    const shown = [
      moderationCard(drawnPlr(), moderator, council, { page: 'overall' }),
      exerciseCard(unanswered, moderator, council, { page: 'overall' }),
    ].map((card) => [card?.template, tells.test(JSON.stringify(card))]);
    assert.deepEqual(shown, [
      ['moderation/blind-overall', true],
      ['moderation/blind-overall', false],
    ]);
  });

  it('holds every reason at its longest within what Teams takes', () => {
    const long = (limit: number) => 'x'.repeat(limit);
    const disputed = after(
      gradedPlr(long(blindReasonLimit), long(overallLimit)),
      answerByDisputing(long(answerLimit), manager, council),
    );
    const card = new Cards().render(moderationCard(disputed, lead, council)!);
    const json = JSON.stringify(card);
    assert.ok(json.length < 25 * 1024, `${json.length} characters`);
    assert.ok(Buffer.byteLength(json, 'utf16le') < 80_000);
  });

  it('is the same to the byte before grading, whatever the manager graded', () => {
    for (const page of ['start', ...sectionIds, 'overall']) {
      const made = grades.map((grade) => {
        const typing = Object.fromEntries(sectionIds.map((id) => [`${id}.grade`, grade]));
        const plr = aReview().returned().graded(grade).typing(typing).build();
        const reason =
          grade === 'good'
            ? { why: 'chance-at-return' as const, fraction: 0.1, samplePercent: 20 }
            : { why: 'inadequate' as const };
        return JSON.stringify(
          moderationCard(drawnAtReturn(plr, reason, council).plr, moderator, council, { page }),
        );
      });
      assert.equal(new Set(made).size, 1, page);
    }
  });

  it('shows a manager nothing of a draw before it is graded', () => {
    assert.equal(moderationCard(drawnPlr(), manager, council), undefined);
  });

  it('lets a moderator read the review only after grading, whatever else they are', () => {
    const both = { ...moderator, roles: ['link-reviewer', 'qa-lead'] as const };
    assert.equal(may(both, 'read review', drawnPlr(), council), false);
    assert.equal(may(both, 'read review', gradedPlr(), council), true);
  });

  it('says whose grades are compared, and of which case, once both are given', () => {
    assert.deepEqual((moderationCard(gradedPlr(), manager, council)?.data as { facts: unknown }).facts, [
      { title: 'Case', value: 'CS-1100' },
      { title: 'Practitioner', value: 'Birch Worker First' },
      { title: 'Manager', value: 'Ash Manager' },
      { title: 'Moderator', value: 'Rhona Abernethy' },
    ]);
  });

  it('does not take an agreement beside a reason against it, and keeps the reason', () => {
    const plr = gradedPlr();
    const refused = answerByAgreeing('It was dated.', manager, council)(plr, plr.moderation!);
    assert.ok(isRefusal(refused));
    assert.match(refused.say, /You wrote why you do not agree/);
    assert.equal(after(plr, answerByAgreeing(' ', manager, council)).moderation?.state, 'agreed');
  });

  it('gives a QA lead back the reason that came after another had settled it', () => {
    const settled = after(disputedPlr(), settleGrade('good', 'The plan is dated.', lead, council));
    const typed = { settleGrade: 'inadequate', settleReason: 'It drifts.' };
    const card = moderationCard(settled, lead, council, { note: { say: 'Settled.', typed } });
    assert.match(JSON.stringify(card?.data), /You wrote: “It drifts\.”/);
  });

  it('says who has a moderation, and that naming another deletes what they graded', () => {
    const { intro } = nameModeratorCard(drawnPlr(), council).data as { intro: string };
    assert.match(intro, /^Rhona Abernethy is moderating PLR-.* what they graded so far is then deleted\.$/);
  });

  it('says what closing an exercise deletes, and gives back a page that came after', () => {
    assert.match(
      statusOf(exerciseCard(sentExercise, lead, council)),
      /Closing it deletes what reviewers have/,
    );
    assert.doesNotMatch(statusOf(exerciseCard(exercise, lead, council)), /deletes/);
    const note = { say: 'It is closed.', typed: { grade: 'good', reason: 'It drifts.' } };
    const late = exerciseCard(exercise, moderator, council, { page: 'risk', note });
    assert.equal((late?.data as { wrote: string }).wrote, 'You wrote: “It drifts.”');
  });

  it('keeps the reason typed when a moderation is not passed on', () => {
    const card = askHandOnCard(drawnPlr(), { say: 'Too long.', typed: { reason: 'Long.' } });
    assert.deepEqual(
      { ...card.data, cycle: '' },
      { ...card.data, cycle: '', reason: 'Long.', note: 'Too long.' },
    );
  });
});

describe('an anonymised PLR', () => {
  it('has no name of the roster and no case reference left, and keeps what was observed', () => {
    const plr = aReview()
      .returned()
      .typing({ 'risk.working-well': 'Birch Worker First saw the child of CS-1100 alone, twice.' })
      .build();
    const text = JSON.stringify(anonymousPlr(plr, council));
    assert.doesNotMatch(text, /Birch Worker|CS-1100/);
    assert.match(text, /saw the child of \[removed\] alone, twice/);
  });
});
