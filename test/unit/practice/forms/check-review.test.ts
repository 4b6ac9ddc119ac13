import assert from 'node:assert/strict';
import { problemsOf } from '../../../../src/practice/forms/check-review.js';
import type { DraftReview } from '../../../../src/practice/plr/review.js';
import { aContext } from '../../../builders/a-context.js';
import { aReview, sectionIds, type Typing } from '../../../builders/a-plr.js';

/** The fields that a complete review with these changes has something wrong in. */
function wrongIn(typing: Typing): string[] {
  const { review } = aReview().complete().typing(typing).build();
  return problemsOf(review as DraftReview, aContext()).map(({ field }) => field);
}

const noAction = { 'actions.1.what': '', 'actions.1.owner': '', 'actions.1.due': '' };

describe('what keeps a review from being returned', () => {
  it('is nothing when all is answered', () => {
    assert.deepEqual(wrongIn({}), []);
  });

  it('is everything at once in an empty draft', () => {
    const { review } = aReview().draft().build();
    assert.deepEqual(
      problemsOf(review as DraftReview, aContext()).map(({ field }) => field),
      [
        ...sectionIds.map((id) => `${id}.grade`),
        'together.took-place',
        'family.is',
        'concern.immediate',
        'overall.grade',
      ],
    );
  });

  const rules: [rule: string, typing: Typing, wrong: string[]][] = [
    ['a section without a grade', { 'voice.grade': '' }, ['voice.grade']],
    ['a grade that is none', { 'voice.grade': 'superb' }, ['voice.grade']],
    ['"not applicable" for outcomes', { 'outcomes.grade': 'not-applicable' }, ['outcomes.grade']],
    [
      'RI without a finding',
      { 'voice.grade': 'requires_improvement', 'voice.to-improve': ' ' },
      ['voice.to-improve'],
    ],
    [
      'Inadequate without a finding',
      { 'voice.grade': 'inadequate', 'voice.to-improve': '' },
      ['voice.to-improve'],
    ],
    ['a conversation without a day', { 'together.on': '' }, ['together.on']],
    ['a conversation on a day to come', { 'together.on': '2022-04-08' }, ['together.on']],
    ['a conversation without the practitioner’s part', { 'together.part': '' }, ['together.part']],
    [
      'no conversation and no reason',
      { 'together.took-place': 'no', 'together.part': '' },
      ['together.part'],
    ],
    ['feedback that is given and not told', { 'family.what': '' }, ['family.what']],
    ['feedback not sought and no reason', { 'family.is': 'not-sought' }, ['family.why']],
    ['a concern without what it is', { 'concern.immediate': 'yes' }, ['concern.what']],
    ['an overall grade without a reason', { 'overall.reason': '\n' }, ['overall.reason']],
    [
      'RI overall without an action',
      { 'overall.grade': 'requires_improvement', ...noAction },
      ['actions.1.what'],
    ],
    [
      'Inadequate overall without an action',
      { 'overall.grade': 'inadequate', ...noAction },
      ['actions.1.what'],
    ],
    ['an action without an owner', { 'actions.1.owner': '' }, ['actions.1.owner']],
    ['an action without a day', { 'actions.1.due': '' }, ['actions.1.due']],
    ['an action due in the past', { 'actions.1.due': '2022-04-06' }, ['actions.1.due']],
    [
      'a second action half filled in',
      { 'actions.2.owner': 'practitioner' },
      ['actions.2.what', 'actions.2.due'],
    ],
  ];
  for (const [rule, typing, wrong] of rules) {
    it(`is ${rule}`, () => assert.deepEqual(wrongIn(typing), wrong));
  }

  const allowed: [what: string, typing: Typing][] = [
    [
      '"not applicable" where the form allows it',
      { 'voice.grade': 'not-applicable', 'voice.to-improve': '' },
    ],
    ['Good without anything to improve', { 'voice.to-improve': '', 'voice.working-well': '' }],
    ['Good overall without an action', noAction],
    ['feedback sought and not given', { 'family.is': 'sought-not-given', 'family.what': '' }],
    ['no conversation, and why', { 'together.took-place': 'no', 'together.on': '' }],
    ['a conversation today', { 'together.on': '2022-04-07' }],
    ['an action due today', { 'actions.1.due': '2022-04-07' }],
  ];
  for (const [what, typing] of allowed) {
    it(`is not ${what}`, () => assert.deepEqual(wrongIn(typing), []));
  }

  it('asks for a reason in so many words when the overall grade is better than an Inadequate risk allows', () => {
    for (const [overall, say] of [
      ['good', /Risk and safeguarding is Inadequate: say why the overall grade is Good all the same/],
      ['requires_improvement', /Say why you chose this grade/],
    ] as const) {
      const typing = { 'risk.grade': 'inadequate', 'overall.grade': overall, 'overall.reason': '' };
      const { review } = aReview().complete().typing(typing).build();
      const [problem] = problemsOf(review as DraftReview, aContext());
      assert.match(problem!.say, say);
    }
  });
});
