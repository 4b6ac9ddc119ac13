import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Cards, cardsFolder } from '../../../../src/cards/cards.js';
import { may } from '../../../../src/practice/access.js';
import type { CardContent } from '../../../../src/practice/feature.js';
import type { PersonId } from '../../../../src/practice/ids.js';
import { anonymousPlr } from '../../../../src/practice/moderation/anonymous-plr.js';
import { answerByDisputing } from '../../../../src/practice/moderation/answer-step.js';
import { drawn } from '../../../../src/practice/moderation/at-return.js';
import { answerLimit } from '../../../../src/practice/moderation/outcome-cards.js';
import { overallLimit, reasonLimit } from '../../../../src/practice/moderation/blind-draft.js';
import { answerExercise, sendExercise } from '../../../../src/practice/moderation/calibration-exercise.js';
import { calibrationCard } from '../../../../src/practice/moderation/calibration-card.js';
import { exerciseCard } from '../../../../src/practice/moderation/exercise-card.js';
import { exerciseId } from '../../../../src/practice/moderation/exercise-record.js';
import { giveBlind, saveBlind } from '../../../../src/practice/moderation/grade-step.js';
import {
  askHandOnCard,
  moderationCard,
  nameModeratorCard,
} from '../../../../src/practice/moderation/moderation-cards.js';
import { moderationFeature } from '../../../../src/practice/moderation/moderation-feature.js';
import type { Step } from '../../../../src/practice/moderation/moderation-step.js';
import { isRefusal } from '../../../../src/practice/errors.js';
import type { Plr } from '../../../../src/practice/plr.js';
import { plrKey } from '../../../../src/practice/plr.js';
import { figuresOf } from '../../../../src/practice/reviews/figures-of.js';
import { grades, type Grade } from '../../../../src/practice/reviews/grade.js';
import { localDate } from '../../../../src/practice/time.js';
import { aHouse } from '../../../builders/a-house.js';
import { aReview, sectionIds } from '../../../builders/a-plr.js';

const house = aHouse();
const moderator = house.organisation.people.get('assessment-reviewer' as PersonId)!;
const manager = house.organisation.people.get('ash-manager' as PersonId)!;
const lead = house.organisation.people.get('qa-lead' as PersonId)!;

function drawnPlr(grade: Grade = 'good'): Plr {
  return drawn(aReview().returned().graded(grade).build(), { why: 'inadequate' }, house).plr;
}

function after(plr: Plr, step: Step): Plr {
  const result = step(plr, plr.moderation!);
  assert.ok(!isRefusal(result), isRefusal(result) ? result.say : '');
  return result.state;
}

function gradedPlr(reason = 'The plan has no dates.', overall = 'Planning drifts.'): Plr {
  const saved = sectionIds.reduce(
    (plr, page) => after(plr, saveBlind({ page, grade: 'requires_improvement', reason }, house)),
    drawnPlr(),
  );
  return after(
    saved,
    giveBlind({ page: 'overall', grade: 'requires_improvement', reason: overall }, moderator, house),
  );
}

function disputedPlr(): Plr {
  return after(gradedPlr(), answerByDisputing('The plan was dated in the notes.', manager, house));
}

function shownBy(name: string, plr: Plr, person: PersonId): CardContent {
  const about = plrKey(plr.cycleId, plr.ref);
  const shown = moderationFeature.presenters![name]!.present(
    plr,
    { key: 'k', to: { person }, card: name, about, urgency: 'ordinary' },
    house,
  );
  assert.ok(!('superseded' in shown), 'superseded');
  return shown;
}

const exercise = (() => {
  const content = anonymousPlr(aReview().returned().build(), house);
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
    house.now,
  );
  assert.ok(!isRefusal(sent));
  return (['good', 'inadequate'] as const).reduce(
    (open, grade, index) => {
      const sections = sectionIds.map((section) => ({ section, grade, reason: 'As read.' }));
      const next = answerExercise(
        open,
        reviewers[index]!,
        { sections, overall: grade, reason: 'All.' },
        house.now,
      );
      assert.ok(!isRefusal(next));
      return next;
    },
    sent as Exclude<ReturnType<typeof answerExercise>, { refused: string }>,
  );
})();

const samples: Record<string, () => CardContent | undefined> = {
  'moderation/blind-start': () => moderationCard(drawnPlr(), moderator, house),
  'moderation/blind-section': () => moderationCard(drawnPlr(), moderator, house, { page: 'risk' }),
  'moderation/blind-overall': () => moderationCard(drawnPlr(), moderator, house, { page: 'overall' }),
  'moderation/outcome': () => moderationCard(disputedPlr(), lead, house),
  'moderation/hand-on': () => nameModeratorCard(drawnPlr(), house),
  'moderation/reminder': () => shownBy('moderation-soon', drawnPlr(), moderator.id),
  'moderation/exercise': () => exerciseCard(exercise, lead, house),
  'moderation/calibration': () =>
    calibrationCard(
      {
        services: ['assessment' as never, 'care' as never],
        chosen: undefined,
        cycles: [
          {
            id: '2022-04' as never,
            figures: [gradedPlr(), gradedPlr()].map((plr) => figuresOf(plr, house.timeZone)),
          },
        ],
      },
      house,
    ),
};

describe('the cards of moderation', () => {
  for (const [name, card] of Object.entries(samples)) {
    it(`has in ${name}.sample.json what its presenter makes`, () => {
      const shown = card();
      assert.equal(shown?.template, name);
      const file = new URL(`${name}.sample.json`, cardsFolder);
      assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), JSON.parse(JSON.stringify(shown?.data)));
    });
  }

  it('holds every reason at its longest within what Teams takes', () => {
    const long = (limit: number) => 'x'.repeat(limit);
    const disputed = after(
      gradedPlr(long(reasonLimit), long(overallLimit)),
      answerByDisputing(long(answerLimit), manager, house),
    );
    const card = new Cards().render(moderationCard(disputed, lead, house)!);
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
        return JSON.stringify(moderationCard(drawn(plr, reason, house).plr, moderator, house, { page }));
      });
      assert.equal(new Set(made).size, 1, page);
    }
  });

  it('shows a manager nothing of a draw before it is graded', () => {
    assert.equal(moderationCard(drawnPlr(), manager, house), undefined);
  });

  it('lets a moderator read the review only after grading, whatever else they are', () => {
    const both = { ...moderator, roles: ['link-reviewer', 'qa-lead'] as const };
    assert.equal(may(both, 'read review', drawnPlr(), house), false);
    assert.equal(may(both, 'read review', gradedPlr(), house), true);
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
    const text = JSON.stringify(anonymousPlr(plr, house));
    assert.doesNotMatch(text, /Birch Worker|CS-1100/);
    assert.match(text, /saw the child of \[removed\] alone, twice/);
  });
});
