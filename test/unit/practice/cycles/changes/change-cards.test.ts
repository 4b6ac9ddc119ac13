import assert from 'node:assert/strict';
import type { Alert } from '../../../../../src/practice/plr/alert.js';
import { changeCard, decideCard } from '../../../../../src/practice/cycles/changes/change-cards.js';
import type { ChangeOfPlan } from '../../../../../src/practice/plr/change-of-plan.js';
import type { PersonId } from '../../../../../src/practice/base/ids.js';
import { aContext } from '../../../../builders/a-context.js';
import { aReview } from '../../../../builders/a-plr.js';

const council = aContext();
const withdrawn: ChangeOfPlan = {
  state: 'decided',
  number: 1,
  outcome: 'withdraw',
  because: 'It is a colleague’s family.',
  decidedBy: 'qa-lead' as PersonId,
  decidedAt: council.now,
};

describe('the cards of a change to a review', () => {
  for (const [state, isOpen] of [
    ['raised', true],
    ['acknowledged', true],
    ['gripped', true],
    ['closed', false],
  ] as const)
    it(`say ${isOpen ? '' : 'nothing of '}that an alert stays open when it is ${state}`, () => {
      const plr = aReview()
        .draft()
        .with({ alert: { state } as Alert })
        .build();
      const { alertNote } = decideCard(plr, council).data as { alertNote: boolean };
      assert.equal(alertNote, isOpen);
      const { next } = changeCard(plr, withdrawn, council, false).data as { next: string };
      assert.equal(next.includes('The alert stays open'), isOpen);
    });
});
