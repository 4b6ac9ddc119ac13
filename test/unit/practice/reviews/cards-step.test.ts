import assert from 'node:assert/strict';
import { problemsOf } from '../../../../src/practice/forms/check-review.js';
import { stepsOfDraft } from '../../../../src/practice/forms/draft.js';
import type { DraftReview } from '../../../../src/practice/plr/review.js';
import type { HeldBack } from '../../../../src/practice/reviews/decide-step.js';
import { stepCard } from '../../../../src/practice/reviews/cards-step.js';
import { aContext } from '../../../builders/a-context.js';
import { aReview, type Typing } from '../../../builders/a-plr.js';

const council = aContext();

interface Beside {
  readonly id: string;
  readonly error: string;
  readonly hasError: boolean;
}

/** What is said beside a field, with the review checked or something held back. */
function saidBeside(field: string, typing: Typing, heldBack?: HeldBack): string {
  const plr = aReview().complete().typing(typing).build();
  const draft = plr.review as DraftReview;
  const step = stepsOfDraft(draft, council).find(({ id }) => field.startsWith(`${id}.`))!;
  const shown = heldBack === undefined ? { problems: problemsOf(draft, council) } : { heldBack: [heldBack] };
  const { fields } = stepCard(plr, draft, step, council, shown).data as {
    readonly fields: readonly Beside[];
  };
  const { error, hasError } = fields.find(({ id }) => id === field)!;
  assert.equal(hasError, error !== '');
  return error;
}

// A card cannot take a note away when the person answers: it has to read true until they press.
describe('what is said beside an answer', () => {
  it('is what it takes to return the PLR, which stays true once it is answered', () => {
    assert.equal(
      saidBeside('risk.grade', { 'risk.grade': '' }),
      'Before you return this PLR: choose a grade.',
    );
  });

  it('is nothing beside an answer that is complete', () => {
    assert.equal(saidBeside('risk.grade', {}), '');
  });

  const held = (field: string, typed: string, because: HeldBack['because']) =>
    saidBeside(field, {}, { field, typed, because });

  it('is what was not saved, by name, when it tells the team', () => {
    assert.equal(held('concern.immediate', 'yes', 'tells-the-team'), '“Yes” is not confirmed yet.');
  });

  it('is no more than is known when something else was saved meanwhile, and what to press', () => {
    assert.equal(
      held('risk.working-well', 'Mine.', 'saved-elsewhere'),
      'After this card was drawn, something else was saved here from another card or device. Nothing is lost: both are below. Choose which to keep, then press “Next”.',
    );
  });

  it('is that a text, choice or date was not saved, and what to do', () => {
    assert.equal(
      held('risk.working-well', 'x'.repeat(3_010), 'too-long'),
      'Shorten this to 3,000 characters: it has 3,010, so it is not saved yet.',
    );
    assert.equal(held('risk.grade', 'superb', 'not-a-choice'), 'This was not saved: choose one of these.');
    assert.equal(held('together.on', 'soon', 'not-a-date'), 'This was not saved: give a date.');
  });
});
