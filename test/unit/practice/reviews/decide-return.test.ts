import assert from 'node:assert/strict';
import { recordContent } from '../../../../src/practice/records/content.js';
import { isRefusal } from '../../../../src/practice/base/errors.js';
import type { Forms } from '../../../../src/practice/council/council-context.js';
import type { PersonId, StandardId } from '../../../../src/practice/base/ids.js';
import type { Plr } from '../../../../src/practice/plr/plr.js';
import { draftOf, stepsOfDraft } from '../../../../src/practice/forms/draft.js';
import { currentCard } from '../../../../src/practice/reviews/cards-answer.js';
import { problemsOf } from '../../../../src/practice/forms/check-review.js';
import { returnReview } from '../../../../src/practice/reviews/decide-return.js';
import type { DraftReview } from '../../../../src/practice/plr/review.js';
import { aContext } from '../../../builders/a-context.js';
import { aReview } from '../../../builders/a-plr.js';

const by = 'ash-manager' as PersonId;
const council = aContext();

function returned(plr: Plr, at = council): Plr {
  const draft = plr.review as DraftReview;
  const change = returnReview(plr, draft, draft.saves, by, at);
  if (isRefusal(change)) throw new Error(change.say);
  return change.state;
}

describe('returning a review', () => {
  it('reads the answers, and nothing that no longer belongs to them', () => {
    const plr = aReview()
      .complete()
      .typing({
        'voice.grade': 'not-applicable',
        'actions.3.what': '  See the child. ',
        'actions.3.owner': 'team-manager',
        'actions.3.due': '2022-04-08',
        'actions.3.safe': 'yes',
      })
      .build();
    const { review } = returned(plr);
    assert.ok(review.state === 'returned');
    const { answers, findings } = review;
    assert.deepEqual(
      answers.actions.map(({ what, owner, dueOn, keepsChildSafe }) => [what, owner, dueOn, keepsChildSafe]),
      [
        ['Agree the contact plan.', 'practitioner', '2022-04-22', false],
        ['See the child.', 'team-manager', '2022-04-08', true],
      ],
    );
    assert.equal(findings.length, 16);
    assert.ok(!findings.some(({ section }) => section === 'voice'));
  });

  for (const is of ['given', 'sought-not-given', 'not-sought'] as const)
    it(`keeps all that was typed of the family’s feedback when it was ${is}, also for the child’s record`, () => {
      const typed = { 'family.is': is, 'family.what': 'Ask us in May.', 'family.why': 'They were away.' };
      const plr = returned(aReview().complete().typing(typed).build());
      const { review } = plr;
      assert.ok(review.state === 'returned');
      assert.deepEqual(review.answers.family, { is, what: 'Ask us in May.', why: 'They were away.' });
      const said = {
        given: 'Given',
        'sought-not-given': 'Sought, but not given',
        'not-sought': 'Not sought',
      };
      const words = `Feedback from the child and family: ${said[is]}. Ask us in May. They were away.`;
      assert.ok(JSON.stringify(recordContent(plr, council)).includes(words));
    });

  it('says who returned it: the manager, or the QA Service in their stead', () => {
    const titleOf = (plr: Plr) => (currentCard(plr, council).data as { title: string }).title;
    assert.equal(titleOf(returned(aReview().complete().build())), 'You returned this PLR');
    const byQa = returned(
      aReview()
        .complete()
        .with({ managerId: 'birch-manager' as PersonId })
        .build(),
    );
    assert.equal(titleOf(byQa), 'The QA Service returned this PLR');
  });

  it('is refused while something is missing', () => {
    const plr = aReview().complete().typing({ 'risk.grade': '' }).build();
    const draft = plr.review as DraftReview;
    const result = returnReview(plr, draft, draft.saves, by, council);
    assert.equal(isRefusal(result) && result.refused, 'incomplete');
  });

  it('is refused when another device saved after the summary was drawn', () => {
    const plr = aReview().complete().build();
    const draft = plr.review as DraftReview;
    const result = returnReview(plr, draft, draft.saves - 1, by, council);
    assert.equal(isRefusal(result) && result.refused, 'saved-elsewhere');
  });

  it('leaves no review without the alert that its answers call for', () => {
    const reasons = (plr: Plr) => returned(plr).alert?.reasons.map(({ because }) => because);
    const complete = aReview().complete();
    assert.deepEqual(reasons(complete.gradedInadequate().build()), ['inadequate']);
    assert.deepEqual(reasons(complete.withImmediateConcern().build()), ['immediate-concern']);
    assert.deepEqual(reasons(complete.gradedInadequate().withImmediateConcern().build()), [
      'immediate-concern',
      'inadequate',
    ]);
    assert.equal(reasons(complete.build()), undefined);
  });

  it('redraws the cards that the manager and the practitioner have', () => {
    const plr = aReview().complete().build();
    const draft = plr.review as DraftReview;
    const change = returnReview(plr, draft, draft.saves, by, council);
    assert.ok(!isRefusal(change));
    assert.deepEqual(
      change.messages.slice(-2).map(({ card, redraws }) => [card, redraws]),
      [
        ['returned', 'assigned.PLR-7K3M2Q'],
        ['self-assessment', 'self-assessment.PLR-7K3M2Q'],
      ],
    );
  });
});

describe('a form that changes half-way', () => {
  const old = council.forms.current;
  const safety = {
    id: 'safety',
    title: 'Safety',
    help: 'Is the child safe?',
    standard: 'risk' as StandardId,
  };
  const sections = [...old.sections.slice(1), { ...safety, mayBeNotApplicable: false }];
  const next = { ...old, version: '2022-06', sections };
  const forms: Forms = { current: next, byVersion: new Map([old, next].map((form) => [form.version, form])) };
  const later = aContext({ forms });

  it('leaves a draft on the version that it was begun on, to its return', () => {
    const plr = aReview().complete().build();
    const draft = plr.review as DraftReview;
    assert.deepEqual(stepsOfDraft(draft, later), stepsOfDraft(draft, council));
    assert.deepEqual(problemsOf(draft, later), []);
    const after = returned(plr, later);
    assert.ok(after.review.state === 'returned');
    assert.equal(after.review.formVersion, '2022-05');
    assert.ok(after.review.findings.some(({ section }) => section === 'voice'));
    assert.match(JSON.stringify(currentCard(after, later)), /Child’s voice/);
  });

  it('is what the next review begins on', () => {
    const { review } = aReview().build();
    assert.ok(review.state === 'assigned');
    const steps = stepsOfDraft(draftOf(review, later), later).map(({ id }) => id);
    assert.ok(steps.includes('safety') && !steps.includes('voice'));
  });
});
