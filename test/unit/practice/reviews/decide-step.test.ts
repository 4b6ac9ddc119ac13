import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { PersonId } from '../../../../src/practice/base/ids.js';
import type { Plr } from '../../../../src/practice/plr/plr.js';
import { draftOf, stepsOfDraft } from '../../../../src/practice/forms/draft.js';
import type { Step } from '../../../../src/practice/forms/form-steps.js';
import type { DraftReview } from '../../../../src/practice/plr/review.js';
import {
  fingerprint,
  saveStep,
  type SavedStep,
  type StepPress,
} from '../../../../src/practice/reviews/decide-step.js';
import { stepCard } from '../../../../src/practice/reviews/cards-step.js';
import { Cards } from '../../../../src/cards/cards.js';
import { aContext } from '../../../builders/a-context.js';
import { aReview } from '../../../builders/a-plr.js';

const council = aContext();
const by = 'ash-manager' as PersonId;

function stepOf(draft: DraftReview, id: string): Step {
  return stepsOfDraft(draft, council).find((step) => step.id === id)!;
}

/** A press on a card that shows the draft as it is, with something typed over it. */
function pressOn(
  draft: DraftReview,
  stepId: string,
  typed: Record<string, string>,
  rest: Partial<StepPress> = {},
) {
  const step = stepOf(draft, stepId);
  const had = (id: string) => draft.typed[id]?.text ?? '';
  const press: StepPress = {
    step,
    saves: draft.saves,
    before: new Map(step.fields.map(({ id }) => [id, fingerprint(had(id))])),
    typed: new Map(step.fields.map(({ id }) => [id, typed[id] ?? had(id)])),
    shownTwice: new Set(),
    keep: new Map(),
    confirmed: false,
    goTo: stepId,
    ...rest,
  };
  return press;
}

function saved(plr: Plr, press: (draft: DraftReview) => StepPress): SavedStep {
  const draft = draftOf(plr.review as DraftReview, council);
  return saveStep(plr, draft, press(draft), by, council);
}

const text = (draft: DraftReview, field: string) => draft.typed[field]?.text;

describe('saving a step', () => {
  it('keeps whatever is typed, complete or not', () => {
    const { draft, heldBack } = saved(aReview().draft().build(), (draft) =>
      pressOn(draft, 'overall', { 'overall.grade': 'good' }),
    );
    assert.equal(text(draft, 'overall.grade'), 'good');
    assert.deepEqual(heldBack, []);
  });

  it('saves nothing new when nothing new was typed', () => {
    const { change } = saved(aReview().complete().build(), (draft) =>
      pressOn(draft, 'voice', {}, { goTo: draft.at }),
    );
    assert.equal(change, undefined);
  });

  it('remembers where the person went, even when nothing was typed', () => {
    const { draft } = saved(aReview().draft().build(), (draft) =>
      pressOn(draft, 'voice', {}, { goTo: 'recording' }),
    );
    assert.equal(draft.at, 'recording');
  });

  it('asks back each reason once, and raises each with its save', () => {
    const yes = { 'concern.immediate': 'yes' };
    const inadequate = { 'overall.grade': 'inadequate' };
    const confirmed = { confirmed: true };
    const first = saved(aReview().draft().build(), (draft) => pressOn(draft, 'concern', yes, confirmed));
    const asked = saved(first.change!.state, (draft) => pressOn(draft, 'overall', inadequate));
    assert.deepEqual(
      asked.heldBack.map(({ because }) => because),
      ['tells-the-team'],
    );
    const second = saved(first.change!.state, (draft) => pressOn(draft, 'overall', inadequate, confirmed));
    assert.deepEqual(
      second.change!.state.alert?.reasons.map(({ because }) => because),
      ['immediate-concern', 'inadequate'],
    );
    const back = saved(second.change!.state, (draft) =>
      pressOn(draft, 'overall', { 'overall.grade': 'good' }),
    );
    const again = saved(back.change!.state, (draft) => pressOn(draft, 'overall', inadequate));
    assert.deepEqual(again.heldBack, []);
    assert.deepEqual(again.change?.messages, []);
  });

  /** The alert of a saved concern, moved on as if people had answered it. */
  const movedOn = (plr: Plr, state: 'acknowledged' | 'closed') =>
    ({
      ...plr,
      alert: {
        ...plr.alert,
        state,
        acknowledgement: { is: 'acknowledgement', by, at: council.now, safety: 'safe', details: '' },
        grip: { is: 'grip', by, at: council.now, direction: '' },
        closing: { is: 'closing', by, at: council.now, note: '' },
      },
    }) as Plr;

  for (const state of ['acknowledged', 'closed'] as const)
    it(`raises the alert again for a concern that was taken back and comes anew once it is ${state}`, () => {
      const [yes, no] = [{ 'concern.immediate': 'yes' }, { 'concern.immediate': 'no' }];
      const confirmed = { confirmed: true };
      const first = saved(aReview().draft().build(), (draft) => pressOn(draft, 'concern', yes, confirmed));
      const answered = movedOn(first.change!.state, state);
      const back = saved(answered, (draft) => pressOn(draft, 'concern', no));
      assert.equal(back.change?.state.alert?.state, state);
      const asked = saved(back.change.state, (draft) => pressOn(draft, 'concern', yes));
      assert.deepEqual(
        asked.heldBack.map(({ because }) => because),
        ['tells-the-team'],
      );
      const again = saved(back.change.state, (draft) => pressOn(draft, 'concern', yes, confirmed));
      assert.deepEqual([again.change?.state.alert?.state, again.change?.state.alert?.round], ['raised', 2]);
      assert.ok(again.change!.messages.some(({ urgency }) => urgency === 'alert'));
      const other = { 'concern.what': 'He is at home alone.' };
      const later = saved(movedOn(again.change!.state, state), (draft) => pressOn(draft, 'concern', other));
      assert.equal(later.change?.state.alert?.state, state);
    });

  it('keeps an alert when the grade that raised it is taken back', () => {
    const raised = saved(aReview().draft().build(), (draft) =>
      pressOn(draft, 'overall', { 'overall.grade': 'inadequate' }, { confirmed: true }),
    );
    const back = saved(raised.change!.state, (draft) =>
      pressOn(draft, 'overall', { 'overall.grade': 'good' }),
    );
    assert.ok(back.change?.state.alert);
  });

  it('holds back what is no date', () => {
    const { draft, heldBack } = saved(aReview().draft().build(), (draft) =>
      pressOn(draft, 'together', { 'together.on': '31/02/2022' }),
    );
    assert.deepEqual(heldBack, [{ field: 'together.on', typed: '31/02/2022', because: 'not-a-date' }]);
    assert.equal(text(draft, 'together.on'), undefined);
  });

  it('never loses a typed text: it is saved, or held back in the card', () => {
    const typing = fc.string({ unit: 'grapheme', maxLength: 20 });
    fc.assert(
      fc.property(typing, typing, fc.nat(3), fc.nat(3), (stored, typed, seen, save) => {
        const before = aReview().draft().build();
        const review: DraftReview = {
          ...(before.review as DraftReview),
          saves: 3,
          typed: { 'voice.working-well': { text: stored, save } },
        };
        const press = { ...pressOn(review, 'voice', { 'voice.working-well': typed }), saves: seen };
        const opened = { ...press, before: new Map<string, number>() };
        const { draft, heldBack } = saveStep({ ...before, review }, review, opened, by, council);
        const kept = text(draft, 'voice.working-well');
        assert.ok(kept === typed || heldBack.some((held) => held.typed === typed));
        // What another device saved since is there still.
        if (save > seen) assert.equal(kept, stored);
      }),
      { seed: 4 },
    );
  });
});

describe('the card of a step', () => {
  const cards = new Cards();

  it('stays under 25 KB at its fullest: every text at its limit, shown twice', () => {
    const long = 'x'.repeat(3_000);
    const before = aReview()
      .complete()
      .with({
        selfAssessment: { text: long, savedAt: council.now, saves: 1 },
      });
    for (const step of stepsOfDraft(aReview().draft().build().review as DraftReview, council)) {
      const texts = step.fields.filter(({ kind }) => kind === 'text');
      const full = before.typing(
        Object.fromEntries(
          texts.map((field) => [field.id, long.slice(0, field.kind === 'text' ? field.maxLength : 0)]),
        ),
      );
      const plr = full.build();
      const heldBack = step.fields.map(({ id, kind }) => ({
        field: id,
        typed: kind === 'text' ? 'y'.repeat(60_000) : 'good',
        because: 'saved-elsewhere' as const,
      }));
      const notAll = step.id === 'actions' ? [] : heldBack;
      const card = stepCard(plr, plr.review as DraftReview, step, council, {
        heldBack: notAll,
        notice: 'A notice.',
      });
      const bytes = Buffer.byteLength(JSON.stringify(cards.render(card)));
      assert.ok(bytes < 25 * 1024, `${step.id}: ${bytes}`);
    }
  });
});
